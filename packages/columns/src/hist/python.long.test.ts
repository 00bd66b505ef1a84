/** Histograms beside the Python packages hist, boost-histogram and uhi. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pythonWith, runPython } from '../../testing/python.ts';
import {
  type Axis,
  fillHistogram,
  fromUhi,
  type Histogram,
  indexer,
  makeHistogram,
  type Storage,
  uhiText,
} from './index.ts';

const found = pythonWith(['hist==2.12.1', 'boost-histogram==1.8.1', 'uhi==1.2.1']);
const reason = 'missing' in found ? found.missing : '';
const python = 'python' in found ? found.python : '';

/** Reads our text with `hist`, fills more, and writes it back with `uhi`. */
const ROUND = `
import json, sys, hist, uhi.io.json
out = []
for text, fills in json.load(sys.stdin):
    h = hist.Hist(json.loads(text, object_hook=uhi.io.json.object_hook))
    if fills:
        h.fill(*fills["values"], **{k: fills[k] for k in ("weight", "sample") if k in fills})
    out.append([repr(h.axes), json.dumps(h, default=uhi.io.json.default)])
json.dump(out, sys.stdout)
`;

/** Indices of values on axes made from our text. */
const INDICES = `
import json, sys, hist, uhi.io.json
out = []
for text, values in json.load(sys.stdin):
    h = hist.Hist(json.loads(text, object_hook=uhi.io.json.object_hook))
    out.append([int(i) for i in h.axes[0].index(values)])
json.dump(out, sys.stdout)
`;

const flow = { underflow: true, overflow: true };
const AXES: Axis[] = [
  { kind: 'regular', name: 'x', label: 'x [GeV]', bins: 7, low: 0.1, high: 0.7, ...flow },
  { kind: 'regular', name: 'x', bins: 3, low: -1, high: 1, underflow: false, overflow: false },
  {
    kind: 'regular',
    name: 'x',
    bins: 5,
    low: 0,
    high: 6.283185307179586,
    underflow: false,
    overflow: true,
    circular: true,
  },
  { kind: 'regular', name: 'x', bins: 2, low: 0, high: 0.3, ...flow, growing: true },
  { kind: 'variable', name: 'x', edges: [-2, 0, 0.3, 5], ...flow },
  { kind: 'variable', name: 'x', edges: [0, 0.3, 5], underflow: true, overflow: true, growing: true },
  { kind: 'integer', name: 'x', low: -2, high: 3, ...flow },
  { kind: 'integer', name: 'x', low: 0, high: 2, ...flow, underflow: false, overflow: false, growing: true },
  { kind: 'category_int', name: 'x', categories: [3, -1], overflow: true },
  { kind: 'category_int', name: 'x', categories: [3], overflow: false, growing: true },
  { kind: 'boolean', name: 'x' },
];
/** Only for lookups: boost-histogram 1.8.1 tells wrong edges of circular variable axes. */
const WRAPPED: Axis = {
  kind: 'variable',
  name: 'x',
  edges: [-2, 0, 0.3, 5],
  underflow: false,
  overflow: true,
  circular: true,
};
const STORAGES: Storage[] = ['count', 'double', 'weighted', 'mean', 'weighted_mean'];

/** Numbers that are the same every time. */
function numbers(count: number, seed: number): number[] {
  let state = seed;
  return Array.from({ length: count }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  });
}

function valuesFor(axis: Axis, count: number, seed: number): (number | boolean)[] {
  const raw = numbers(count, seed);
  if (axis.kind === 'boolean') return raw.map((x) => x > 0.4);
  if (axis.kind === 'integer' || axis.kind === 'category_int') return raw.map((x) => Math.floor(x * 9) - 4);
  return raw.map((x) => x * 12 - 5);
}

