import { expect, test } from 'vitest';
import { interval, normalQuantile } from './interval.ts';

// Values by mpmath 1.3 with 30 digits.
test.each<[number, number, number, number, number]>([
  [5, 10, 0.6827, 0.3048149081730022, 0.6951850918269978],
  [0, 7, 0.95, 0, 0.4096163972250035],
  [7, 7, 0.95, 0.5903836027749965, 1],
  [3, 100, 0.9, 0.00822582910765269, 0.07571079374983],
  [997, 1000, 0.6827, 0.9940903896679749, 0.9986322936546095],
  [2.5, 7.25, 0.6827, 0.147192510330627, 0.596120166728528],
])('Clopper–Pearson %d of %d at %d', (passed, all, level, low, high) => {
  const [a, b] = interval('clopper-pearson', passed, all, level);
  expect(a).toBeCloseTo(low, 12);
  expect(b).toBeCloseTo(high, 12);
});

test('Wilson', () => {
  const [a, b] = interval('wilson', 5, 10, 0.6827);
  expect(a).toBeCloseTo(0.3492413518957418, 12);
  expect(b).toBeCloseTo(0.6507586481042582, 12);
  expect(interval('wilson', 0, 7, 0.95)[1]).toBeCloseTo(0.3543304350666875, 12);
});

test('normal', () => {
  expect(normalQuantile((1 + 0.6827) / 2)).toBeCloseTo(1.000021713322999, 12);
  expect(normalQuantile(0.975)).toBeCloseTo(1.959963984540054, 12);
  const half = Math.sqrt((0.3 * 0.7) / 100) * 1.959963984540054;
  expect(interval('normal', 30, 100, 0.95)[0]).toBeCloseTo(0.3 - half, 12);
});

test('no entries', () => {
  expect(interval('wilson', 0, 0, 0.9)).toEqual([Number.NaN, Number.NaN]);
});
