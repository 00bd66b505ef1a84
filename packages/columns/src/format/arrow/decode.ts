import { concatTables } from '../../table/concat.ts';
import type { Column, Table } from '../../table/types.ts';
import { type BatchReader, fieldPlaces, readColumn, readDictionary } from './columns.ts';
import { MAGIC } from './encode.ts';
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

/**
 * A table from the bytes of an Arrow IPC file or stream that `encodeTable` wrote: columns share the memory of
 * `bytes` where they are aligned. Fields are nullable as the schema says. Throws `arrow.damaged`.
 */
export function decodeTable(bytes: Uint8Array, name = 'table'): Table {
  const layout = guard(name, () => layoutOfBytes(bytes, name));
  return guard(name, () => {
    const tables = layout.batches.map((batch) => readBatchTable(layout, batch, name, bytes));
    if (tables.length > 0) return concatTables(tables);
    return damaged(name, 'it has no batch');
  });
}

/** Runs a reader of metadata: reads beyond the bytes mean a damaged file. */
export function guard<T>(name: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof RangeError) return damaged(name, 'it is cut off, or its metadata are wrong');
    throw error;
  }
}

function layoutOfBytes(bytes: Uint8Array, name: string): ArrowLayout {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  if (MAGIC.subarray(0, 6).every((byte, i) => bytes[i] === byte)) {
    const length = view.getInt32(bytes.length - 10, true);
    const { layout, places } = readFooter(
      name,
      bytes.subarray(bytes.length - 10 - length, bytes.length - 10),
    );
    for (const { offset, metadata } of places)
      addMessage(name, layout, metadataOf(bytes.subarray(offset, offset + metadata)), offset + metadata);
    return layout;
  }
  let layout: ArrowLayout | undefined;
  for (let at = 0; at + 8 <= bytes.length; ) {
    const prefix = view.getInt32(at, true) === -1 ? 8 : 4;
    const length = view.getInt32(at + prefix - 4, true);
    if (length === 0) break;
    const metadata = bytes.subarray(at + prefix, at + prefix + length);
    const message = new FlatView(metadata);
    at += prefix + length;
    if (message.i8(1) === 1) layout = layoutOf(name, message.table(2));
    else if (layout) addMessage(name, layout, metadata, at);
    at += message.i64(3);
  }
  return layout ?? damaged(name, 'it has no schema');
}

function readBatchTable(layout: ArrowLayout, batch: BatchHeader, name: string, bytes: Uint8Array): Table {
  const readerOf = (one: BatchHeader): BatchReader => {
    if (one.compression) damaged(name, 'it is compressed');
    return {
      name,
      batch: one,
      buffer: (index) => {
        const [start, stop] = one.buffers[index] ?? damaged(name, 'a buffer is missing');
        if (stop > bytes.length) damaged(name, 'it is cut off');
        return bytes.subarray(start, stop);
      },
      dictionary: (id) => readDictionary(layout, id, readerOf),
    };
  };
  const reader = readerOf(batch);
  const columns: [string, Column][] = fieldPlaces(layout.fields, batch.variadic).map((place) => [
    place.field.name,
    readColumn(reader, place),
  ]);
  return { length: batch.length, columns: Object.fromEntries(columns) };
}
