import type { Datum, Scalar } from './types.ts';

/** Width in bits of an integer type, 0 of others. */
export const BITS: Record<Scalar, number> = {
  bool: 0,
  int8: 8,
  int16: 16,
  int32: 32,
  int64: 64,
  uint8: 8,
  uint16: 16,
  uint32: 32,
  uint64: 64,
  float64: 0,
  string: 0,
};

export const isInteger = (type: Scalar): boolean => BITS[type] > 0;
export const isUnsigned = (type: Scalar): boolean => type.startsWith('uint');
export const isNumeric = (type: Scalar): boolean => type === 'float64' || BITS[type] > 0;
export const isWide = (type: Scalar): boolean => BITS[type] === 64;

/** Least and greatest value of an integer type. */
export function rangeOf(type: Scalar): [bigint, bigint] {
  const bits = BigInt(BITS[type]);
  return isUnsigned(type) ? [0n, 2n ** bits - 1n] : [-(2n ** (bits - 1n)), 2n ** (bits - 1n) - 1n];
}

/** The type that both become, as numpy has it: int64 with uint64 gives float64. */
export function promote(a: Scalar, b: Scalar): Scalar {
  if (a === b) return a;
  if (a === 'bool') return b;
  if (b === 'bool') return a;
  if (a === 'float64' || b === 'float64') return 'float64';
  if (isUnsigned(a) === isUnsigned(b)) return BITS[a] > BITS[b] ? a : b;
  const [signed, unsigned] = isUnsigned(a) ? [b, a] : [a, b];
  if (BITS[signed] > BITS[unsigned]) return signed;
  return BITS[unsigned] === 64 ? 'float64' : (`int${BITS[unsigned] * 2}` as Scalar);
}

/** A number as an integer of up to 32 bits: the low bits are kept. */
export function wrap(type: Scalar, value: number): number {
  switch (type) {
    case 'int8':
      return (value << 24) >> 24;
    case 'int16':
      return (value << 16) >> 16;
    case 'int32':
      return value | 0;
    case 'uint8':
      return value & 0xff;
    case 'uint16':
      return value & 0xffff;
    case 'uint32':
      return value >>> 0;
    default:
      return value;
  }
}

export const wrapBig = (type: Scalar, value: bigint): bigint =>
  type === 'uint64' ? BigInt.asUintN(64, value) : BigInt.asIntN(64, value);

/** JavaScript that does what `wrap` does. */
export function wrapCode(type: Scalar, code: string): string {
  switch (type) {
    case 'int8':
      return `((${code}) << 24 >> 24)`;
    case 'int16':
      return `((${code}) << 16 >> 16)`;
    case 'int32':
      return `((${code}) | 0)`;
    case 'uint8':
      return `((${code}) & 255)`;
    case 'uint16':
      return `((${code}) & 65535)`;
    case 'uint32':
      return `((${code}) >>> 0)`;
    default:
      return `(${code})`;
  }
}

/** The default of a type: what a missing value leaves in a numeric variable. */
export const zeroOf = (type: Scalar, big: boolean): Datum =>
  type === 'bool' ? false : type === 'string' ? '' : big ? 0n : 0;
