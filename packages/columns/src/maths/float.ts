/** Float arithmetic where JavaScript's operators differ from numpy's, or where engines differ from each other. */

/** Remainder with the sign of the divisor, as numpy and Python have it. */
export function floatMod(a: number, b: number): number {
  const rest = a % b;
  if (rest !== 0) return rest < 0 !== b < 0 ? rest + b : rest;
  // A zero takes the sign of the divisor; NaN stays.
  return rest === 0 ? (b < 0 ? -0 : 0) : rest;
}

/** Quotient rounded down, as numpy's `floor_divide`. */
export function floatFloorDiv(a: number, b: number): number {
  if (b === 0) return a / b;
  let rest = a % b;
  let quotient = (a - rest) / b;
  if (rest !== 0 && rest < 0 !== b < 0) {
    rest += b;
    quotient -= 1;
  }
  if (quotient === 0) return a / b < 0 || Object.is(a / b, -0) ? -0 : 0;
  const down = Math.floor(quotient);
  return quotient - down > 0.5 ? down + 1 : down;
}

/** To the nearest whole number, halves to the even one. */
export function roundEven(x: number): number {
  const down = Math.floor(x);
  const rest = x - down;
  if (rest < 0.5) return Object.is(x, -0) ? x : down;
  if (rest > 0.5) return down + 1 === 0 ? -0 : down + 1;
  if (rest !== 0.5) return x;
  return down % 2 === 0 ? down : down + 1 === 0 ? -0 : down + 1;
}

/** √(x² + y²) without overflow. An infinite side wins over NaN. */
export function hypot(x: number, y: number): number {
  const square = x * x + y * y;
  if (square > 1e-290 && square < 1e290) return Math.sqrt(square);
  const [a, b] = [Math.abs(x), Math.abs(y)];
  if (a === Number.POSITIVE_INFINITY || b === Number.POSITIVE_INFINITY) return Number.POSITIVE_INFINITY;
  const most = Math.max(a, b);
  if (most === 0 || Number.isNaN(a + b)) return a + b;
  const [p, q] = [a / most, b / most];
  return most * Math.sqrt(p * p + q * q);
}

const TWO_PI = 2 * Math.PI;

/** The difference of two angles in [-π, π). */
export function deltaPhi(a: number, b: number): number {
  const d = a - b;
  if (d >= -Math.PI && d < Math.PI) return d;
  return d - TWO_PI * Math.floor((d + Math.PI) / TWO_PI);
}

/** The smaller one; NaN if one is NaN. */
export const min2 = (a: number, b: number): number => (a < b || Number.isNaN(a) ? a : b);
export const max2 = (a: number, b: number): number => (a > b || Number.isNaN(a) ? a : b);
/** The smaller one; NaN only if both are. */
export const nanmin2 = (a: number, b: number): number => (a < b || Number.isNaN(b) ? a : b);
export const nanmax2 = (a: number, b: number): number => (a > b || Number.isNaN(b) ? a : b);
