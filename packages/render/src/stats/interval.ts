import { gammaPInverse } from './gamma.ts';

/** Probability within one standard deviation of a normal distribution. */
const ONE_SIGMA = 0.6826894921370859;

const known = new Map<number, [number, number]>();

/**
 * Garwood's central interval for the mean of a Poisson distribution of which `count` was seen:
 * [½ χ²(α/2; 2n), ½ χ²(1 − α/2; 2n + 2)] with α = 1 − 0.6827; for 0 the lower end is 0.
 * F. Garwood, Biometrika 28 (1936) 437; Review of Particle Physics, Statistics, eq. (40.76).
 * Ends are rounded to 10 digits, so that they agree between JavaScript engines.
 */
export function garwood(count: number): [number, number] {
  const before = known.get(count);
  if (before) return before;
  const tail = (1 - ONE_SIGMA) / 2;
  const round = (x: number) => Number(x.toPrecision(10));
  // ½ χ²(p; 2k) is the quantile of a gamma distribution of shape k.
  const ends: [number, number] = [
    count <= 0 ? 0 : round(gammaPInverse(count, tail)),
    round(gammaPInverse(count + 1, 1 - tail)),
  ];
  if (known.size < 10_000) known.set(count, ends);
  return ends;
}

/** Whether contents are plain counts: whole numbers, each its own variance. */
export function areCounts(values: readonly number[], variances: readonly number[]): boolean {
  return values.every((value, bin) => Number.isInteger(value) && value >= 0 && value === variances[bin]);
}

/** Ends of the error bar of a bin: Garwood's interval for counts up to a million, value ± √variance otherwise. */
export function errorEnds(value: number, variance: number, counts: boolean): [number, number] {
  if (counts && value < 1e6) return garwood(value);
  const error = Math.sqrt(Math.max(0, variance));
  return [value - error, value + error];
}
