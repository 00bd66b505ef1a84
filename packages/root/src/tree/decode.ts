import type { Column, PrimitiveColumn } from '@fasthep/columns';
import { Cursor } from '../bytes/cursor.ts';
import { swapInPlace } from '../bytes/swap.ts';
import { RootError } from '../error/error.ts';
import { widthOf } from '../streamer/node.ts';
import { arrayOver, makeArray, packedWidth, readPacked } from '../streamer/numbers.ts';
import type { Interpretation, NumberNode } from './interpretation.ts';
import type { Slice } from './slices.ts';

/** Bytes that one number takes on disk. */
export function diskWidth(item: NumberNode): number {
  return item.t === 'number' ? widthOf[item.type] : packedWidth(item.packing);
}

/** Numbers of a branch where every row has as many. */
export function decodeFlat(
  { item, dims }: Extract<Interpretation, { how: 'flat' }>,
  slices: readonly Slice[],
  rows: number,
): Column {
  const width = diskWidth(item);
  const rowWidth = dims.reduce((a, b) => a * b, width);
  checkTotal(slices, rows * rowWidth);
  const bytes = new Uint8Array(rows * rowWidth);
  let at = 0;
  for (const { basket, from, to } of slices) {
    if (basket.data.length !== basket.entries * rowWidth)
      throw new RootError(
        'ROOT-E03',
        `a basket of ${basket.entries} rows has ${basket.data.length} bytes where rows take ${rowWidth}`,
      );
    bytes.set(basket.data.subarray(from * rowWidth, to * rowWidth), at);
    at += (to - from) * rowWidth;
  }
  return withDims(numbersOf(item, bytes), dims, rows);
}

/** Numbers of a branch where rows have different lengths. */
export function decodeJagged(
  { item, dims, skip, counter }: Extract<Interpretation, { how: 'jagged' }>,
  slices: readonly Slice[],
  rows: number,
): Column {
  const width = dims.reduce((a, b) => a * b, diskWidth(item));
  const offsets = new Int32Array(rows + 1);
  let total = 0;
  let row = 0;
  const shift = width === 4 ? 2 : width === 1 ? 0 : width === 8 ? 3 : width === 2 ? 1 : -1;
  for (const { basket, from, to } of slices) {
    const starts = basket.offsets;
    if (!starts) throw new RootError('ROOT-E03', 'a basket without the offsets of its rows');
    if (skip === 0) {
      // Rows follow each other without gaps.
      const base = starts[from]!;
      if (shift >= 0) {
        const mask = width - 1;
        let odd = 0;
        for (let i = from; i < to; i++) {
          const bytes = starts[i + 1]! - base;
          odd |= bytes & mask;
          offsets[++row] = total + (bytes >> shift);
        }
        if (odd !== 0) throw uneven(width);
      } else
        for (let i = from; i < to; i++) {
          const items = (starts[i + 1]! - base) / width;
          if (!Number.isInteger(items)) throw uneven(width);
          offsets[++row] = total + items;
        }
    } else
      for (let i = from; i < to; i++) {
        const items = Math.max(0, starts[i + 1]! - starts[i]! - skip) / width;
        if (!Number.isInteger(items)) throw uneven(width);
        offsets[row + 1] = offsets[row]! + items;
        row++;
      }
    // Offsets that overflowed would descend.
    if (offsets[row]! < total) throw tooMany();
    total = offsets[row]!;
  }
  const bytes = new Uint8Array(total * width);
  let at = 0;
  row = 0;
  for (const { basket, from, to } of slices) {
    const starts = basket.offsets!;
    const { data } = basket;
    if (skip === 0) {
      const part = data.subarray(starts[from], starts[to]);
      bytes.set(part, at);
      at += part.length;
      continue;
    }
    const view = skip === 10 ? new DataView(data.buffer, data.byteOffset, data.length) : undefined;
    for (let i = from; i < to; i++, row++) {
      const begin = starts[i]! + skip;
      const end = starts[i + 1]!;
      // A vector says itself how many it holds.
      if (view && view.getInt32(begin - 4) !== offsets[row + 1]! - offsets[row]!)
        throw new RootError(
          'ROOT-E03',
          `a vector of ${view.getInt32(begin - 4)} items in ${end - begin} bytes`,
        );
      if (end - begin < 48) for (let k = begin; k < end; k++) bytes[at++] = data[k]!;
      else {
        bytes.set(data.subarray(begin, end), at);
        at += end - begin;
      }
    }
  }
  const content = withDims(numbersOf(item, bytes), dims, total);
  return { kind: 'list', length: rows, offsets, content, ...(counter !== undefined && { counter }) };
}

