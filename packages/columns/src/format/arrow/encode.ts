/** Tables as Arrow IPC files (https://arrow.apache.org/docs/format/Columnar.html). */
import { sliceColumn, sliceTable } from '../../table/slice.ts';
import { takeColumn } from '../../table/take.ts';
import type {
  Column,
  ListColumn,
  PrimitiveColumn,
  StringColumn,
  Table,
  Validity,
  Values,
} from '../../table/types.ts';
import { countMissing, isValid, sliceValidity } from '../../table/validity.ts';
import { type FlatTable, writeFlat } from './flatbuffer.ts';
import { writeSchema } from './schema.ts';

/** `ARROW1` and two bytes of padding. */
export const MAGIC = Uint8Array.of(65, 82, 82, 79, 87, 49, 0, 0);
const VERSION = 4;
const HEADER = { schema: 1, dictionary: 2, batch: 3 } as const;
const NONE = new Uint8Array(0);

/** How a table is written. */
export interface ArrowOptions {
  /** Rows of a record batch: all in one if absent. */
  batchSize?: number;
}

/**
 * A table as an Arrow IPC file. The same rows give the same bytes: what lies under missing rows is not
 * written. Booleans are packed; fixed sizes and count columns of lists stand in the fields' metadata.
 */
export function encodeTable(table: Table, options: ArrowOptions = {}): Uint8Array {
  const { batchSize = Math.max(1, table.length) } = options;
  const schema = writeSchema(table.columns);
  const out = new Output();
  out.push(MAGIC);
  out.message(HEADER.schema, schema, []);
  const dictionaries: Block[] = [];
  forEachDictionary(Object.values(table.columns), (dictionary) => {
    const batch = new Batch(dictionary.length);
    batch.add(dictionary);
    const header: FlatTable = [{ i64: dictionaries.length }, { table: batch.header() }];
    dictionaries.push(out.message(HEADER.dictionary, header, batch.buffers));
  });
  const batches: Block[] = [];
  for (let start = 0; start === 0 || start < table.length; start += batchSize) {
    const part = sliceTable(table, start, start + batchSize);
    const batch = new Batch(part.length);
    for (const column of Object.values(part.columns)) batch.add(column);
    batches.push(out.message(HEADER.batch, batch.header(), batch.buffers));
  }
  out.push(Uint8Array.of(255, 255, 255, 255, 0, 0, 0, 0));
  const footer = writeFlat([
    { i16: VERSION },
    { table: schema },
    { structs: blockBytes(dictionaries), width: 24 },
    { structs: blockBytes(batches), width: 24 },
  ]);
  out.push(footer);
  const tail = new Uint8Array(10);
  new DataView(tail.buffer).setInt32(0, footer.length, true);
  tail.set(MAGIC.subarray(0, 6), 4);
  out.push(tail);
  return out.join();
}

interface Block {
  offset: number;
  metadata: number;
  body: number;
}

function blockBytes(blocks: readonly Block[]): Uint8Array {
  const bytes = new Uint8Array(24 * blocks.length);
  const view = new DataView(bytes.buffer);
  blocks.forEach((block, i) => {
    view.setBigInt64(24 * i, BigInt(block.offset), true);
    view.setInt32(24 * i + 8, block.metadata, true);
    view.setBigInt64(24 * i + 16, BigInt(block.body), true);
  });
  return bytes;
}

class Output {
  private readonly parts: Uint8Array[] = [];
  private size = 0;

  /** Adds bytes, padded to 8 unless they end the file. */
  push(bytes: Uint8Array, pad = false): void {
    this.parts.push(bytes);
    this.size += bytes.length;
    if (pad && this.size % 8 !== 0) this.push(new Uint8Array(8 - (this.size % 8)));
  }

  message(kind: number, header: FlatTable, buffers: readonly Uint8Array[]): Block {
    const offset = this.size;
    const body = buffers.reduce((sum, buffer) => sum + padded(buffer.length), 0);
    const metadata = writeFlat([{ i16: VERSION }, { i8: kind }, { table: header }, { i64: body }]);
    const prefix = new Uint8Array(8);
    new DataView(prefix.buffer).setInt32(0, -1, true);
    new DataView(prefix.buffer).setInt32(4, metadata.length, true);
    this.push(prefix);
    this.push(metadata);
    for (const buffer of buffers) this.push(buffer, true);
    return { offset, metadata: 8 + metadata.length, body };
  }

  join(): Uint8Array {
    const bytes = new Uint8Array(this.size);
    let at = 0;
    for (const part of this.parts) {
      bytes.set(part, at);
      at += part.length;
    }
    return bytes;
  }
}

