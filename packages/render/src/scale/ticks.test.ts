import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { richWidth } from '../text/measure.ts';
import { place } from './scale.ts';
import { linearTicks, logTicks } from './ticks.ts';

const text = (labels: { text: string; shift?: string }[][]) =>
  labels.map((runs) => runs.map((run) => (run.shift ? `^${run.text}` : run.text)).join(''));

describe('linear ticks', () => {
  it.each([
    [0, 1, 5, ['0.0', '0.2', '0.4', '0.6', '0.8', '1.0']],
    [60, 120, 7, ['60', '70', '80', '90', '100', '110', '120']],
    [-6, 9, 4, ['−5', '0', '5']],
    [2016, 2017, 5, ['2016.0', '2016.2', '2016.4', '2016.6', '2016.8', '2017.0']],
    [0, 4e7, 4, ['0', '1', '2', '3', '4']],
    [0, 0.00004, 4, ['0', '1', '2', '3', '4']],
    [0, 500, 5, ['0', '100', '200', '300', '400', '500']],
  ])('%d to %d, at most %d', (low, high, most, labels) => {
    expect(text(linearTicks(low, high, most).labels)).toEqual(labels);
  });

  it('says the power of ten that the labels leave out', () => {
    expect(linearTicks(0, 4e7, 4).power).toBe(7);
    expect(linearTicks(0, 4e-5, 4).power).toBe(-5);
    expect(linearTicks(0, 400, 4).power).toBeUndefined();
  });

  it('stay inside, ascend, are few, differ as texts and say their value', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -1e12, max: 1e12, noNaN: true }),
        fc.double({ min: 1e-9, max: 1e12, noNaN: true }),
        fc.integer({ min: 2, max: 10 }),
        (low, width, most) => {
          fc.pre(width > Math.abs(low) * 1e-9);
          const high = low + width;
          const { major, minor, labels, power = 0 } = linearTicks(low, high, most);
          expect(major.length).toBeLessThanOrEqual(most + 1);
          const slack = width * 1e-6;
          for (const value of [...major, ...minor]) {
            expect(value).toBeGreaterThanOrEqual(low - slack);
            expect(value).toBeLessThanOrEqual(high + slack);
          }
          for (const list of [major, minor])
            for (const [i, value] of list.entries()) if (i > 0) expect(value).toBeGreaterThan(list[i - 1]!);
          const texts = text(labels);
          expect(new Set(texts).size).toBe(texts.length);
          for (const [i, one] of texts.entries())
            expect(Math.abs(Number(one.replace('−', '-')) * 10 ** power - major[i]!)).toBeLessThanOrEqual(
              width * 1e-3 + Math.abs(major[i]!) * 1e-9,
            );
        },
      ),
    );
  });
});

describe('log ticks', () => {
  it.each([
    [0.1, 1000, 6, ['0.1', '1', '10', '100', '1000']],
    [1, 1e6, 8, ['1', '10', '100', '1000', '10^4', '10^5', '10^6']],
    [1e-8, 1e8, 5, ['10^−8', '10^−4', '1', '10^4', '10^8']],
    [1, 20, 6, ['1', '2', '5', '10', '20']],
  ])('%d to %d, at most %d', (low, high, most, labels) => {
    expect(text(logTicks(low, high, most).labels)).toEqual(labels);
  });

  it('stay inside and do not repeat', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -30, max: 30, noNaN: true }),
        fc.double({ min: 0.01, max: 40, noNaN: true }),
        fc.integer({ min: 2, max: 10 }),
        (exponent, decades, most) => {
          const low = 10 ** exponent;
          const high = low * 10 ** decades;
          const { major, minor, labels } = logTicks(low, high, most);
          for (const value of [...major, ...minor]) {
            expect(value).toBeGreaterThanOrEqual(low * (1 - 1e-6));
            expect(value).toBeLessThanOrEqual(high * (1 + 1e-6));
          }
          expect(new Set([...major, ...minor]).size).toBe(major.length + minor.length);
          expect(new Set(text(labels)).size).toBe(labels.length);
          for (const label of labels) expect(richWidth(label, 13)).toBeLessThan(110);
        },
      ),
    );
  });
});

it('places values of both kinds of scale', () => {
  expect(place({ log: false, domain: [0, 10], range: [100, 200] }, 5)).toBe(150);
  expect(place({ log: true, domain: [1, 100], range: [400, 0] }, 10)).toBeCloseTo(200, 10);
  expect(place({ log: true, domain: [1, 100], range: [400, 0] }, 0)).toBeNaN();
});
