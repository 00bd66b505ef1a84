/** Integer arithmetic as numpy's: wrapping is the caller's. Divisions by zero give 0. */

export function intFloorDiv(a: number, b: number): number {
  return b === 0 ? 0 : Math.floor(a / b);
}

export function intMod(a: number, b: number): number {
  if (b === 0) return 0;
  const rest = a % b;
  return rest !== 0 && rest < 0 !== b < 0 ? rest + b : rest + 0;
}

export function bigFloorDiv(a: bigint, b: bigint): bigint {
  if (b === 0n) return 0n;
  const quotient = a / b;
  return a % b !== 0n && a < 0n !== b < 0n ? quotient - 1n : quotient;
}

export function bigMod(a: bigint, b: bigint): bigint {
  if (b === 0n) return 0n;
  const rest = a % b;
  return rest !== 0n && rest < 0n !== b < 0n ? rest + b : rest;
}

/** Whole powers by squaring, modulo 2^32. A negative power rounds 1/a^b towards zero. */
export function intPow(a: number, b: number): number {
  if (b < 0) return a === 1 ? 1 : a === -1 ? (b % 2 === 0 ? 1 : -1) : 0;
  let result = 1;
  let base = a | 0;
  for (let n = b; n > 0; n = Math.floor(n / 2)) {
    if (n % 2 === 1) result = Math.imul(result, base);
    base = Math.imul(base, base);
  }
  return result;
}

export function bigPow(a: bigint, b: bigint): bigint {
  if (b < 0n) return a === 1n ? 1n : a === -1n ? (b % 2n === 0n ? 1n : -1n) : 0n;
  let result = 1n;
  let base = a;
  for (let n = b; n > 0n; n >>= 1n) {
    if (n & 1n) result = BigInt.asUintN(64, result * base);
    base = BigInt.asUintN(64, base * base);
  }
  return result;
}

/** Shifts by the width or more leave nothing (or the sign), as in numpy. */
export function shiftLeft(a: number, by: number, bits: number): number {
  return by < 0 || by >= bits ? 0 : a << by;
}

export function shiftRight(a: number, by: number, bits: number): number {
  if (by < 0 || by >= bits) return a < 0 ? -1 : 0;
  return a < 0 ? a >> by : Math.floor(a / 2 ** by);
}

export const bigShiftLeft = (a: bigint, by: bigint): bigint => (by < 0n || by >= 64n ? 0n : a << by);
export const bigShiftRight = (a: bigint, by: bigint): bigint =>
  by < 0n || by >= 64n ? (a < 0n ? -1n : 0n) : a >> by;

/** A float as a 64-bit integer: the fraction goes, what is not finite gives 0, what is too large the nearest end. */
export function floatToBig(x: number, unsigned: boolean): bigint {
  if (!Number.isFinite(x)) return 0n;
  const whole = BigInt(Math.trunc(x));
  if (unsigned) return BigInt.asUintN(64, whole);
  const most = 2n ** 63n - 1n;
  return whole > most ? most : whole < -most - 1n ? -most - 1n : whole;
}

/** A float as an integer of up to 32 bits, before it wraps. */
export function floatToInt(x: number): number {
  return Number.isFinite(x) ? Math.trunc(x) | 0 : 0;
}

/** A 64-bit integer as a position in a list; what is too far is -1, so that it is out of range. */
export function bigToPosition(x: bigint): number {
  return x < 0n || x > 0x7fff_ffffn ? -1 : Number(x);
}
