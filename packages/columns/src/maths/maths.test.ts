import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ELEMENTARY } from './elementary.ts';
import { floatFloorDiv, floatMod, hypot, roundEven } from './float.ts';
import { pow } from './pow.ts';
import { COSINE, cos, cosh, sin, sinCos, sinh } from './trig.ts';

const ulps = (a: number, b: number): number => {
  if (Object.is(a, b) || (Number.isNaN(a) && Number.isNaN(b))) return 0;
  return Math.abs(a - b) / (Math.abs(b) * 2 ** -52 + Number.MIN_VALUE);
};

describe('own elementary functions', () => {
  it.each([
    ['sin', sin, Math.sin, 2],
    ['cos', cos, Math.cos, 2],
    ['sinh', sinh, Math.sinh, 3],
    ['cosh', cosh, Math.cosh, 3],
  ] as const)('%s is what Math has, to the last digits', (_, own, theirs, limit) => {
    const x = fc.oneof(
      fc.double({ min: -10, max: 10, noNaN: true }),
      fc.double({ min: -800, max: 800, noNaN: true }),
      fc.double({ min: -1e-6, max: 1e-6, noNaN: true }),
      fc.double(),
      fc.nat(100_000).map((n) => (n * Math.PI) / 2),
    );
    fc.assert(
      fc.property(x, (value) => {
        expect(ulps(own(value), theirs(value))).toBeLessThanOrEqual(limit);
      }),
      { numRuns: 5000 },
    );
  });

  it('sine and cosine together have the bits of each alone', () => {
    const x = fc.oneof(
      fc.double({ min: -10, max: 10 }),
      fc.double({ min: -2e5, max: 2e5 }),
      fc.double(),
      fc.integer({ min: -100, max: 100 }).map((n) => (n * Math.PI) / 4),
    );
    fc.assert(
      fc.property(x, (value) => {
        expect([sinCos(value), COSINE[0]]).toEqual([sin(value), cos(value)]);
      }),
      { numRuns: 5000 },
    );
  });

  it('pow is what C has', () => {
    const y = fc.oneof(
      fc.integer({ min: -400, max: 400 }),
      fc.double({ min: -50, max: 50, noNaN: true }),
      fc.double(),
    );
    fc.assert(
      fc.property(fc.oneof(fc.double(), fc.double({ min: -100, max: 100 })), y, (a, b) => {
        // In JavaScript 1 ** NaN and (±1) ** ±Infinity are NaN, in C and numpy 1.
        if (Math.abs(a) === 1 && !Number.isFinite(b)) return;
        expect(ulps(pow(a, b), a ** b)).toBeLessThanOrEqual(4);
      }),
      { numRuns: 20_000 },
    );
    expect([pow(1, Number.NaN), pow(-1, Number.POSITIVE_INFINITY), pow(-8, 1 / 3), pow(-0, -3)]).toEqual([
      1,
      1,
      Number.NaN,
      Number.NEGATIVE_INFINITY,
    ]);
  });

  it('has the bits of every engine', () => {
    const digest = (f: (x: number) => number) => {
      const bits = new DataView(new ArrayBuffer(8));
      let hash = 17;
      for (let i = -2000; i < 2000; i++) {
        bits.setFloat64(0, f(i * 0.01237));
        hash = Math.imul(hash ^ bits.getInt32(0), 0x01000193) ^ bits.getInt32(4);
      }
      return (hash >>> 0).toString(16);
    };
    expect({
      sin: digest(sin),
      cos: digest(cos),
      pow: digest((x) => pow(Math.abs(x), x * 0.37)),
      hypot: digest((x) => hypot(x, 1.7)),
    }).toMatchInlineSnapshot(`
      {
        "cos": "5988cb7b",
        "hypot": "43946fd1",
        "pow": "553a8d88",
        "sin": "3559c853",
      }
    `);
  });

  it('what is taken from Math has one set of bits on all engines', () => {
    const bits = new DataView(new ArrayBuffer(8));
    const digest = (f: (x: number) => number) => {
      let hash = 17;
      const add = (x: number) => {
        bits.setFloat64(0, f(x));
        hash = Math.imul(hash ^ bits.getInt32(0), 0x01000193) ^ bits.getInt32(4);
        hash = Math.imul(hash, 0x9e3779b1) ^ (hash >>> 15);
      };
      for (let i = -20_000; i <= 20_000; i++) {
        add(i / 1013);
        add(i / 20_011);
        add(i * i * 0.37);
        add(pow(2, i / 40));
      }
      return (hash >>> 0).toString(16);
    };
    const { exp, log, log10, tan, asin, acos, atan, tanh, asinh, atan2 } = ELEMENTARY;
    const ones = { exp, log, log10, tan, asin, acos, atan, tanh, asinh };
    expect({
      ...Object.fromEntries(Object.entries(ones).map(([name, f]) => [name, digest(f)])),
      sinh: digest(sinh),
      cosh: digest(cosh),
      atan2: digest((x) => atan2(x, 1.37 - x * 0.3)),
    }).toMatchInlineSnapshot(`
      {
        "acos": "81e7ed37",
        "asin": "9ce80a05",
        "asinh": "3c7f4ff8",
        "atan": "fd3d835e",
        "atan2": "41507356",
        "cosh": "fc20e8e5",
        "exp": "80bf0a16",
        "log": "9efff3e",
        "log10": "1081953",
        "sinh": "61ce9aee",
        "tan": "9a5a438c",
        "tanh": "633f460b",
      }
    `);
  });

  it.each([
    [7, -4, -1, -2],
    [-7, 4, 1, -2],
    [-7.5, 2, 0.5, -4],
    [1e308, 7, 3, 1.4285714285714286e307],
    [5, Number.POSITIVE_INFINITY, 5, 0],
    [-5, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, -1],
  ])('%d modulo %d', (a, b, rest, quotient) => {
    expect([floatMod(a, b), floatFloorDiv(a, b)]).toEqual([rest, quotient]);
  });

  it('rounds halves to even', () => {
    expect([0.5, 1.5, 2.5, -0.5, -1.5, 2.4, 1e300, Number.NaN].map(roundEven)).toEqual([
      0,
      2,
      2,
      -0,
      -2,
      2,
      1e300,
      Number.NaN,
    ]);
  });
});
