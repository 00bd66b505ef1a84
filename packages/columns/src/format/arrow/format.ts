import { preload, type Range, readRanges } from '../../source/coalesce.ts';
import { contentIdentity, footerIdentity } from '../../source/identity.ts';
import type { ByteSource, FileFormat, TableReader } from '../../source/types.ts';
import { concatTables } from '../../table/concat.ts';
import { sliceTable } from '../../table/slice.ts';
import type { Column, Schema, Table } from '../../table/types.ts';
import { clustersOf, noRows, onlyTable, pickColumns, startsOf } from '../reader.ts';
import { type Uncompress, uncompressor } from './codec.ts';
import { type BatchReader, fieldPlaces, narrowFields, readColumn, readDictionary } from './columns.ts';
import { guard } from './decode.ts';
import { encodeTable, MAGIC } from './encode.ts';
import { FlatView } from './flatbuffer.ts';
import {
  type ArrowLayout,
  addMessage,
  type BatchHeader,
  damaged,
  layoutOf,
  metadataOf,
  readFooter,
} from './message.ts';
import { typeOfField, unreadableReason } from './schema.ts';

/**
 * Arrow IPC, file (`.arrow`, `.feather`) and stream (`.arrows`) format, uncompressed, lz4 or zstd. Only the
 * buffers of the columns in use are read. Written as a file, uncompressed; option `batchSize` (rows of a batch).
 */
export const arrowFormat: FileFormat = {
  name: 'arrow',
  extensions: ['arrow', 'feather', 'arrows', 'ipc'],
  matches: (head) =>
    isFile(head) || (head.length >= 8 && head.subarray(0, 4).every((byte) => byte === 255) && head[7] === 0),
  async contents(source) {
    const { layout, identity } = await readLayout(source, true);
    const { schema, unreadable } = schemaOfLayout(layout);
    const entries = layout.batches.reduce((sum, batch) => sum + batch.length, 0);
    return { identity, size: source.size, tables: [{ name: 'table', entries, schema, ...unreadable }] };
  },
  async open(source, options) {
    onlyTable(source, options.table, 'table');
    const { layout } = await readLayout(source, false);
    return openReader(source, layout);
  },
  encode: (table, options) =>
    encodeTable(table, typeof options.batchSize === 'number' ? { batchSize: options.batchSize } : {}),
};

function isFile(head: Uint8Array): boolean {
  return MAGIC.subarray(0, 6).every((byte, i) => head[i] === byte);
}

async function readLayout(
  source: ByteSource,
  identify: boolean,
): Promise<{ layout: ArrowLayout; identity: string }> {
  const head = await source.read(0, Math.min(8, source.size));
  const layout = isFile(head)
    ? await readFileLayout(source)
    : { layout: await readStreamLayout(source), footer: undefined };
  const identity = !identify
    ? ''
    : layout.footer
      ? footerIdentity('arrow', source.size, layout.footer)
      : await contentIdentity(source);
  guard(source.name, () => narrowFields(layout.layout));
  return { layout: layout.layout, identity };
}

async function readFileLayout(source: ByteSource): Promise<{ layout: ArrowLayout; footer: Uint8Array }> {
  const { name, size } = source;
  if (size < 18) damaged(name, 'it is too short');
  const tail = await source.read(Math.max(0, size - 65_536), size);
  const length = new DataView(tail.buffer, tail.byteOffset).getInt32(tail.length - 10, true);
  if (length <= 0 || length + 10 > size) damaged(name, 'its footer is missing');
  const footer =
    length + 10 <= tail.length
      ? tail.subarray(tail.length - 10 - length, tail.length - 10)
      : await source.read(size - 10 - length, size - 10);
  const { layout, places } = guard(name, () => readFooter(name, footer));
  const ranges = places.map(({ offset, metadata }): Range => [offset, offset + metadata]);
  const blocks = await readRanges(source, ranges, { gap: 4096 });
  guard(name, () => {
    blocks.forEach((block, i) => {
      addMessage(name, layout, metadataOf(block), ranges[i]![1]);
    });
  });
  return { layout, footer: Uint8Array.from(footer) };
}

async function readStreamLayout(source: ByteSource): Promise<ArrowLayout> {
  const { name, size } = source;
  let layout: ArrowLayout | undefined;
  for (let at = 0; at + 8 <= size; ) {
    const head = await source.read(at, at + 8);
    const view = new DataView(head.buffer, head.byteOffset);
    const prefix = view.getInt32(0, true) === -1 ? 8 : 4;
    const length = view.getInt32(prefix - 4, true);
    if (length === 0) break;
    if (length < 0 || at + prefix + length > size) damaged(name, 'a message is cut off');
    const metadata = await source.read(at + prefix, at + prefix + length);
    at += prefix + length;
    at += guard(name, () => {
      const message = new FlatView(metadata);
      if (message.i8(1) === 1) layout = layoutOf(name, message.table(2));
      else if (layout) addMessage(name, layout, metadata, at);
      return message.i64(3);
    });
  }
  return layout ?? damaged(name, 'it has no schema');
}