/** A list of leaves: a record. */
export function decodeStruct(
  { fields }: Extract<Interpretation, { how: 'struct' }>,
  slices: readonly Slice[],
  rows: number,
): Column {
  const widths = fields.map(({ item, dims }) => dims.reduce((a, b) => a * b, diskWidth(item)));
  const rowWidth = widths.reduce((a, b) => a + b, 0);
  checkTotal(slices, rows * rowWidth);
  const parts = widths.map((width) => new Uint8Array(rows * width));
  let row = 0;
  for (const { basket, from, to } of slices) {
    if (basket.data.length !== basket.entries * rowWidth) throw uneven(rowWidth);
    for (let i = from; i < to; i++, row++) {
      let at = i * rowWidth;
      for (let f = 0; f < parts.length; f++) {
        const width = widths[f]!;
        const part = parts[f]!;
        for (let k = 0; k < width; k++) part[row * width + k] = basket.data[at + k]!;
        at += width;
      }
    }
  }
  return {
    kind: 'record',
    length: rows,
    fields: Object.fromEntries(
      fields.map(({ name, item, dims }, f) => [name, withDims(numbersOf(item, parts[f]!), dims, rows)]),
    ),
  };
}

/** Text of a TLeafC: a length of one byte, or 255 and four more, and the bytes. */
export function decodeText(slices: readonly Slice[], rows: number): Column {
  const total = slices.reduce((sum, { basket }) => sum + basket.data.length, 0);
  const bytes = new Uint8Array(total);
  const offsets = new Int32Array(rows + 1);
  let row = 0;
  let at = 0;
  for (const { basket, from, to } of slices) {
    const cursor = new Cursor(basket.data);
    for (let i = 0; i < to; i++) {
      if (basket.offsets) {
        if (i < from) continue;
        cursor.seek(basket.offsets[i]!);
      }
      const text = cursor.stringBytes();
      if (i < from) continue;
      if (basket.offsets && cursor.pos !== basket.offsets[i + 1])
        throw new RootError('ROOT-E03', `a text of ${text.length} bytes does not fill its row`);
      bytes.set(text, at);
      at += text.length;
      offsets[++row] = at;
    }
  }
  return { kind: 'string', length: rows, offsets, bytes: bytes.subarray(0, at) };
}

/** Big-endian bytes as numbers; the bytes are taken over. */
export function numbersOf(item: NumberNode, bytes: Uint8Array): PrimitiveColumn {
  const width = diskWidth(item);
  const length = bytes.length / width;
  if (item.t === 'number') {
    swapInPlace(bytes, width);
    if (item.type === 'bool') for (let i = 0; i < length; i++) if (bytes[i]! > 1) bytes[i] = 1;
    return { kind: 'primitive', type: item.type, length, values: arrayOver(exactBuffer(bytes), item.type) };
  }
  const values = makeArray(item.type, length);
  const cursor = new Cursor(bytes);
  for (let i = 0; i < length; i++) values[i] = readPacked(cursor, item.packing, item.type);
  return { kind: 'primitive', type: item.type, length, values };
}

function exactBuffer(bytes: Uint8Array): ArrayBuffer {
  const { buffer } = bytes;
  if (buffer instanceof ArrayBuffer && bytes.byteOffset === 0 && buffer.byteLength === bytes.length)
    return buffer;
  return bytes.slice().buffer as ArrayBuffer;
}

/** Most items that a list can count. */
export const mostItems = 0x7fffffff;

/** Lists of fixed size around a column, `dims` outermost first, so that `rows` rows remain. */
export function withDims(column: Column, dims: readonly number[], rows: number): Column {
  let inner = column;
  if (column.length > mostItems && dims.length > 0) throw tooMany();
  for (let d = dims.length - 1; d >= 0; d--) {
    const size = dims[d]!;
    const length = dims.slice(0, d).reduce((a, b) => a * b, rows);
    const offsets = new Int32Array(length + 1);
    for (let i = 1; i <= length; i++) offsets[i] = i * size;
    inner = { kind: 'list', length, offsets, content: inner, size };
  }
  return inner;
}

function checkTotal(slices: readonly Slice[], bytes: number): void {
  const there = slices.reduce((sum, { basket }) => sum + basket.data.length, 0);
  if (bytes > there) throw new RootError('ROOT-E03', `rows need ${bytes} bytes, its baskets hold ${there}`);
}

function tooMany(): RootError {
  return new RootError('ROOT-E09', `a list of more than ${mostItems} items; read fewer rows at a time`);
}

function uneven(width: number): RootError {
  return new RootError('ROOT-E03', `the bytes of a row are no multiple of ${width}`);
}
