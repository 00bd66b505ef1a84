import type { ByteSource, Table, TableReader } from '@fasthep/columns';
import type { Json, OpenRequest, RowReader } from '@fasthep/flow';
import { DataError } from '../error.ts';
import { platformFiles } from '../node/files.ts';
import { readArguments } from './arguments.ts';
import { formatOf } from './formats.ts';
import { verify } from './identity.ts';
import { batchesOf, clustersOf } from './partition.ts';

/** Opens part `part` of `parts` of one file. Fails with `data.file-changed` when it is not the one that was surveyed. */
export async function openRows(args: Json, request: OpenRequest): Promise<RowReader> {
  const read = readArguments(args);
  const { file, registry, signal } = request;
  const source = counted(await platformFiles.open(file.path));
  try {
    const format = await formatOf(file.path, source, registry, read.format);
    await verify(file, source, format);
    const port = read.ports[request.port]!;
    const table = file.tables?.[request.port] ?? port.tree;
    if (port.optional) {
      const { tables } = await format.contents(source);
      if (!tables.some((one) => one.name === table)) return none(source);
    }
    const reader = await format.open(source, table === undefined ? {} : { table });
    return rowsOf(reader, source, request, read.rows, read.rename, signal);
  } catch (error) {
    await source.close();
    throw error;
  }
}

interface CountedSource extends ByteSource {
  bytes: number;
}

/** A source that counts the bytes that are read from it. */
function counted(source: ByteSource): CountedSource {
  const counting: CountedSource = {
    name: source.name,
    size: source.size,
    bytes: 0,
    read(start, stop, signal) {
      counting.bytes += stop - start;
      return source.read(start, stop, signal);
    },
    close: () => source.close(),
  };
  return counting;
}

function none(source: ByteSource): RowReader {
  return { rows: 0, async *batches() {}, close: () => source.close() };
}

function rowsOf(
  reader: TableReader,
  source: CountedSource,
  request: OpenRequest,
  rows: [number, number] | undefined,
  rename: Record<string, string>,
  signal: AbortSignal | undefined,
): RowReader {
  const from = rows?.[0] ?? 0;
  const stop = Math.max(from, Math.min(rows?.[1] ?? reader.entries, reader.entries));
  const to = Math.min(stop, from + (request.rows ?? reader.entries));
  const clusters = clustersOf(reader.clusters, reader.entries, request.part, request.parts);
  const ranges = batchesOf(clusters, from, to);
  const names = request.columns.map((field) => rename[field] ?? field);
  const missing = names.filter((name) => reader.schema[name] === undefined);
  if (missing.length > 0)
    throw new DataError(
      'data.file-changed',
      `${request.file.path} has no column ${missing.map((name) => `'${name}'`).join(', ')}`,
      'it had when it was surveyed: run again',
    );

  const read = async (i: number): Promise<Table | undefined> => {
    const range = ranges[i];
    if (!range) return undefined;
    if (names.length === 0) return { length: range[1] - range[0], columns: {} };
    return renamed(await reader.read(names, range[0], range[1], signal), request.columns, rename);
  };
  return {
    rows: ranges.reduce((sum, [start, stop]) => sum + stop - start, 0),
    entries: stop - from,
    async *batches() {
      let before = 0;
      let next = read(0);
      for (let i = 0; i < ranges.length; i++) {
        const batch = (await next)!;
        // The next batch is fetched while this one is worked on.
        next = read(i + 1);
        next.catch(() => {});
        const bytes = source.bytes;
        yield { batch, rows: batch.length, bytes: bytes - before, first: ranges[i]![0] - from };
        before = bytes;
      }
    },
    async close() {
      await reader.close();
      await source.close();
    },
  };
}

function renamed(table: Table, fields: readonly string[], rename: Record<string, string>): Table {
  const columns = fields.map((field) => [field, table.columns[rename[field] ?? field]!] as const);
  return { length: table.length, columns: Object.fromEntries(columns) };
}