function schemaOfLayout(layout: ArrowLayout): {
  schema: Schema;
  unreadable: { unreadable?: Record<string, string> };
} {
  const schema: [string, Schema[string]][] = [];
  const reasons: [string, string][] = [];
  const places = fieldPlaces(layout.fields, []);
  layout.fields.forEach((field, i) => {
    const lost = Number.isNaN(places[i]!.buffer);
    const reason = lost ? 'it stands behind a column whose size is not known' : unreadableReason(field);
    if (reason) reasons.push([field.name, reason]);
    else schema.push([field.name, typeOfField(field)]);
  });
  const unreadable = reasons.length > 0 ? { unreadable: Object.fromEntries(reasons) } : {};
  return { schema: Object.fromEntries(schema), unreadable };
}

function openReader(source: ByteSource, layout: ArrowLayout): TableReader {
  const { schema, unreadable } = schemaOfLayout(layout);
  const starts = startsOf(layout.batches.map((batch) => batch.length));
  const dictionaries = new Map<number, Column>();

  async function readBatch(
    batch: BatchHeader,
    wanted: readonly string[],
    signal?: AbortSignal,
  ): Promise<Table> {
    const places = fieldPlaces(layout.fields, batch.variadic).filter((place) =>
      wanted.includes(place.field.name),
    );
    const needed = new Set(
      places.flatMap((place) => Array.from({ length: place.buffers }, (_, i) => place.buffer + i)),
    );
    const reader = await loadBuffers(batch, [...needed], signal);
    const columns = places.map(
      (place) => [place.field.name, guard(source.name, () => readColumn(reader, place))] as const,
    );
    const found = Object.fromEntries(columns);
    return { length: batch.length, columns: Object.fromEntries(wanted.map((name) => [name, found[name]!])) };
  }

  async function loadBuffers(
    batch: BatchHeader,
    indices: readonly number[],
    signal?: AbortSignal,
  ): Promise<BatchReader> {
    const ranges = indices.map(
      (index): Range => batch.buffers[index] ?? damaged(source.name, 'a buffer is missing'),
    );
    const bytes = await readRanges(source, ranges, { signal });
    const uncompress: Uncompress = batch.compression
      ? await uncompressor(batch.compression)
      : (buffer) => buffer;
    const buffers = new Map(indices.map((index, i) => [index, bytes[i]!]));
    return {
      name: source.name,
      batch,
      buffer: (index) => uncompress(buffers.get(index) ?? damaged(source.name, 'a buffer is missing')),
      dictionary: (id) => dictionaries.get(id) ?? damaged(source.name, `dictionary ${id} is missing`),
    };
  }

  /** Dictionaries are small, and read with the first batch. */
  async function loadDictionaries(signal?: AbortSignal): Promise<void> {
    if (dictionaries.size > 0 || layout.dictionaryFields.size === 0) return;
    const readers = new Map<BatchHeader, BatchReader>();
    const ranges = layout.dictionaries.flatMap(({ batch }) => batch.buffers);
    const held = await preload(source, ranges, { signal });
    for (const { batch } of layout.dictionaries) {
      const bytes = await Promise.all(batch.buffers.map(([start, stop]) => held.read(start, stop)));
      const uncompress: Uncompress = batch.compression
        ? await uncompressor(batch.compression)
        : (buffer) => buffer;
      readers.set(batch, {
        name: source.name,
        batch,
        buffer: (index) => uncompress(bytes[index]!),
        dictionary: (id) => dictionaries.get(id) ?? damaged(source.name, 'dictionaries refer to each other'),
      });
    }
    // Inner dictionaries have been numbered after outer ones by no rule: read until all are there.
    for (const id of [...layout.dictionaryFields.keys()].reverse())
      dictionaries.set(
        id,
        guard(source.name, () => readDictionary(layout, id, (batch) => readers.get(batch)!)),
      );
  }

  return {
    schema,
    ...unreadable,
    entries: starts.at(-1)!,
    clusters: clustersOf(starts),
    async read(columns, start, stop, signal) {
      pickColumns(source, schema, unreadable.unreadable, columns);
      const parts: Table[] = [];
      await loadDictionaries(signal);
      for (const [i, batch] of layout.batches.entries()) {
        const first = starts[i]!;
        if (first + batch.length <= start || first >= stop) continue;
        const part = await readBatch(batch, columns, signal);
        parts.push(sliceTable(part, start - first, stop - first));
      }
      return parts.length > 0 ? concatTables(parts) : noRows(schema, columns);
    },
    close: () => source.close(),
  };
}