/** Bins agree to 1e-12 of their size; axes exactly, but for the edges of grown ones. */
function expectSame(ours: Histogram, theirs: Histogram): void {
  const round = (value: unknown): unknown =>
    JSON.parse(
      JSON.stringify(value, (_, inner) =>
        typeof inner === 'number' ? Number(inner.toPrecision(12)) : inner,
      ),
    );
  // boost-histogram does not say of a variable axis that it grows.
  const told = (axes: readonly Axis[]) =>
    axes.map((axis) => (axis.kind === 'variable' ? { ...axis, growing: false } : axis));
  expect(round(told(ours.axes))).toEqual(round(told(theirs.axes)));
  const [a, b] = [ours, theirs].map((one) => JSON.parse(uhiText(one)).storage) as [object, object];
  const flat = (storage: object) =>
    Object.values(storage).flatMap((value) => (typeof value === 'string' ? [] : (value as number[]).flat(9)));
  expect(flat(a).length).toBe(flat(b).length);
  flat(a).forEach((value, i) => {
    expect(Math.abs(value - flat(b)[i]!)).toBeLessThanOrEqual(1e-12 * (1 + Math.abs(value)));
  });
}

describe.skipIf(reason)(`UHI and hist${reason && ` (skipped: ${reason})`}`, () => {
  it('reads what we write, fills as we do, and is read back', () => {
    const cases = AXES.flatMap((axis) => STORAGES.map((storage) => [axis, storage] as const));
    const input: { text: string; more: unknown; histogram: Histogram }[] = cases.map(([axis, storage], i) => {
      const second: Axis = { kind: 'category_str', name: 'region', categories: ['a', 'ü'], overflow: true };
      const histogram = makeHistogram([axis, second], storage);
      const batch = (seed: number) => {
        const count = 50;
        const weight = numbers(count, seed + 1).map((x) => x * 2 - 0.2);
        const sample = numbers(count, seed + 2).map((x) => x * 10);
        const region = numbers(count, seed + 3).map((x) => (x < 0.4 ? 'a' : x < 0.8 ? 'ü' : 'other'));
        return {
          values: [valuesFor(axis, count, seed), region],
          ...(storage === 'count' || storage === 'mean' ? {} : { weight }),
          ...(storage === 'mean' || storage === 'weighted_mean' ? { sample } : {}),
        };
      };
      const first = batch(10 * i);
      const more = batch(10 * i + 5);
      // Python's reader restores bins of weighted means that are empty with undefined spreads: fill from nothing.
      const fresh = storage === 'weighted_mean';
      if (!fresh) fillHistogram(histogram, first.values, first);
      const text = fresh
        ? uhiText(histogram).replace(/("type": "weighted_mean"),[^}]*/, '$1')
        : uhiText(histogram);
      fillHistogram(histogram, more.values, more);
      return { text, more, histogram };
    });
    const again = input.map(({ histogram }) => ({ text: uhiText(histogram), more: null, histogram }));
    input.push(...again);
    const output = runPython(python, ROUND, JSON.stringify(input.map(({ text, more }) => [text, more]))) as [
      string,
      string,
    ][];
    output.forEach(([axes, text], i) => {
      expectSame(input[i]!.histogram, fromUhi(text));
      expect(axes).toContain("name='x'");
    });
  });

  it('finds the same bins, also for values on and beside the edges', () => {
    const axes = [...AXES, WRAPPED]
      .filter((axis) => axis.kind === 'regular' || axis.kind === 'variable')
      .map((axis) => ({
        ...axis,
        growing: false,
      }));
    const near = fc.sample(
      fc.oneof(
        fc.double({ min: -7, max: 7, noNaN: true }),
        fc.integer({ min: -70, max: 70 }).map((i) => i / 10),
      ),
      { numRuns: 2000, seed: 7 },
    );
    const edges = [
      0.1,
      0.7,
      0.1 + 0.6 / 7,
      -1,
      1,
      1 / 3,
      -1 / 3,
      0.3,
      5,
      -2,
      6.283185307179586,
      -1e-20,
      5e-324,
    ];
    const values = [...near, ...edges];
    const input = axes.map((axis) => [uhiText(makeHistogram([axis as Axis], 'count')), values]);
    const output = runPython(python, INDICES, JSON.stringify(input)) as number[][];
    axes.forEach((axis, k) => {
      expect(values.map(indexer(axis as Axis))).toEqual(output[k]);
    });
  });
});
