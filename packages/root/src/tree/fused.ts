import type { Column, Values } from '@fasthep/columns';
import { blocksOf } from '../codec/blocks.ts';
import { checkAnswer } from '../codec/failure.ts';
import { type Machine, place, refresh } from '../codec/machine.ts';
import { insideOf, unpack } from '../codec/unpack.ts';
import { RootError, within } from '../error/error.ts';
import { type NumberType, widthOf } from '../streamer/node.ts';
import { arrayOver } from '../streamer/numbers.ts';
import type { BasketHeader } from './basket.ts';
import { withDims } from './decode.ts';
import type { Interpretation } from './interpretation.ts';

/** A basket as it lies in the file. */
export interface PackedBasket {
  bytes: Uint8Array;
  header: BasketHeader;
  /** First row. */
  row: number;
  /** Where it lies in the file. */
  offset: number;
}

/** Rows `[from, to)` of a basket, by its own count. */
interface Part {
  basket: PackedBasket;
  from: number;
  to: number;
}

/**
 * Unpacks, turns round and measures baskets of plain numbers in one memory, where other ways copy in between:
 * about twice as fast. Undefined when the branch or its baskets need another way.
 */
export function decodeFused(
  fast: Machine,
  interpretation: Interpretation,
  baskets: readonly PackedBasket[],
  start: number,
  stop: number,
): Column | undefined {
  if (interpretation.how !== 'flat' && interpretation.how !== 'jagged') return undefined;
  const { item, dims } = interpretation;
  if (item.t !== 'number' || (interpretation.how === 'jagged' && interpretation.skip !== 0)) return undefined;
  const width = dims.reduce((a, b) => a * b, widthOf[item.type]);
  const parts = partsOf(baskets, start, stop);
  if (!parts) return undefined;
  if (interpretation.how === 'flat') return fuseFlat(fast, item.type, dims, width, parts, stop - start);
  const shift = Math.log2(width);
  if (![0, 1, 2, 3, 4, 5].includes(shift)) return undefined;
  const plain = parts.every(
    ({ basket: { header } }) =>
      !header.sizes && !header.generate && header.last - header.keylen !== header.objlen,
  );
  return plain ? fuseJagged(fast, interpretation, item.type, shift, parts, stop - start) : undefined;
}

function partsOf(baskets: readonly PackedBasket[], start: number, stop: number): Part[] | undefined {
  const parts: Part[] = [];
  let at = start;
  for (const basket of baskets) {
    const from = Math.max(0, at - basket.row);
    const to = Math.min(basket.header.entries, stop - basket.row);
    if (to <= from) continue;
    if (basket.row > at) return undefined;
    parts.push({ basket, from, to });
    at = basket.row + to;
  }
  return at === stop ? parts : undefined;
}

function fuseFlat(
  fast: Machine,
  type: NumberType,
  dims: readonly number[],
  width: number,
  parts: readonly Part[],
  rows: number,
): Column | undefined {
  // Before memory is taken: do the baskets say that they hold that much?
  for (const {
    basket: { header },
  } of parts)
    if (header.last - header.keylen !== header.entries * width || header.objlen < header.entries * width)
      return undefined;
  const out = new Uint8Array(rows * width);
  let at = 0;
  for (const { basket, from, to } of parts)
    within({ offset: basket.offset }, () => {
      const { machine, at: pointer } = stage(fast, basket, 0);
      const size = (to - from) * width;
      const begin = from * width;
      swap(machine, pointer, basket.header.entries * width, widthOf[type]);
      out.set(machine.bytes.subarray(pointer + begin, pointer + begin + size), at);
      at += size;
    });
  return withDims(numbers(type, out, (rows * width) / widthOf[type]), dims, rows);
}

function fuseJagged(
  fast: Machine,
  { dims, counter }: Extract<Interpretation, { how: 'jagged' }>,
  type: NumberType,
  shift: number,
  parts: readonly Part[],
  rows: number,
): Column {
  const most = parts.reduce((sum, { basket: { header } }) => sum + header.last - header.keylen, 0);
  const out = new Uint8Array((most >> 3) * 8 + 8);
  const offsets = new Int32Array(rows + 1);
  let row = 0;
  let total = 0;
  for (const { basket, from, to } of parts)
    within({ offset: basket.offset }, () => {
      const { keylen, last, objlen, entries } = basket.header;
      const border = last - keylen;
      if (border < 0 || border + 4 + 4 * entries > objlen)
        throw new RootError(
          'ROOT-E03',
          `offsets of ${entries} rows do not fit behind ${border} of ${objlen} bytes`,
        );
      const { machine, at: pointer, extra } = stage(fast, basket, 4 * (entries + 1));
      const { view } = machine;
      const list = pointer + border;
      if (view.getUint32(list) < entries || view.getUint32(list + 4) !== keylen)
        throw new RootError('ROOT-E03', `a list of ${view.getUint32(list)} offsets for ${entries} rows`);
      const first = (view.getUint32(list + 4 + 4 * from) - keylen) >>> shift;
      if (machine.offsets(list + 4, extra, entries, keylen, border, shift, total - first) !== 0)
        throw new RootError('ROOT-E03', 'its rows end before they begin, or their bytes are no whole items');
      offsets.set(machine.ints.subarray((extra >> 2) + from, (extra >> 2) + to + 1), row);
      const end = offsets[row + to - from]!;
      const begin = pointer + (first << shift);
      const size = (end - total) << shift;
      if (size < 0 || begin + size > pointer + border)
        throw new RootError('ROOT-E03', 'its rows leave the basket');
      swap(machine, begin, size, widthOf[type]);
      out.set(machine.bytes.subarray(begin, begin + size), total << shift);
      row += to - from;
      total = end;
    });
  const width = widthOf[type];
  const content = withDims(numbers(type, out, (total << shift) / width), dims, total);
  return { kind: 'list', length: rows, offsets, content, ...(counter !== undefined && { counter }) };
}

function numbers(type: NumberType, bytes: Uint8Array, length: number): Column {
  if (type === 'bool') for (let i = 0; i < length; i++) if (bytes[i]! > 1) bytes[i] = 1;
  const values: Values = arrayOver(bytes.buffer as ArrayBuffer, type);
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
