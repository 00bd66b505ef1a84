/** Decimal numbers of 28 digits: a range of floats steps through them, so that errors do not pile up. */
export interface Decimal {
  digits: bigint;
  /** The value is digits × 10^exponent. */
  exponent: number;
}

const PRECISION = 28;
const ten = (power: number): bigint => 10n ** BigInt(power);

/** The exact decimal value of a double. */
export function decimalOf(value: number): Decimal {
  if (Number.isInteger(value)) return { digits: BigInt(value), exponent: 0 };
  let power = 0;
  let scaled = value;
  while (!Number.isInteger(scaled)) {
    scaled *= 2;
    power++;
  }
  return { digits: BigInt(scaled) * 5n ** BigInt(power), exponent: -power };
}

function aligned(a: Decimal, b: Decimal): [bigint, bigint, number] {
  const exponent = Math.min(a.exponent, b.exponent);
  return [a.digits * ten(a.exponent - exponent), b.digits * ten(b.exponent - exponent), exponent];
}

/** The sum, rounded half to even. */
export function addDecimal(a: Decimal, b: Decimal): Decimal {
  const [x, y, exponent] = aligned(a, b);
  const sum = x + y;
  const excess = String(sum < 0n ? -sum : sum).length - PRECISION;
  if (excess <= 0) return { digits: sum, exponent };
  const unit = ten(excess);
  const size = sum < 0n ? -sum : sum;
  let digits = size / unit;
  const rest = (size % unit) * 2n;
  if (rest > unit || (rest === unit && digits % 2n === 1n)) digits++;
  return { digits: sum < 0n ? -digits : digits, exponent: exponent + excess };
}

/** Negative, zero or positive as `a` is below, at or above `b`. */
export function compareDecimal(a: Decimal, b: Decimal): number {
  const [x, y] = aligned(a, b);
  return x < y ? -1 : x > y ? 1 : 0;
}

export const numberOf = ({ digits, exponent }: Decimal): number => Number(`${digits}e${exponent}`);
