import { ColumnsError } from '../error.ts';
import type { Partial } from './partial.ts';

/**
 * Bytes of a partial result: magic, length of a JSON head, the head, then the contents of its arrays one after the
 * other, each from a multiple of 8 on. In the head `{"$a": [type, length]}` stands for the next array, and what JSON
 * cannot say (bigint, NaN, infinities, -0) for itself as text. Equal partials give equal bytes.
 */
const MAGIC = 0x50_48_46_31;

const ARRAYS = {
  f8: Float64Array, f4: Float32Array, i1: Int8Array, i2: Int16Array, i4: Int32Array, i8: BigInt64Array,
  u1: Uint8Array, u2: Uint16Array, u4: Uint32Array, u8: BigUint64Array,
}; // biome-ignore format: a table
type ArrayName = keyof typeof ARRAYS;
type AnyArray = InstanceType<(typeof ARRAYS)[ArrayName]>;

const nameOf = (value: unknown): ArrayName | undefined =>
  (Object.keys(ARRAYS) as ArrayName[]).find((name) => value instanceof ARRAYS[name]);

const padded = (length: number): number => Math.ceil(length / 8) * 8;

/** NaN has many bit patterns, and which one a computation gives is up to the engine: one is written. */
function withOneNan(array: Float64Array): Float64Array {
  if (!array.some(Number.isNaN)) return array;
  const copy = array.slice();
  const bits = new BigUint64Array(copy.buffer);
  for (let i = 0; i < copy.length; i++) if (Number.isNaN(copy[i])) bits[i] = 0x7ff8_0000_0000_0000n;
  return copy;
}

export function encodePartial(partial: Partial): Uint8Array {
  const arrays: AnyArray[] = [];
  const plain = (value: unknown): unknown => {
    if (typeof value === 'bigint') return { $n: String(value) };
    if (typeof value === 'number') {
      if (Number.isFinite(value) && !Object.is(value, -0)) return value;
      return { $f: Object.is(value, -0) ? '-0' : String(value) };
    }
    if (value === null || typeof value !== 'object') return value;
    if (Array.isArray(value)) return value.map(plain);
    const name = nameOf(value);
    if (name) {
      arrays.push(value as AnyArray);
      return { $a: [name, (value as AnyArray).length] };
    }
    return Object.fromEntries(
      Object.entries(value)
        .filter(([, one]) => one !== undefined)
        .map(([key, one]) => [key, plain(one)]),
    );
  };
  const head = new TextEncoder().encode(JSON.stringify(plain(partial)));
  const size = arrays.reduce((sum, array) => sum + padded(array.byteLength), padded(8 + head.length));
  const bytes = new Uint8Array(size);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, MAGIC);
  view.setUint32(4, head.length);
  bytes.set(head, 8);
  let at = padded(8 + head.length);
  for (const given of arrays) {
    const array = given instanceof Float64Array ? withOneNan(given) : given;
    bytes.set(new Uint8Array(array.buffer, array.byteOffset, array.byteLength), at);
    at += padded(array.byteLength);
  }
  return bytes;
}

/** The partial result that `encodePartial` wrote. Throws `program.partial`. */
export function decodePartial(bytes: Uint8Array): Partial {
  const broken = (): never => {
    throw new ColumnsError(
      'program.partial',
      'these bytes are no partial result',
      'it may be cut off or from another version',
    );
  };
  if (bytes.length < 8) broken();
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = view.getUint32(4);
  if (view.getUint32(0) !== MAGIC || padded(8 + length) > bytes.length) broken();
  let at = padded(8 + length);
  const take = (name: ArrayName, count: number): AnyArray => {
    const type = ARRAYS[name] ?? broken();
    const size = count * type.BYTES_PER_ELEMENT;
    if (at + size > bytes.length) broken();
    const copy = bytes.slice(at, at + size);
    at += padded(size);
    return new type(copy.buffer as ArrayBuffer);
  };
  const full = (value: unknown): unknown => {
    if (value === null || typeof value !== 'object') return value;
    if (Array.isArray(value)) return value.map(full);
    const map = value as Record<string, unknown>;
    if (typeof map.$n === 'string') return BigInt(map.$n);
    if (typeof map.$f === 'string') return Number(map.$f);
    if (Array.isArray(map.$a)) return take(map.$a[0] as ArrayName, Number(map.$a[1]));
    return Object.fromEntries(Object.entries(map).map(([key, one]) => [key, full(one)]));
  };
  try {
    return full(JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + length)))) as Partial;
  } catch (error) {
    if (error instanceof ColumnsError) throw error;
    return broken();
  }
}
