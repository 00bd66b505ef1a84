import type { Column, Values } from '@fasthep/columns';
import { blocksOf } from '../codec/blocks.ts';
import { checkAnswer } from '../codec/failure.ts';
import { type Machine, place, refresh } from '../codec/machine.ts';
import { insideOf, unpack } from '../codec/unpack.ts';
import { RootError } from '../error/error.ts';
import { type NumberType, widthOf } from '../streamer/node.ts';
import { arrayOver } from '../streamer/numbers.ts';
import type { BasketHeader } from './basket.ts';
import { mostItems, withDims } from './decode.ts';
import type { Interpretation } from './interpretation.ts';

/** A basket as it lies in the file. */
export interface PackedBasket {
  bytes: Uint8Array;
  header: BasketHeader;
  /** First row. */
  row: number;
}

/** Baskets of numbers, one after the other, on the way to a column. */
export interface NumberStream {
  /** Takes the next basket; false when it needs another way, and with it the whole column. */
  add(basket: PackedBasket): boolean;
  finish(): Column;
}

/**
 * Unpacks, turns round and measures baskets of plain numbers in one memory, where other ways copy in between,
 * as they come. Undefined when the branch needs another way. `fast` is for what is stored as it is.
 */
export function numberStream(
  fast: Machine,
  interpretation: Interpretation,
  start: number,
  stop: number,
): NumberStream | undefined {
  if (interpretation.how !== 'flat' && interpretation.how !== 'jagged') return undefined;
  const { item, dims } = interpretation;
  if (item.t !== 'number' || dims.includes(0)) return undefined;
  if (interpretation.how === 'jagged' && interpretation.skip !== 0) return undefined;
  const width = dims.reduce((a, b) => a * b, widthOf[item.type]);
  const shift = Math.log2(width);
  if (interpretation.how === 'flat') return flatStream(fast, item.type, dims, width, start, stop);
  if (![0, 1, 2, 3, 4, 5].includes(shift)) return undefined;
  return jaggedStream(fast, interpretation, item.type, shift, start, stop);
}

/** Most bytes that are set aside before baskets have proved that there are as many. */
const trusted = 1 << 26;

function flatStream(
  fast: Machine,
  type: NumberType,
  dims: readonly number[],
  width: number,
  start: number,
  stop: number,
): NumberStream {
  const rows = stop - start;
  let out = new Uint8Array(Math.min(rows * width, trusted - (trusted % width)));
  let row = 0;
  return {
    add(basket) {
      const { header } = basket;
      const size = header.entries * width;
      if (header.last - header.keylen !== size || header.objlen < size) return false;
      const from = start + row - basket.row;
      const to = Math.min(header.entries, stop - basket.row);
      if (from < 0 || to < from) return false;
      const { machine, at } = stage(fast, basket, 0);
      swap(machine, at + from * width, (to - from) * width, widthOf[type]);
      out = roomFor(out, (row + to - from) * width, rows * width);
      out.set(machine.bytes.subarray(at + from * width, at + to * width), row * width);
      row += to - from;
      return true;
    },
    finish() {
      checkRows(row, rows, start);
      return withDims(numbers(type, out, (rows * width) / widthOf[type]), dims, rows);
    },
  };
}

