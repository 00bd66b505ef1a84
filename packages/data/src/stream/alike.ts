/** Rows of several datasets put together: what only some of them have is missing in the rows of the others. */
import { type Column, columnFrom, type DataType, type Schema, schemaOf, type Table } from '@fasthep/columns';
import { isAttached } from './attached.ts';

/** The same columns in all tables, in the order in which they are met. A factor that is not attached is 1. */
export function alike(tables: readonly Table[]): Table[] {
  const types: Schema = {};
  for (const table of tables)
    for (const [name, type] of Object.entries(schemaOf(table))) types[name] ??= type;
  return tables.map((table) => {
    const columns = Object.entries(types).map(([name, type]) => {
      const own = Object.hasOwn(table.columns, name) ? table.columns[name] : undefined;
      return [name, own ?? filler(name, type, table.length)] as const;
    });
    return { length: table.length, columns: Object.fromEntries(columns) };
  });
}

function filler(name: string, type: DataType, length: number): Column {
  return isAttached(name)
    ? columnFrom(new Array(length).fill(1), type, name)
    : columnFrom(new Array(length).fill(null), { ...type, nullable: true }, name);
}

/** The schema of `alike` tables. */
export function alikeSchema(schemas: readonly Schema[]): Schema {
  const out: Schema = {};
  for (const schema of schemas)
    for (const [name, type] of Object.entries(schema))
      if (!out[name] || (type.nullable && !out[name].nullable)) out[name] = type;
  for (const [name, type] of Object.entries(out))
    if (!isAttached(name) && schemas.some((schema) => !schema[name])) out[name] = { ...type, nullable: true };
  return out;
}