function padded(length: number): number {
  return (length + 7) & ~7;
}

/** In the order in which the schema numbers them. */
function forEachDictionary(columns: readonly Column[], visit: (dictionary: StringColumn) => void): void {
  for (const column of columns) {
    if (column.kind === 'list') forEachDictionary([column.content], visit);
    if (column.kind === 'record') forEachDictionary(Object.values(column.fields), visit);
    if (column.kind === 'dictionary') visit(column.dictionary);
  }
}

/** The nodes and buffers of one record batch. */
class Batch {
  readonly buffers: Uint8Array[] = [];
  private readonly nodes: [length: number, missing: number][] = [];
  private readonly length: number;

  constructor(length: number) {
    this.length = length;
  }

  header(): FlatTable {
    const nodes = new BigInt64Array(
      this.nodes.flatMap(([length, missing]) => [BigInt(length), BigInt(missing)]),
    );
    const regions = new BigInt64Array(2 * this.buffers.length);
    let at = 0;
    this.buffers.forEach((buffer, i) => {
      regions[2 * i] = BigInt(at);
      regions[2 * i + 1] = BigInt(buffer.length);
      at += padded(buffer.length);
    });
    return [
      { i64: this.length },
      { structs: new Uint8Array(nodes.buffer), width: 16 },
      { structs: new Uint8Array(regions.buffer), width: 16 },
    ];
  }

  add(given: Column): void {
    const column = hideMissing(given);
    const { length, validity } = column;
    const missing = countMissing(validity, length);
    this.nodes.push([length, missing]);
    this.buffers.push(missing > 0 ? cleanValidity(validity!, length) : NONE);
    switch (column.kind) {
      case 'primitive':
        this.buffers.push(
          column.type === 'bool' ? packBits(column.values, length) : bytesOf(column.values, length),
        );
        break;
      case 'dictionary':
        this.buffers.push(bytesOf(column.codes, length));
        break;
      case 'string': {
        const [first, last] = [column.offsets[0]!, column.offsets[length]!];
        this.buffers.push(bytesOf(fromZero(column.offsets, length), length + 1));
        this.buffers.push(column.bytes.subarray(first, last));
        break;
      }
      case 'list': {
        const [first, last] = [column.offsets[0]!, column.offsets[length]!];
        this.buffers.push(bytesOf(fromZero(column.offsets, length), length + 1));
        this.add(sliceColumn(column.content, first, last));
        break;
      }
      case 'record':
        for (const field of Object.values(column.fields)) this.add(field);
        break;
    }
  }
}

/** The column with zeroes and nothing under missing rows. */
function hideMissing(column: Column): Column {
  const { validity, length } = column;
  if (!validity || countMissing(validity, length) === 0) return column;
  if (column.kind === 'primitive') return { ...column, values: zeroMissing(column, validity) };
  if (column.kind === 'dictionary')
    return {
      ...column,
      codes: column.codes.slice(0, length).map((code, i) => (isValid(validity, i) ? code : 0)),
    };
  const hidden = column.kind === 'record' || hasHidden(column, validity);
  if (!hidden) return column;
  const indices = Int32Array.from({ length }, (_, i) => (isValid(validity, i) ? i : -1));
  return takeColumn(column, indices);
}

function zeroMissing(column: PrimitiveColumn, validity: Validity): Values {
  const values = column.values.slice(0, column.length);
  const zero = typeof values[0] === 'bigint' ? 0n : 0;
  for (let i = 0; i < column.length; i++) if (!isValid(validity, i)) values[i] = zero;
  return values;
}

function hasHidden(column: StringColumn | ListColumn, validity: Validity): boolean {
  for (let i = 0; i < column.length; i++)
    if (!isValid(validity, i) && column.offsets[i] !== column.offsets[i + 1]) return true;
  return false;
}

function cleanValidity(validity: Validity, length: number): Uint8Array {
  const bytes = sliceValidity(validity, 0, length);
  const rest = length & 7;
  if (rest === 0) return bytes;
  const copy = bytes.slice();
  copy[copy.length - 1]! &= (1 << rest) - 1;
  return copy;
}

function packBits(values: Values, length: number): Uint8Array {
  const bytes = new Uint8Array((length + 7) >> 3);
  for (let i = 0; i < length; i++) if (values[i]) bytes[i >> 3]! |= 1 << (i & 7);
  return bytes;
}

function bytesOf(values: Values, length: number): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, length * values.BYTES_PER_ELEMENT);
}

function fromZero(offsets: Int32Array, length: number): Int32Array {
  const first = offsets[0]!;
  return first === 0 ? offsets : offsets.subarray(0, length + 1).map((offset) => offset - first);
}
