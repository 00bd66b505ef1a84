import { RootError } from '../error/error.ts';
import type { Little } from './little.ts';
import type { Field, PhysicalColumn, Role } from './types.ts';

const roles: readonly Role[] = ['plain', 'collection', 'record', 'variant', 'streamer'];

/** Fields and columns, as header and footer add them. */
export interface SchemaParts {
  fields: Field[];
  columns: { column: PhysicalColumn; field: number; representation: number }[];
  aliases: { column: number; field: number }[];
}

/** Reads the four lists of a schema description, and adds them. */
export function readSchema(cursor: Little, parts: SchemaParts): void {
  cursor.list(() => parts.fields.push(cursor.record(() => readField(cursor, parts.fields.length))));
  cursor.list(() => parts.columns.push(cursor.record(() => readColumn(cursor, parts.columns.length))));
  cursor.list(() => cursor.record(() => parts.aliases.push({ column: cursor.u32(), field: cursor.u32() })));
  // Layouts of classes that are stored as they are streamed: fields of these are not read.
  cursor.list(() => cursor.record(() => undefined));
}

function readField(cursor: Little, id: number): Field {
  cursor.u32();
  cursor.u32();
  const parent = cursor.u32();
  const role = roles[cursor.u16()];
  const flags = cursor.u16();
  const [name, typeName] = [cursor.string(), cursor.string()];
  cursor.string();
  const description = cursor.string();
  const size = flags & 1 ? cursor.size() : 0;
  const source = flags & 2 ? cursor.u32() : undefined;
  if (!role) throw new RootError('ROOT-E06', `field '${name}' has a role that is not known`);
  return { id, name, typeName, description, role, size, source, parent, children: [], representations: [] };
}

function readColumn(cursor: Little, id: number): SchemaParts['columns'][number] {
  const type = cursor.u16();
  const bits = cursor.u16();
  const field = cursor.u32();
  const flags = cursor.u16();
  const representation = cursor.u16();
  // A negative first element marks a representation that begins suspended.
  const first = flags & 1 ? cursor.i64() : 0n;
  const [low, high] = flags & 2 ? [cursor.f64(), cursor.f64()] : [0, 0];
  const magnitude = Number(first < 0n ? -first : first);
  return { column: { id, type, bits, first: magnitude, low, high }, field, representation };
}

/** Puts fields and columns together; gives the top-level fields. */
export function linkSchema({ fields, columns, aliases }: SchemaParts): Field[] {
  const top: Field[] = [];
  for (const field of fields) {
    if (field.parent === field.id) {
      top.push(field);
      continue;
    }
    const parent = fields[field.parent];
    if (!parent || field.parent > field.id)
      throw new RootError('ROOT-E03', `field '${field.name}' belongs to field ${field.parent}`);
    parent.children.push(field);
  }
  for (const { column, field, representation } of columns) {
    const owner = fields[field];
    if (!owner || representation > columns.length)
      throw new RootError('ROOT-E03', `column ${column.id} belongs to field ${field}`);
    while (owner.representations.length <= representation) owner.representations.push([]);
    owner.representations[representation]!.push(column);
  }
  for (const { column, field } of aliases) {
    const owner = fields[field];
    const shown = columns[column];
    if (!owner || !shown) throw new RootError('ROOT-E03', `field ${field} shows column ${column}`);
    if (owner.representations.length === 0) owner.representations.push([]);
    owner.representations[0]!.push(shown.column);
  }
  // A projected field has all representations of what it shows.
  for (const field of fields) {
    if (field.source === undefined) continue;
    const source = fields[field.source];
    if (!source) throw new RootError('ROOT-E03', `field '${field.name}' shows field ${field.source}`);
    if (source.representations.length > 0) field.representations = source.representations;
  }
  return top;
}
