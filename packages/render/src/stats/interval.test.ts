import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gammaP, gammaPInverse } from './gamma.ts';
import { areCounts, errorEnds, garwood } from './interval.ts';

describe('Garwood intervals', () => {
  // Lower and upper distance from the count, as tabulated for the 68.27 % central interval (and drawn by ROOT's kPoisson).
  it.each([
    [0, 0, 1.84102],
    [1, 0.827246, 2.29953],
    [2, 1.29181, 2.63786],
    [5, 2.15969, 3.38247],
    [10, 3.10869, 4.26695],
    [100, 9.98295, 11.0335],
  ])('%d −%d +%d', (count, down, up) => {
    const [low, high] = garwood(count);
    expect(count - low).toBeCloseTo(down, 3);
    expect(high - count).toBeCloseTo(up, 3);
  });
});

it('inverts the incomplete gamma function', () => {
  fc.assert(
    fc.property(
      fc.double({ min: 0.5, max: 5000, noNaN: true }),
      fc.double({ min: 0.001, max: 0.999, noNaN: true }),
      (a, p) => {
        expect(gammaP(a, gammaPInverse(a, p))).toBeCloseTo(p, 8);
      },
    ),
  );
});

it('takes √variance for weights, and for counts too large to matter', () => {
  expect(errorEnds(3, 4, false)).toEqual([1, 5]);
  expect(errorEnds(4e6, 4e6, true)).toEqual([3998000, 4002000]);
  expect(areCounts([0, 3], [0, 3])).toBe(true);
  expect(areCounts([0, 3], [0, 2])).toBe(false);
  expect(areCounts([0.5], [0.5])).toBe(false);
});
