import { ColumnsError } from '../../error.ts';
import { contentIdentity } from '../../source/identity.ts';
import { memorySource } from '../../source/memory.ts';
import type { ByteSource, FileFormat, TableReader } from '../../source/types.ts';
import { tableFromRows } from '../../table/build.ts';
import { inferSchema } from '../../table/infer.ts';
import { sliceTable } from '../../table/slice.ts';
import { schemaOf } from '../../table/type.ts';
import type { Table } from '../../table/types.ts';
import { onlyTable, pickColumns } from '../reader.ts';
import { encodeJson } from './encode.ts';
import { parseJson } from './parse.ts';

/** JSON lines: an object on each line is a row; lists and objects become lists and records. Throws `json.syntax`, `json.rows`, `table.mixed`. */
export const jsonlFormat: FileFormat = makeFormat('jsonl', ['jsonl', 'ndjson']);

/** A JSON list of objects. Reads JSON lines too. */
export const jsonFormat: FileFormat = makeFormat('json', ['json']);

function makeFormat(name: string, extensions: readonly string[]): FileFormat {
  return {
    name,
    extensions,
    async contents(source) {
      const bytes = await source.read(0, source.size);
      const table = readRows(source, bytes);
      const identity = await contentIdentity(memorySource(source.name, bytes));
      return {
        identity,
        size: source.size,
        tables: [{ name: 'table', entries: table.length, schema: schemaOf(table) }],
      };
    },
    async open(source, options) {
      onlyTable(source, options.table, 'table');
      return openReader(source, readRows(source, await source.read(0, source.size)));
    },
    encode: (table) => encodeJson(table, name === 'json'),
  };
}

function openReader(source: ByteSource, table: Table): TableReader {
  const schema = schemaOf(table);
  return {
    schema,
    entries: table.length,
    clusters: [0],
    async read(columns, start, stop) {
      pickColumns(source, schema, undefined, columns);
      const picked = Object.fromEntries(columns.map((column) => [column, table.columns[column]!]));
      return sliceTable({ length: table.length, columns: picked }, start, stop);
    },
    close: () => source.close(),
  };
}

function readRows(source: ByteSource, bytes: Uint8Array): Table {
  const text = new TextDecoder().decode(bytes);
  const rows = /^\s*\[/.test(text) ? parseJson(text, source.name) : parseLines(source.name, text);
  if (!Array.isArray(rows) || !rows.every(isRow))
    throw new ColumnsError(
      'json.rows',
      `${source.name} holds no rows`,
      'rows are objects, one on each line or all in one list: {"pt": 41.2, "eta": [0.1, 1.3]}',
    );
  return tableFromRows(rows, inferSchema(rows));
}

function isRow(row: unknown): row is Record<string, unknown> {
  return typeof row === 'object' && row !== null && !Array.isArray(row);
}

function parseLines(name: string, text: string): unknown[] {
  const rows: unknown[] = [];
  text.split('\n').forEach((line, i) => {
    if (line.trim() !== '') rows.push(parseJson(line, `${name}, line ${i + 1}`));
  });
  return rows;
}
