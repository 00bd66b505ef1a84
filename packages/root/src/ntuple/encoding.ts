import type { Values } from '@fasthep/columns';
import { RootError } from '../error/error.ts';
import type { NumberType } from '../streamer/node.ts';
import type { PhysicalColumn } from './types.ts';

/** How elements of a column type lie in a page. */
interface Encoding {
  /** What they become. Indexes become offsets, switches go their own way. */
  type: NumberType | 'index' | 'switch';
  bits: number;
  split?: true;
  zigzag?: true;
  delta?: true;
  how?: 'half' | 'truncated' | 'quantised';
}

/** By type code (RNTuple specification 1.0, "Column Description"). */
const encodings: readonly Encoding[] = [
  { type: 'bool', bits: 1 },
  { type: 'uint8', bits: 8 },
  { type: 'uint8', bits: 8 },
  { type: 'int8', bits: 8 },
  { type: 'uint8', bits: 8 },
  { type: 'int16', bits: 16 },
  { type: 'uint16', bits: 16 },
  { type: 'int32', bits: 32 },
  { type: 'uint32', bits: 32 },
  { type: 'int64', bits: 64 },
  { type: 'uint64', bits: 64 },
  { type: 'float32', bits: 16, how: 'half' },
  { type: 'float32', bits: 32 },
  { type: 'float64', bits: 64 },
  { type: 'index', bits: 32 },
  { type: 'index', bits: 64 },
  { type: 'switch', bits: 96 },
  { type: 'int16', bits: 16, split: true, zigzag: true },
  { type: 'uint16', bits: 16, split: true },
  { type: 'int32', bits: 32, split: true, zigzag: true },
  { type: 'uint32', bits: 32, split: true },
  { type: 'int64', bits: 64, split: true, zigzag: true },
  { type: 'uint64', bits: 64, split: true },
  { type: 'float32', bits: 16, split: true, how: 'half' },
  { type: 'float32', bits: 32, split: true },
  { type: 'float64', bits: 64, split: true },
  { type: 'index', bits: 32, split: true, delta: true },
  { type: 'index', bits: 64, split: true, delta: true },
  { type: 'float32', bits: 0, how: 'truncated' },
  { type: 'float32', bits: 0, how: 'quantised' },
];

const charType = 2;

/** The encoding of a column; throws when it is not known. */
export function encodingOf(column: PhysicalColumn): Encoding {
  const encoding = encodings[column.type];
  if (!encoding) throw new RootError('ROOT-E06', `a column of type ${column.type} is not known`);
  if (encoding.bits !== 0 && encoding.bits !== column.bits)
    throw new RootError('ROOT-E03', `a column of type ${column.type} with ${column.bits} bits`);
  if (encoding.bits === 0 && !(column.bits >= 1 && column.bits <= 32))
    throw new RootError('ROOT-E03', `a packed column of ${column.bits} bits`);
  return encoding;
}

/** Whether a column holds the bytes of texts. */
export function isChar(column: PhysicalColumn): boolean {
  return column.type === charType;
}

/** Bits of an element on disk. */
function bitsOf(column: PhysicalColumn): number {
  return encodingOf(column).bits || column.bits;
}

/** Bytes of a page when unpacked. */
export function pageSize(column: PhysicalColumn, elements: number): number {
  return Math.ceil((elements * bitsOf(column)) / 8);
}

/** Decodes a page into `out` from `at` on. Offsets become exact numbers, counted from the start of the cluster. */
export function decodePage(
  column: PhysicalColumn,
  page: Uint8Array,
  elements: number,
  out: Values,
  at: number,
): void {
  const encoding = encodingOf(column);
  if (encoding.bits === 1) {
    for (let i = 0; i < elements; i++) out[at + i] = (page[i >> 3]! >> (i & 7)) & 1;
    return;
  }
  if (encoding.how) {
    decodeReals(column, encoding, page, elements, out as Float32Array, at);
    return;
  }
  const bytes = encoding.split ? joined(page, elements, encoding.bits / 8) : page;
  if (encoding.type === 'index') decodeIndex(bytes, elements, encoding, out as Float64Array, at);
  else {
    const into = new Uint8Array(out.buffer, out.byteOffset + at * out.BYTES_PER_ELEMENT, bytes.length);
    into.set(bytes);
    if (encoding.zigzag) unzigzag(out, at, elements, encoding.bits);
  }
}

