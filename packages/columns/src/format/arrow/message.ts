import { ColumnsError } from '../../error.ts';
import { FlatView } from './flatbuffer.ts';
import { type ArrowField, dictionariesOf, readFields } from './schema.ts';

/** Where one message lies: its metadata (with 8 bytes before it) and its body. */
export interface MessagePlace {
  offset: number;
  metadata: number;
  body: number;
}

/** Length and number of missing rows of one field in a batch. */
export interface FieldNode {
  length: number;
  missing: number;
}

/** A record batch (or a dictionary) without its bytes. */
export interface BatchHeader {
  length: number;
  nodes: FieldNode[];
  /** Bytes `[start, stop)` of the file, for each buffer. */
  buffers: [start: number, stop: number][];
  compression?: 'lz4' | 'zstd';
  /** For views: how many data buffers each has. */
  variadic: number[];
}

/** Everything of an Arrow file but the values. */
export interface ArrowLayout {
  fields: ArrowField[];
  /** Fields of the values of each dictionary. */
  dictionaryFields: Map<number, ArrowField>;
  dictionaries: { id: number; batch: BatchHeader }[];
  batches: BatchHeader[];
}

/** Throws `arrow.damaged`. */
export function damaged(name: string, problem: string): never {
  throw new ColumnsError(
    'arrow.damaged',
    `${name} is no sound Arrow file: ${problem}`,
    'make the file again',
  );
}

/** An empty layout for the schema of a message or a footer. */
export function layoutOf(name: string, schema: FlatView | undefined): ArrowLayout {
  if (!schema) return damaged(name, 'it has no schema');
  if (schema.i16(0) !== 0)
    throw new ColumnsError(
      'arrow.unsupported',
      `${name} is in big-endian byte order`,
      'write it on another machine',
    );
  const fields = readFields(schema);
  return { fields, dictionaryFields: dictionariesOf(fields), dictionaries: [], batches: [] };
}

/** Adds what a message holds to the layout. `metadata` is its FlatBuffer; the body begins at `body` in the file. */
export function addMessage(name: string, layout: ArrowLayout, metadata: Uint8Array, body: number): void {
  const message = new FlatView(metadata);
  const header = message.table(2);
  const kind = message.i8(1);
  if (!header) damaged(name, 'a message has no header');
  if (kind === 3) layout.batches.push(readBatch(header, body));
  if (kind === 2) {
    const batch = header.table(1);
    if (!batch) throw damaged(name, 'a dictionary has no values');
    const id = header.i64(0);
    // Without `isDelta` the dictionary replaces the one before.
    if (header.i8(2) === 0 && layout.dictionaries.some((one) => one.id === id)) {
      if (layout.batches.length > 0)
        throw new ColumnsError(
          'arrow.unsupported',
          `${name} changes a dictionary between batches`,
          'write it as a file',
        );
      layout.dictionaries = layout.dictionaries.filter((one) => one.id !== id);
    }
    layout.dictionaries.push({ id, batch: readBatch(batch, body) });
  }
}

function readBatch(batch: FlatView, body: number): BatchHeader {
  const pair = (view: DataView): [number, number] => [
    Number(view.getBigInt64(0, true)),
    Number(view.getBigInt64(8, true)),
  ];
  const compression = batch.table(3);
  return {
    length: batch.i64(0),
    nodes: batch.structs(1, 16).map((view) => {
      const [length, missing] = pair(view);
      return { length, missing };
    }),
    buffers: batch.structs(2, 16).map((view) => {
      const [offset, length] = pair(view);
      return [body + offset, body + offset + length];
    }),
    ...(compression ? { compression: compression.i8(0) === 0 ? ('lz4' as const) : ('zstd' as const) } : {}),
    variadic: batch.structs(4, 8).map((view) => Number(view.getBigInt64(0, true))),
  };
}

/** The places of the messages that a file's footer names, and its schema. */
export function readFooter(
  name: string,
  footer: Uint8Array,
): { layout: ArrowLayout; places: MessagePlace[] } {
  const table = new FlatView(footer);
  const place = (view: DataView): MessagePlace => ({
    offset: Number(view.getBigInt64(0, true)),
    metadata: view.getInt32(8, true),
    body: Number(view.getBigInt64(16, true)),
  });
  return {
    layout: layoutOf(name, table.table(1)),
    places: [...table.structs(2, 24), ...table.structs(3, 24)].map(place),
  };
}

/** The FlatBuffer inside a message's metadata block, which begins with its length. */
export function metadataOf(block: Uint8Array): Uint8Array {
  const view = new DataView(block.buffer, block.byteOffset, block.length);
  return block.subarray(view.getInt32(0, true) === -1 ? 8 : 4);
}