function jaggedStream(
  fast: Machine,
  { dims, counter }: Extract<Interpretation, { how: 'jagged' }>,
  type: NumberType,
  shift: number,
  start: number,
  stop: number,
): NumberStream {
  const rows = stop - start;
  let offsets = new Int32Array(Math.min(rows, trusted >> 2) + 1);
  let out = new Uint8Array(0);
  let row = 0;
  let total = 0;
  return {
    add(basket) {
      const { keylen, last, objlen, entries, sizes, generate } = basket.header;
      const border = last - keylen;
      if (sizes || generate || border === objlen) return false;
      const from = start + row - basket.row;
      const to = Math.min(entries, stop - basket.row);
      if (from < 0 || to < from) return false;
      if (border < 0 || border + 4 + 4 * entries > objlen)
        throw new RootError(
          'ROOT-E03',
          `offsets of ${entries} rows do not fit behind ${border} of ${objlen} bytes`,
        );
      if (total + (border >> shift) > mostItems)
        throw new RootError('ROOT-E09', `a list of more than ${mostItems} items; read fewer rows at a time`);
      const { machine, at, extra } = stage(fast, basket, 4 * (entries + 1));
      const { view } = machine;
      const list = at + border;
      if (view.getUint32(list) < entries || (entries > 0 && view.getUint32(list + 4) !== keylen))
        throw new RootError('ROOT-E03', `a list of ${view.getUint32(list)} offsets for ${entries} rows`);
      const first =
        from < entries ? (view.getUint32(list + 4 + 4 * from) - keylen) >>> shift : border >> shift;
      if (machine.offsets(list + 4, extra, entries, keylen, border, shift, total - first) !== 0)
        throw new RootError('ROOT-E03', 'its rows end before they begin, or their bytes are no whole items');
      if (offsets.length < row + to - from + 1) {
        const more = new Int32Array(Math.min(rows + 1, 2 * (row + to - from + 1)));
        more.set(offsets);
        offsets = more;
      }
      offsets.set(machine.ints.subarray((extra >> 2) + from, (extra >> 2) + to + 1), row);
      row += to - from;
      const end = offsets[row]!;
      const begin = at + first * 2 ** shift;
      const size = (end - total) * 2 ** shift;
      if (size < 0 || begin + size > at + border)
        throw new RootError('ROOT-E03', 'its rows leave the basket');
      swap(machine, begin, size, widthOf[type]);
      // The first basket shows how much there may be in all.
      const guess = row === 0 ? 0 : Math.min(trusted, Math.ceil((end * 2 ** shift * rows * 1.05) / row));
      out = roomFor(out, end * 2 ** shift, Math.max(guess, end * 2 ** shift));
      out.set(machine.bytes.subarray(begin, begin + size), total * 2 ** shift);
      total = end;
      return true;
    },
    finish() {
      checkRows(row, rows, start);
      const content = withDims(numbers(type, out, (total * 2 ** shift) / widthOf[type]), dims, total);
      return { kind: 'list', length: rows, offsets, content, ...(counter !== undefined && { counter }) };
    },
  };
}

function checkRows(row: number, rows: number, start: number): void {
  if (row !== rows)
    throw new RootError('ROOT-E03', `rows ${start + row} to ${start + rows} are in none of its baskets`);
}

/** The same bytes with room for `size`; when they must move, for `wish` or half as much again. */
function roomFor(bytes: Uint8Array, size: number, wish: number): Uint8Array<ArrayBuffer> {
  if (bytes.length >= size) return bytes as Uint8Array<ArrayBuffer>;
  const wanted = Math.max(size, Math.min(wish, Math.max(trusted, size * 1.5)));
  // A multiple of eight, so that every type of number fits over it.
  const more = new Uint8Array(Math.ceil(wanted / 8) * 8);
  more.set(bytes);
  return more;
}

function numbers(type: NumberType, bytes: Uint8Array, length: number): Column {
  if (type === 'bool') for (let i = 0; i < length; i++) if (bytes[i]! > 1) bytes[i] = 1;
  const width = widthOf[type];
  const whole = Math.floor(bytes.length / width) * width;
  const exact = whole === bytes.length ? bytes.buffer : bytes.buffer.slice(0, whole);
  const values: Values = arrayOver(exact as ArrayBuffer, type);
  return {
    kind: 'primitive',
    type,
    length,
    values: values.length === length ? values : values.subarray(0, length),
  };
}

function swap(machine: Machine, at: number, size: number, width: number): void {
  if (width === 4) machine.swap32(at, size >>> 2);
  else if (width === 8) machine.swap64(at, size >>> 3);
  else if (width === 2) machine.swap16(at, size >>> 1);
}

/** A basket in the memory of a machine: its bytes at `at`, and room at `extra`. */
interface Staged {
  machine: Machine;
  at: number;
  extra: number;
}

/** Unpacks a basket where its codec works, with `more` bytes of room behind. */
function stage(fast: Machine, { bytes, header }: PackedBasket, more: number): Staged {
  const { keylen, nbytes, objlen } = header;
  const packed = bytes.subarray(keylen, nbytes);
  if (packed.length !== objlen) {
    const blocks = blocksOf(packed, objlen);
    const inside = insideOf(blocks[0]!.tag);
    if (inside && blocks.every(({ tag }) => tag === blocks[0]!.tag)) {
      const { machine, call } = inside;
      const room = (objlen + 15) & ~15;
      const { at, free } = place(machine, packed, room + more + 64);
      let to = free;
      for (const { start, stop, size } of blocks) {
        checkAnswer(call(at + start, stop - start, to, size));
        to += size;
      }
      refresh(machine);
      return { machine, at: free, extra: free + room };
    }
  }
  const { at, free } = place(fast, unpack(packed, objlen), more + 64);
  return { machine: fast, at, extra: free };
}
