/** What names of fields mean in an exported module: variables, columns of the tree, collections of columns. */
import type { DataType, Schema } from '@fasthep/columns';
import { canonicalName } from '../fields/type.ts';

/** Columns of a tree that belong together: `Muon_pt`, `Muon_eta`. */
export interface Collection {
  name: string;
  /** Field of the record → column. */
  fields: Record<string, string>;
  /** Behaviour of vector that its components allow. */
  record?: 'Momentum4D' | 'Momentum3D' | 'Momentum2D';
}

const COMPONENTS: Record<string, string> = {
  px: 'px',
  py: 'py',
  pz: 'pz',
  e: 'E',
  energy: 'E',
  pt: 'pt',
  eta: 'eta',
  phi: 'phi',
  mass: 'mass',
  m: 'mass',
};

/** How vector calls a component, whatever its case in the file. */
export function componentName(name: string, collection?: Collection): string {
  if (collection && Object.hasOwn(collection.fields, name)) return name;
  return COMPONENTS[name.toLowerCase()] ?? name;
}

/** The collection of a name, made of the columns that are read. */
export function collectionOf(
  name: string,
  schema: Schema,
  columns: readonly string[],
): Collection | undefined {
  const prefix = `${name}_`;
  const members = Object.keys(schema).filter(
    (column) => canonicalName(column).startsWith(prefix) && columns.includes(column),
  );
  if (members.length === 0) return undefined;
  const kinds = new Set(members.map((column) => schema[column]!.kind === 'list'));
  if (kinds.size > 1) return undefined;
  const fields: Record<string, string> = {};
  for (const column of members) {
    const own = canonicalName(column).slice(prefix.length);
    fields[COMPONENTS[own.toLowerCase()] ?? own] = column;
  }
  const has = (...names: string[]) => names.every((one) => Object.hasOwn(fields, one));
  const collection: Collection = { name, fields };
  if (
    has('px', 'py', 'pz', 'E') ||
    has('pt', 'eta', 'phi', 'mass') ||
    has('pt', 'eta', 'phi', 'E') ||
    has('px', 'py', 'pz', 'mass')
  )
    collection.record = 'Momentum4D';
  else if (has('pt', 'eta', 'phi') || has('px', 'py', 'pz')) collection.record = 'Momentum3D';
  else if (has('pt', 'phi') || has('px', 'py')) collection.record = 'Momentum2D';
  return collection;
}

/** The column of a name, if the tree has it. */
export function columnOf(name: string, schema: Schema): { column: string; type: DataType } | undefined {
  const key = canonicalName(name);
  const column = Object.keys(schema).find((one) => canonicalName(one) === key);
  return column === undefined ? undefined : { column, type: schema[column]! };
}

const RESERVED = new Set(
  'and as assert async await break class continue def del elif else except finally for from global if import in is lambda nonlocal not or pass raise return try while with yield None True False events dataset weights output self ak np hist processor helpers length shift variation'.split(
    ' ',
  ),
);

/** A name as a Python variable. */
export function identifier(name: string): string {
  const plain = name.replaceAll(/[^A-Za-z0-9_]/g, '_').replace(/^(\d)/, '_$1');
  return RESERVED.has(plain) ? `${plain}_` : plain;
}
