import type { Primitive, Values } from './types.ts';

/** Element types that live in a typed array: all but `string`. */
export type Numeric = Exclude<Primitive, 'string'>;

/** The typed array of each element type. */
export const ARRAYS = {
  bool: Uint8Array,
  int8: Int8Array,
  int16: Int16Array,
  int32: Int32Array,
  int64: BigInt64Array,
  uint8: Uint8Array,
  uint16: Uint16Array,
  uint32: Uint32Array,
  uint64: BigUint64Array,
  float32: Float32Array,
  float64: Float64Array,
} as const;

/** All element types, narrow before wide. */
export const PRIMITIVES: readonly Primitive[] = [...(Object.keys(ARRAYS) as Numeric[]), 'string'];

/** Smallest and largest value of each integer type. */
export const INTEGER_RANGES: Readonly<Partial<Record<Primitive, readonly [bigint, bigint]>>> = {
  int8: [-128n, 127n],
  int16: [-32768n, 32767n],
  int32: [-2147483648n, 2147483647n],
  int64: [-(2n ** 63n), 2n ** 63n - 1n],
  uint8: [0n, 255n],
  uint16: [0n, 65535n],
  uint32: [0n, 4294967295n],
  uint64: [0n, 2n ** 64n - 1n],
};

/** Zeroes of one element type. */
export function makeValues(type: Numeric, length: number): Values {
  return new ARRAYS[type](length);
}

/** Whether cells of this type are bigints. */
export function isBig(type: Primitive): type is 'int64' | 'uint64' {
  return type === 'int64' || type === 'uint64';
}

/** Whether this is one of the eight integer types. */
export function isInteger(type: Primitive): boolean {
  return type in INTEGER_RANGES;
}
