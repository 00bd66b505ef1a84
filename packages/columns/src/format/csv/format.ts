import { ColumnsError } from '../../error.ts';
import { contentIdentity } from '../../source/identity.ts';
import { memorySource } from '../../source/memory.ts';
import type { ByteSource, FileFormat, TableReader } from '../../source/types.ts';
import { concatTables } from '../../table/concat.ts';
import { sliceTable } from '../../table/slice.ts';
import { decodeText } from '../../table/text.ts';
import type { Schema, Table } from '../../table/types.ts';
import { clustersOf, noRows, onlyTable, pickColumns, startsOf } from '../reader.ts';
import { encodeCsv } from './encode.ts';
import { findFields, makeFields, RaggedRow } from './tokens.ts';
import { columnParser, TypeFinder } from './values.ts';

/** Bytes looked at in one go; each such block begins with a row and is a cluster. */
const BLOCK = 4_194_304;
/** Files up to here stay in memory between looking for types and reading. */
const KEPT = 67_108_864;

/**
 * CSV with a header row. Types are those that fit the whole file: int64 (uint64), float64, bool, string; an
 * empty field is missing. Options: `delimiter` (found in the header: `,` `;` tab `|`), `header: false`
 * (columns are `c0`, `c1`, …). Throws `csv.empty`, `csv.header`, `csv.ragged`.
 */
export const csvFormat: FileFormat = makeFormat('csv', ['csv'], undefined);

/** As CSV, with tabs. */
export const tsvFormat: FileFormat = makeFormat('tsv', ['tsv', 'tab'], '\t');

function makeFormat(name: string, extensions: readonly string[], delimiter: string | undefined): FileFormat {
  return {
    name,
    extensions,
    async contents(source) {
      const kept = await keep(source);
      const { schema, starts } = await survey(kept, { delimiter });
      const identity = await contentIdentity(kept);
      return { identity, size: source.size, tables: [{ name: 'table', entries: starts.at(-1)!, schema }] };
    },
    async open(source, options) {
      onlyTable(source, options.table, 'table');
      const kept = await keep(source);
      return openReader(source, kept, await survey(kept, { delimiter, ...options }));
    },
    encode: (table, options) => encodeCsv(table, { delimiter, ...options }),
  };
}

/** The file in memory, if it is not too long: it is read at least twice. */
async function keep(source: ByteSource): Promise<ByteSource> {
  return source.size > KEPT ? source : memorySource(source.name, await source.read(0, source.size));
}

/** What is known after one look at the whole file. */
interface Survey {
  schema: Schema;
  delimiter: number;
  /** First row of each block, and the number of rows. */
  starts: number[];
  /** Bytes of each block. */
  blocks: [start: number, stop: number][];
}

async function survey(source: ByteSource, options: Readonly<Record<string, unknown>>): Promise<Survey> {
  const head = await readHeader(source, options);
  const columns = head.names.length;
  const finders = head.names.map(() => new TypeFinder());
  const fields = makeFields(columns);
  const rows: number[] = [];
  const blocks: Survey['blocks'] = [];
  let total = 0;
  for (let at = head.first; at < source.size; ) {
    let size = BLOCK;
    let used = 0;
    let count = 0;
    // A row longer than a block: look at more until it ends.
    while (used === 0) {
      const stop = Math.min(at + size, source.size);
      const bytes = await source.read(at, stop);
      const final = stop === source.size;
      for (;;) {
        const ragged = findFields(bytes, used, bytes.length, head.delimiter, columns, final, fields);
        if (ragged) throw raggedRow(source.name, total + count + ragged.row, ragged.found, columns);
        finders.forEach((finder, k) => {
          finder.look(bytes, fields, k, columns);
        });
        count += fields.rows;
        if (fields.next === used) break;
        used = fields.next;
      }
      if (final && used === 0) used = bytes.length;
      size *= 2;
    }
    if (count > 0) {
      blocks.push([at, at + used]);
      rows.push(count);
      total += count;
    }
    at += used;
  }
  const schema = Object.fromEntries(head.names.map((name, k) => [name, finders[k]!.type()]));
  return { schema, delimiter: head.delimiter, starts: startsOf(rows), blocks };
}

function raggedRow(name: string, row: number, found: number, columns: number): ColumnsError {
  return new ColumnsError(
    'csv.ragged',
    `${name}: row ${row + 1} below the header has ${found} values, the header names ${columns}`,
    'look for a delimiter or a line end inside a text without quotes, or give another delimiter',
  );
}