/** Split columns have the first bytes of all elements, then the second bytes, and so on. */
function joined(page: Uint8Array, elements: number, width: number): Uint8Array {
  const out = new Uint8Array(elements * width);
  if (width === 4) {
    const words = new Uint32Array(out.buffer);
    const [b, c, d] = [elements, 2 * elements, 3 * elements];
    for (let i = 0; i < elements; i++)
      words[i] = page[i]! | (page[b + i]! << 8) | (page[c + i]! << 16) | (page[d + i]! << 24);
    return out;
  }
  for (let k = 0; k < width; k++) {
    const plane = k * elements;
    for (let i = 0, to = k; i < elements; i++, to += width) out[to] = page[plane + i]!;
  }
  return out;
}

function unzigzag(out: Values, at: number, elements: number, bits: number): void {
  if (bits !== 64) {
    const mask = bits === 16 ? 0xffff : -1;
    for (let i = at; i < at + elements; i++) {
      const value = Number(out[i]) & mask;
      out[i] = (value >>> 1) ^ -(value & 1);
    }
    return;
  }
  const words = new Uint32Array(out.buffer, out.byteOffset + 8 * at, 2 * elements);
  for (let i = 0; i < words.length; i += 2) {
    const low = words[i]!;
    const high = words[i + 1]!;
    const sign = -(low & 1);
    words[i] = ((low >>> 1) | (high << 31)) ^ sign;
    words[i + 1] = (high >>> 1) ^ sign;
  }
}

function decodeIndex(
  bytes: Uint8Array,
  elements: number,
  { bits, delta }: Encoding,
  out: Float64Array,
  at: number,
): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  let before = 0;
  for (let i = 0; i < elements; i++) {
    const value =
      bits === 32
        ? view.getUint32(4 * i, true)
        : view.getUint32(8 * i, true) + view.getUint32(8 * i + 4, true) * 2 ** 32;
    before = delta ? before + value : value;
    out[at + i] = before;
  }
}

function decodeReals(
  column: PhysicalColumn,
  encoding: Encoding,
  page: Uint8Array,
  elements: number,
  out: Float32Array,
  at: number,
): void {
  if (encoding.how === 'half') {
    const bytes = encoding.split ? joined(page, elements, 2) : page;
    for (let i = 0; i < elements; i++) out[at + i] = halfToFloat(bytes[2 * i]! | (bytes[2 * i + 1]! << 8));
    return;
  }
  const { bits, low, high } = column;
  const scale = 2 ** bits - 1;
  const words = new Uint32Array(out.buffer, out.byteOffset, out.length);
  // Bits are kept as a number: at most 31 + 8 of them, which is exact.
  let hold = 0;
  let held = 0;
  let from = 0;
  const range = 2 ** bits;
  for (let i = 0; i < elements; i++) {
    while (held < bits) {
      hold += page[from++]! * 2 ** held;
      held += 8;
    }
    const value = hold % range;
    hold = Math.floor(hold / range);
    held -= bits;
    if (encoding.how === 'truncated') words[at + i] = value * 2 ** (32 - bits);
    else out[at + i] = low + (value * (high - low)) / scale;
  }
}

/** IEEE 754 binary16. */
function halfToFloat(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  if (exponent === 31) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return exponent === 0 ? sign * fraction * 2 ** -24 : sign * (1024 + fraction) * 2 ** (exponent - 25);
}
