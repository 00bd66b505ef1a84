/** Opened Parquet files; this file (and what it imports) is loaded when the first one is opened. */
import {
  type ColumnMetaData,
  type FileMetaData,
  parquetMetadata,
  parquetSchema,
  type RowGroup,
} from 'hyparquet';
import { ColumnsError } from '../../error.ts';
import { type Range, readRanges } from '../../source/coalesce.ts';
import { footerIdentity } from '../../source/identity.ts';
import type { ByteSource, TableReader } from '../../source/types.ts';
import { concatTables } from '../../table/concat.ts';
import { sliceTable } from '../../table/slice.ts';
import type { Column, Schema, Table } from '../../table/types.ts';
import { clustersOf, noRows, pickColumns, startsOf } from '../reader.ts';
import { assemble } from './assemble.ts';
import { compressors } from './codecs.ts';
import { type Chunk, readChunk } from './pages.ts';
import { leavesOf, type Node, narrowNode, nodeOf, typeOfNode, Unreadable } from './schema.ts';

/** What the footer of a file says. */
export interface ParquetLayout {
  identity: string;
  groups: RowGroup[];
  nodes: Map<string, Node>;
  schema: Schema;
  unreadable?: Record<string, string>;
  /** First row of each row group, and the number of rows. */
  starts: number[];
}

function damaged(source: ByteSource, problem: string, cause?: unknown): ColumnsError {
  return new ColumnsError(
    'parquet.damaged',
    `${source.name} is no sound Parquet file: ${problem}`,
    'make the file again',
    cause,
  );
}

/** Reads the footer. Throws `parquet.damaged`, `parquet.unsupported`. */
export async function readLayout(source: ByteSource): Promise<ParquetLayout> {
  const { size } = source;
  if (size < 12) throw damaged(source, 'it is too short');
  let tail = await source.read(Math.max(0, size - 65_536), size);
  const magic = String.fromCharCode(...tail.subarray(tail.length - 4));
  if (magic === 'PARE') throw new ColumnsError('parquet.unsupported', `${source.name} is encrypted`);
  if (magic !== 'PAR1') throw damaged(source, 'it does not end as one');
  const length = new DataView(tail.buffer, tail.byteOffset).getUint32(tail.length - 8, true);
  if (length + 12 > size) throw damaged(source, 'its footer is cut off');
  if (length + 8 > tail.length) tail = await source.read(size - length - 8, size);
  const footer = tail.subarray(tail.length - length - 8);
  const metadata = attempt(source, () => parquetMetadata(footer));
  return { identity: footerIdentity('parquet', size, footer), ...layoutOf(source, metadata) };
}

function layoutOf(source: ByteSource, metadata: FileMetaData): Omit<ParquetLayout, 'identity'> {
  const groups = metadata.row_groups;
  const nodes = new Map<string, Node>();
  const reasons: [string, string][] = [];
  for (const tree of attempt(source, () => parquetSchema(metadata)).children) {
    const { name } = tree.element;
    if (typeof name !== 'string') throw damaged(source, 'a column has no name');
    if (nodes.has(name)) throw damaged(source, `two columns have the name '${name}'`);
    const node = nodeOf(tree);
    if (node instanceof Unreadable) reasons.push([name, node.reason]);
    else {
      narrowNode(node, groups);
      nodes.set(name, node);
    }
  }
  return {
    groups,
    nodes,
    schema: Object.fromEntries([...nodes].map(([name, node]) => [name, typeOfNode(node)])),
    ...(reasons.length > 0 ? { unreadable: Object.fromEntries(reasons) } : {}),
    starts: startsOf(groups.map((group) => Number(group.num_rows))),
  };
}

/** Decoders complain in their own ways about damaged bytes. */
function attempt<T>(source: ByteSource, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof ColumnsError) throw error;
    throw damaged(source, (error as Error).message, error);
  }
}

/** A reader along row groups. The columns of the last one read are kept: batches may be smaller. */
export function openReader(source: ByteSource, layout: ParquetLayout): TableReader {
  const { schema, unreadable, starts, groups } = layout;
  let kept: { group: number; columns: Map<string, Column> } = { group: -1, columns: new Map() };

  async function readGroup(index: number, wanted: readonly string[], signal?: AbortSignal): Promise<Table> {
    const known = kept.group === index ? kept.columns : new Map<string, Column>();
    const missing = wanted.filter((name) => !known.has(name));
    if (missing.length > 0) {
      const columns = await readColumns(source, layout, groups[index]!, missing, signal);
      kept = { group: index, columns: new Map([...known, ...columns]) };
      for (const [name, column] of columns) known.set(name, column);
    }
    const rows = starts[index + 1]! - starts[index]!;
    for (const name of wanted)
      if (known.get(name)!.length !== rows)
        throw damaged(source, `column '${name}' has not ${rows} rows in row group ${index}`);
    return { length: rows, columns: Object.fromEntries(wanted.map((name) => [name, known.get(name)!])) };
  }

  return {
    schema,
    ...(unreadable ? { unreadable } : {}),
    entries: starts.at(-1)!,
    clusters: clustersOf(starts),
    async read(columns, start, stop, signal) {
      pickColumns(source, schema, unreadable, columns);
      const parts: Table[] = [];
      for (let i = 0; i < groups.length; i++) {
        if (starts[i + 1]! <= start || starts[i]! >= stop) continue;
        const part = await readGroup(i, columns, signal);
        parts.push(sliceTable(part, start - starts[i]!, stop - starts[i]!));
      }
      return parts.length > 0 ? concatTables(parts) : noRows(schema, columns);
    },
    close: () => source.close(),
  };
}

async function readColumns(
  source: ByteSource,
  layout: ParquetLayout,
  group: RowGroup,
  names: readonly string[],
  signal?: AbortSignal,
): Promise<Map<string, Column>> {
  const metas = new Map<string, ColumnMetaData>();
  for (const { meta_data: meta } of group.columns)
    if (meta) metas.set(meta.path_in_schema.join('\u0000'), meta);
  const leaves = names.flatMap((name) => leavesOf(layout.nodes.get(name)!));
  const ranges = leaves.map((leaf): Range => {
    const meta = metas.get(leaf.path);
    if (!meta) throw damaged(source, 'a column chunk is missing');
    const first = meta.dictionary_page_offset;
    const start = Number(first && first < meta.data_page_offset ? first : meta.data_page_offset);
    return [start, start + Number(meta.total_compressed_size)];
  });
  const bytes = await readRanges(source, ranges, { signal });
  return attempt(source, () => {
    const chunks = new Map<string, Chunk>();
    leaves.forEach((leaf, i) => {
      chunks.set(leaf.path, readChunk(bytes[i]!, metas.get(leaf.path)!, leaf, compressors));
    });
    return new Map(names.map((name) => [name, assemble(layout.nodes.get(name)!, chunks)]));
  });
}