interface Header {
  names: string[];
  delimiter: number;
  /** Where the rows begin. */
  first: number;
}

async function readHeader(source: ByteSource, options: Readonly<Record<string, unknown>>): Promise<Header> {
  const bytes = await source.read(0, Math.min(source.size, 1_048_576));
  const start = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  let stop = start;
  for (let quoted = false; stop < bytes.length; stop++) {
    if (bytes[stop] === 34) quoted = !quoted;
    else if (!quoted && (bytes[stop] === 10 || bytes[stop] === 13)) break;
  }
  if (stop === start)
    throw new ColumnsError(
      'csv.empty',
      `${source.name} begins with no header`,
      'the first line names the columns',
    );
  const delimiter = delimiterOf(options.delimiter, decodeText(bytes, start, stop));
  const columns = countFields(bytes, start, stop, delimiter);
  const fields = makeFields(columns);
  findFields(bytes, start, stop, delimiter, columns, true, fields);
  if (options.header === false)
    return { names: Array.from({ length: columns }, (_, k) => `c${k}`), delimiter, first: start };
  const names = Array.from({ length: columns }, (_, k) => {
    const end = fields.stops[k]!;
    const text = decodeText(bytes, fields.starts[k]!, end < 0 ? ~end : end);
    return (end < 0 ? text.replaceAll('""', '"') : text.trim()) || `c${k}`;
  });
  const twice = names.find((name, k) => names.indexOf(name) < k);
  if (twice !== undefined)
    throw new ColumnsError(
      'csv.header',
      `${source.name} has two columns '${twice}'`,
      'give each its own name',
    );
  const line = bytes[stop] === 13 && bytes[stop + 1] === 10 ? 2 : 1;
  return { names, delimiter, first: Math.min(stop + line, source.size) };
}

function delimiterOf(given: unknown, header: string): number {
  if (typeof given === 'string') {
    if (given.length === 1 && given.charCodeAt(0) < 128) return given.charCodeAt(0);
    throw new ColumnsError(
      'csv.delimiter',
      `the delimiter ${JSON.stringify(given)} is not one ASCII character`,
    );
  }
  const plain = header.replace(/"[^"]*"/g, '');
  return ([',', ';', '\t', '|'].find((one) => plain.includes(one)) ?? ',').charCodeAt(0);
}

/** How many fields the header has. */
function countFields(bytes: Uint8Array, start: number, stop: number, delimiter: number): number {
  const probe = findFields(bytes, start, stop, delimiter, 1, true, makeFields(1));
  return probe instanceof RaggedRow ? probe.found : 1;
}

function openReader(
  source: ByteSource,
  kept: ByteSource,
  { schema, delimiter, starts, blocks }: Survey,
): TableReader {
  const names = Object.keys(schema);

  async function readBlock(i: number, wanted: readonly string[], signal?: AbortSignal): Promise<Table> {
    const [start, stop] = blocks[i]!;
    const bytes = await kept.read(start, stop, signal);
    const rows = starts[i + 1]! - starts[i]!;
    const places = wanted.map((name) => names.indexOf(name));
    const parsers = wanted.map((name) => columnParser(schema[name]!, rows));
    const fields = makeFields(names.length);
    for (let at = 0; at < bytes.length; ) {
      findFields(bytes, at, bytes.length, delimiter, names.length, true, fields);
      if (fields.next === at) break;
      at = fields.next;
      parsers.forEach((parser, k) => {
        parser.take(bytes, fields, places[k]!, names.length);
      });
    }
    const columns = Object.fromEntries(wanted.map((name, k) => [name, parsers[k]!.finish()]));
    return { length: rows, columns };
  }

  return {
    schema,
    entries: starts.at(-1)!,
    clusters: clustersOf(starts),
    async read(columns, start, stop, signal) {
      pickColumns(source, schema, undefined, columns);
      const parts: Table[] = [];
      for (let i = 0; i < blocks.length; i++) {
        if (starts[i + 1]! <= start || starts[i]! >= stop) continue;
        parts.push(sliceTable(await readBlock(i, columns, signal), start - starts[i]!, stop - starts[i]!));
      }
      return parts.length > 0 ? concatTables(parts) : noRows(schema, columns);
    },
    close: () => source.close(),
  };
}
