import type { Values } from '@fasthep/columns';
import type { Cursor } from '../bytes/cursor.ts';
import { swapInPlace } from '../bytes/swap.ts';
import { type NumberType, type Packing, widthOf } from './node.ts';

/** A little-endian array over bytes that were copied for it. */
export function arrayOver(buffer: ArrayBuffer, type: NumberType): Values {
  switch (type) {
    case 'bool':
    case 'uint8':
      return new Uint8Array(buffer);
    case 'int8':
      return new Int8Array(buffer);
    case 'int16':
      return new Int16Array(buffer);
    case 'uint16':
      return new Uint16Array(buffer);
    case 'int32':
      return new Int32Array(buffer);
    case 'uint32':
      return new Uint32Array(buffer);
    case 'int64':
      return new BigInt64Array(buffer);
    case 'uint64':
      return new BigUint64Array(buffer);
    case 'float32':
      return new Float32Array(buffer);
    case 'float64':
      return new Float64Array(buffer);
  }
}

/** An array of `length` zeros. */
export function makeArray(type: NumberType, length: number): Values {
  return arrayOver(new ArrayBuffer(length * widthOf[type]), type);
}

/** Reads `count` numbers. */
export function readNumbers(cursor: Cursor, type: NumberType, count: number): Values {
  const width = widthOf[type];
  const raw = cursor.take(count * width);
  const bytes = new Uint8Array(raw.length);
  bytes.set(raw);
  swapInPlace(bytes, width);
  return arrayOver(bytes.buffer, type);
}

/** Reads one number; 64-bit integers come as bigint. */
export function readNumber(cursor: Cursor, type: NumberType): number | bigint {
  switch (type) {
    case 'bool':
    case 'uint8':
      return cursor.u8();
    case 'int8':
      return cursor.i8();
    case 'int16':
      return cursor.i16();
    case 'uint16':
      return cursor.u16();
    case 'int32':
      return cursor.i32();
    case 'uint32':
      return cursor.u32();
    case 'int64':
      return cursor.i64();
    case 'uint64':
      return cursor.u64();
    case 'float32':
      return cursor.f32();
    case 'float64':
      return cursor.f64();
  }
}

/** Bytes of a packed number on disk. */
export function packedWidth(packing: Packing): number {
  return packing.how === 'truncated' ? 3 : 4;
}

const word = new DataView(new ArrayBuffer(4));

/** Reads a Double32_t or Float16_t (TBufferFile::ReadWithFactor and ReadWithNbits). */
export function readPacked(cursor: Cursor, packing: Packing, type: 'float32' | 'float64'): number {
  if (packing.how === 'float') return cursor.f32();
  if (packing.how === 'range') {
    // With 32 bits ROOT counts to 2^32 - 1 and uproot to 2^32; this is uproot's, less than a step away.
    const step = (packing.high - packing.low) / 2 ** packing.bits;
    if (type === 'float64') return cursor.u32() * step + packing.low;
    const scaled = Math.fround(Math.fround(cursor.u32()) * Math.fround(step));
    return Math.fround(scaled + Math.fround(packing.low));
  }
  const exponent = cursor.u8();
  const mantissa = cursor.u16();
  const { bits } = packing;
  const magnitude = (exponent << 23) | ((mantissa & ((1 << (bits + 1)) - 1)) << (23 - bits));
  word.setInt32(0, magnitude);
  const value = word.getFloat32(0);
  return mantissa & (1 << (bits + 1)) ? -value : value;
}
