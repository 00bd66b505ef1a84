import { Cursor } from '../bytes/cursor.ts';
import { swapInPlace } from '../bytes/swap.ts';
import { unpack } from '../codec/unpack.ts';
import { RootError } from '../error/error.ts';
import type { EmbeddedBasket } from './types.ts';

/** The key and header of a basket on disk. */
export interface BasketHeader {
  /** Where it says that it lies. */
  seek: number;
  keylen: number;
  objlen: number;
  nbytes: number;
  entries: number;
  /** Where its values end, counted from the start of the key. */
  last: number;
  /** Instead of offsets it keeps the sizes of the rows. */
  sizes: boolean;
  /** Neither offsets nor sizes: they follow from the counter. */
  generate: boolean;
  flag: number;
}

/** A basket, unpacked: row i is `data[offsets[i] .. offsets[i + 1]]`. */
export interface Basket {
  data: Uint8Array;
  /** Absent when rows have one size, or when `generate` says that the counter gives them. */
  offsets: Int32Array | undefined;
  generate: boolean;
  /** First row. */
  start: number;
  entries: number;
}

/** I/O feature that stores sizes instead of offsets (TBasket::EIOBits::kGenerateOffsetMap). */
const sizesBit = 1;

/** Reads the header of a basket (TKey, then TBasket::Streamer). There are many, so this goes without a cursor. */
export function readBasketHeader(bytes: Uint8Array): BasketHeader {
  const nbytes = int32(bytes, 0);
  const large = ((bytes[4]! << 8) | bytes[5]!) > 1000;
  const objlen = int32(bytes, 6);
  const keylen = (bytes[14]! << 8) | bytes[15]!;
  const seek = large ? int32(bytes, 18) * 2 ** 32 + (int32(bytes, 22) >>> 0) : int32(bytes, 18) >>> 0;
  let at = large ? 34 : 26;
  // Class, name and title.
  for (let i = 0; i < 3; i++) {
    const length = bytes[at]!;
    at += length === 255 ? 5 + (int32(bytes, at + 1) >>> 0) : 1 + length;
  }
  const size = int32(bytes, at + 6);
  at += 10;
  let bits = 0;
  if (size < 0) {
    bits = bytes[at++]!;
    if (bits === 0 || bits & ~sizesBit)
      throw new RootError('ROOT-E06', `a basket with I/O features ${bits} that are not known`);
  }
  const entries = int32(bytes, at);
  const last = int32(bytes, at + 4);
  const flag = bytes[at + 8];
  if (flag === undefined) throw new RangeError('out of bytes');
  if (objlen < 0 || keylen < 18 || keylen > bytes.length || nbytes < keylen || entries < 0)
    throw new RootError('ROOT-E03', 'a basket header with sizes that contradict each other');
  return {
    seek,
    keylen,
    objlen,
    nbytes,
    entries,
    last,
    sizes: (bits & sizesBit) !== 0,
    generate: flag >= 80,
    flag,
  };
}

function int32(bytes: Uint8Array, at: number): number {
  return (bytes[at]! << 24) | (bytes[at + 1]! << 16) | (bytes[at + 2]! << 8) | bytes[at + 3]!;
}

/** Unpacks a basket that was written out, whose first row is `start`. Its codec must be ready. */
export function readBasket(
  bytes: Uint8Array,
  header: BasketHeader,
  start: number,
  variable: boolean,
): Basket {
  const { keylen, objlen, nbytes, entries } = header;
  const whole = unpack(bytes.subarray(keylen, nbytes), objlen);
  const border = header.last - keylen;
  if (border < 0 || border > objlen)
    throw new RootError('ROOT-E03', `its values end at ${border} of ${objlen} bytes`);
  const data = whole.subarray(0, border);
  if (header.generate || border === objlen || !variable)
    return { data, offsets: undefined, generate: header.generate, start, entries };
  const cursor = new Cursor(whole, border);
  const count = cursor.i32();
  if (count < entries) throw new RootError('ROOT-E03', `${count} offsets for ${entries} rows`);
  const raw = cursor.take(4 * Math.min(count, entries + 1));
  const copy = new Uint8Array(4 * (entries + 1));
  copy.set(raw);
  swapInPlace(copy, 4);
  const offsets = new Int32Array(copy.buffer);
  if (header.sizes) {
    offsets[0] = 0;
    for (let i = 1; i <= entries; i++) offsets[i]! += offsets[i - 1]!;
  } else if (keylen !== 0) for (let i = 0; i < entries; i++) offsets[i]! -= keylen;
  closeOffsets(offsets, entries, border);
  return { data, offsets, generate: false, start, entries };
}

/** The same for a basket that lies in the tree. */
export function embeddedBasket(basket: EmbeddedBasket, start: number): Basket {
  const { keylen, entries, last, offsets: raw, generate } = basket;
  if (keylen < 0 || last < keylen || last > basket.data.length)
    throw new RootError('ROOT-E03', `its values end at ${last}, before they begin or after the buffer`);
  const data = basket.data.subarray(keylen, last);
  if (!raw) return { data, offsets: undefined, generate, start, entries };
  if (raw.length < entries) throw new RootError('ROOT-E03', `${raw.length} offsets for ${entries} rows`);
  const offsets = new Int32Array(entries + 1);
  for (let i = 0; i < entries; i++) offsets[i] = raw[i]! - keylen;
  closeOffsets(offsets, entries, last - keylen);
  return { data, offsets, generate: false, start, entries };
}

function closeOffsets(offsets: Int32Array, entries: number, border: number): void {
  offsets[entries] = border;
  if (entries > 0 && offsets[0] !== 0)
    throw new RootError('ROOT-E03', `its first row begins at byte ${offsets[0]}`);
  for (let i = 0; i < entries; i++)
    if (offsets[i]! > offsets[i + 1]!) throw new RootError('ROOT-E03', `row ${i} ends before it begins`);
}
