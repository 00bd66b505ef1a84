import {
  type Cell,
  cell,
  csvFormat,
  decodeTable,
  encodeTable,
  jsonFormat,
  type Table,
} from '@fasthep/columns';
import type { Json, PublishedFile, ValueType } from '@fasthep/flow';
import { withoutAttached } from '../stream/index.ts';

/** A table for people and other programs: CSV and JSON. */
export async function tableFiles(whole: Table): Promise<PublishedFile[]> {
  const table = withoutAttached(whole);
  return [
    { name: '.csv', bytes: await csvFormat.encode!(table, {}) },
    { name: '.json', bytes: await jsonFormat.encode!(table, {}) },
  ];
}

/** `table.sumw`: the value of the only row, or the list of all rows' values. */
export function tableField(table: Table, path: readonly string[]): Json | undefined {
  const column =
    path.length === 1 && Object.hasOwn(table.columns, path[0]!) ? table.columns[path[0]!] : undefined;
  if (!column) return undefined;
  if (table.length === 1) return plain(cell(column, 0));
  return Array.from({ length: table.length }, (_, i) => plain(cell(column, i)));
}

/** A cell as JSON: 64-bit integers as numbers where these are exact, else as text. */
function plain(value: Cell): Json {
  if (typeof value === 'bigint') {
    const number = Number(value);
    return Number.isSafeInteger(number) ? number : String(value);
  }
  if (Array.isArray(value)) return value.map(plain);
  if (value !== null && typeof value === 'object')
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, plain(one)]));
  return value;
}

/** A table; published as CSV and JSON. */
export const tableType: ValueType<Table> = {
  name: 'table',
  doc: 'Named columns. Files: CSV, JSON.',
  encode: (table) => encodeTable(table),
  decode: (bytes) => decodeTable(bytes),
  files: tableFiles,
  field: tableField,
};
