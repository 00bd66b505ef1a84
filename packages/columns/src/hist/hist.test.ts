import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toRows } from '../table/cell.ts';
import {
  type Axis,
  binValues,
  binVariances,
  cellArrays,
  density,
  edgesOf,
  fillHistogram,
  fromUhi,
  type Histogram,
  histogramTable,
  indexer,
  makeHistogram,
  mergeAll,
  mergeHistograms,
  pickBins,
  projectHistogram,
  quantile,
  rebinAxis,
  type Storage,
  sliceAxis,
  stackHistograms,
  sumHistogram,
  uhiText,
} from './index.ts';

const regular = (extra: Partial<Axis> = {}): Axis =>
  ({
    kind: 'regular',
    name: 'x',
    bins: 4,
    low: 0,
    high: 2,
    underflow: true,
    overflow: true,
    ...extra,
  }) as Axis;
const STORAGES: Storage[] = ['count', 'double', 'weighted', 'mean', 'weighted_mean'];

/** Any kind of axis that does not grow. */
const arbitraryAxis = (name: string): fc.Arbitrary<Axis> => {
  const flow = { underflow: fc.boolean(), overflow: fc.boolean() };
  const low = fc.integer({ min: -5, max: 2 });
  return fc.oneof(
    fc
      .record({ ...flow, low, bins: fc.integer({ min: 1, max: 6 }) })
      .map((axis): Axis => ({ kind: 'regular', name, high: axis.low + 4, ...axis })),
    fc
      .record({
        ...flow,
        edges: fc.uniqueArray(fc.integer({ min: -6, max: 6 }), { minLength: 2, maxLength: 6 }),
      })
      .map((axis): Axis => ({ kind: 'variable', name, ...axis, edges: axis.edges.sort((a, b) => a - b) })),
    fc.record({ ...flow, low }).map((axis): Axis => ({ kind: 'integer', name, high: axis.low + 4, ...axis })),
    fc
      .record({
        overflow: fc.boolean(),
        categories: fc.uniqueArray(fc.integer({ min: -5, max: 5 }), { maxLength: 4 }),
      })
      .map((axis): Axis => ({ kind: 'category_int', name, ...axis })),
    fc.constant<Axis>({ kind: 'boolean', name }),
  );
};

interface Case {
  axes: Axis[];
  storage: Storage;
  entries: { values: number[]; weight: number; sample: number }[];
}

const whole = fc.integer({ min: -8, max: 8 });
const arbitraryCase: fc.Arbitrary<Case> = fc.integer({ min: 1, max: 3 }).chain((dimensions) =>
  fc.record({
    axes: fc.tuple(...Array.from({ length: dimensions }, (_, k) => arbitraryAxis('xyz'[k]!))),
    storage: fc.constantFrom(...STORAGES),
    entries: fc.array(
      fc.record({
        values: fc.array(
          fc.oneof(
            whole,
            fc.double({ min: -8, max: 8 }),
            fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY),
          ),
          { minLength: dimensions, maxLength: dimensions },
        ),
        weight: fc.integer({ min: 1, max: 5 }),
        sample: whole,
      }),
    ),
  }),
);

function filled({ axes, storage, entries }: Case): Histogram {
  const histogram = makeHistogram(axes, storage);
  const weight = entries.map((entry) => entry.weight);
  const sample = entries.map((entry) => entry.sample);
  fillHistogram(
    histogram,
    axes.map((_, k) => entries.map((entry) => entry.values[k]!)),
    {
      ...(storage === 'count' ? {} : { weight }),
      ...(storage === 'mean' || storage === 'weighted_mean' ? { sample } : {}),
    },
  );
  return histogram;
}

function expectClose(a: Histogram, b: Histogram): void {
  expect(a.axes).toEqual(b.axes);
  const [left, right] = [cellArrays(a), cellArrays(b)];
  for (const [k, array] of left.entries())
    array.forEach((value, i) => {
      expect(Math.abs(value - right[k]![i]!)).toBeLessThanOrEqual(1e-9 * (1 + Math.abs(value)));
    });
}

describe('lookup', () => {
  it.each([
    [regular(), [0, 0.5, -1e-9, 2, 1.9999999, Number.NaN, -Infinity, Infinity], [0, 1, -1, 4, 3, 4, -1, 4]],
    [regular({ overflow: false }), [2, 2.0000001, 0], [3, 4, 0]],
    [regular({ circular: true, underflow: false }), [2, -0.1, 4.6, Number.NaN], [0, 3, 1, 4]],
    [
      { kind: 'variable', name: 'x', edges: [-1, 0, 10], underflow: true, overflow: true },
      [-1, 0, 9.9, 10, -1.1, Number.NaN],
      [0, 1, 1, 2, -1, 2],
    ],
    [
      { kind: 'variable', name: 'x', edges: [-1, 0, 10], underflow: true, overflow: false },
      [10, 10.1],
      [1, 2],
    ],
    [
      { kind: 'integer', name: 'x', low: -1, high: 2, underflow: true, overflow: true },
      [-1, 1, 2, -2, 1.5, -0.5, Number.NaN],
      [0, 2, 3, -1, 2, 0, 3],
    ],
    [
      { kind: 'integer', name: 'x', low: 0, high: 3, underflow: false, overflow: true, circular: true },
      [3, -1],
      [0, 2],
    ],
    [{ kind: 'category_str', name: 'x', categories: ['a', 'b'], overflow: true }, ['b', 'a', 'c'], [1, 0, 2]],
    [{ kind: 'category_int', name: 'x', categories: [5, -1], overflow: true }, [5, -1n, 0], [0, 1, 2]],
    [{ kind: 'boolean', name: 'x' }, [true, false, 1, 0], [1, 0, 1, 0]],
  ] as [Axis, (number | string | bigint | boolean)[], number[]][])('%o', (axis, values, expected) => {
    expect(values.map(indexer(axis))).toEqual(expected);
  });

  it('of a value lies between the edges of its bin', () => {
    fc.assert(
      fc.property(arbitraryAxis('x'), fc.double({ min: -7, max: 7, noNaN: true }), (axis, x) => {
        fc.pre(axis.kind === 'regular' || axis.kind === 'variable');
        const edges = edgesOf(axis);
        const i = indexer(axis)(x);
        // Edges and lookup round differently: a value within a rounding error of an edge may lie on either side.
        const near = 1e-12;
        if (i >= 0 && i < edges.length - 1) {
          expect(x).toBeGreaterThanOrEqual(edges[i]! - near);
          expect(x).toBeLessThanOrEqual(edges[i + 1]! + near);
        } else expect(i < 0 ? x < edges[0]! + near : x >= edges.at(-1)! - near).toBe(true);
      }),
    );
  });
});

describe('histograms', () => {
  it('filled in parts and merged equal those filled at once', () => {
    fc.assert(
      fc.property(arbitraryCase, fc.nat(20), (one, cut) => {
        const parts = [one.entries.slice(0, cut), one.entries.slice(cut), []];
        const merged = mergeAll(parts.map((entries) => filled({ ...one, entries })));
        expectClose(merged, filled(one));
      }),
    );
  });

  it('projected onto some axes equal those filled with these alone, where nothing was lost', () => {
    fc.assert(
      fc.property(arbitraryCase, (one) => {
        const all = filled({
          ...one,
          axes: one.axes.map((axis) => ({ ...axis, underflow: true, overflow: true }) as Axis),
        });
        fc.pre(all.axes.every((axis) => axis.kind !== 'boolean'));
        const kept = all.axes.filter((_, k) => k !== 1);
        const alone = filled({
          ...one,
          axes: kept,
          entries: one.entries.map((entry) => ({ ...entry, values: entry.values.filter((_, k) => k !== 1) })),
        });
        expectClose(
          projectHistogram(
            all,
            kept.map((axis) => axis.name),
          ),
          alone,
        );
      }),
    );
  });

  it('give the axes in the order asked for', () => {
    fc.assert(
      fc.property(arbitraryCase, (one) => {
        const turned = one.axes.map((axis) => axis.name).reverse();
        const entries = one.entries.map((entry) => ({ ...entry, values: entry.values.toReversed() }));
        expectClose(
          projectHistogram(filled(one), turned),
          filled({ ...one, axes: one.axes.toReversed(), entries }),
        );
      }),
    );
  });

  it('keep their sum when sliced and rebinned', () => {
    fc.assert(
      fc.property(arbitraryCase, fc.nat(5), fc.nat(5), (one, a, b) => {
        const axis: Axis = {
          kind: 'regular',
          name: 'x',
          bins: 6,
          low: -3,
          high: 3,
          underflow: true,
          overflow: true,
        };
        const histogram = filled({ ...one, axes: [axis, ...one.axes.slice(1)] });
        const total = sumHistogram(histogram, true);
        const part = sliceAxis(histogram, 'x', Math.min(a, b), Math.max(a, b) + 1);
        expectClose(sumHistogram(part, true), total);
        expectClose(sumHistogram(rebinAxis(histogram, 'x', 3), true), total);
        expectClose(sumHistogram(rebinAxis(histogram, 'x', [-2, 1]), true), total);
        const coarse = { ...axis, bins: 2 };
        expectClose(rebinAxis(histogram, 'x', 3), filled({ ...one, axes: [coarse, ...one.axes.slice(1)] }));
      }),
    );
  });

  it('are found again in a stack', () => {
    fc.assert(
      fc.property(arbitraryCase, fc.nat(20), (one, cut) => {
        const [a, b] = [one.entries.slice(0, cut), one.entries.slice(cut)].map((entries) =>
          filled({ ...one, entries }),
        );
        const stack = stackHistograms('dataset', { a: a!, b: b! });
        expect(stack.axes[0]).toMatchObject({ name: 'dataset', categories: ['a', 'b'] });
        expectClose(pickBins(stack, { dataset: 'a' }), a!);
        expectClose(pickBins(stack, { dataset: 'b' }), b!);
        expectClose(
          projectHistogram(
            stack,
            one.axes.map((axis) => axis.name),
          ),
          mergeHistograms(a!, b!),
        );
      }),
    );
  });

  it('come back from UHI JSON, which is valid JSON', () => {
    fc.assert(
      fc.property(arbitraryCase, (one) => {
        const histogram = filled(one);
        const text = uhiText(histogram);
        expectClose(fromUhi(JSON.parse(text)), histogram);
        expectClose(fromUhi(text), histogram);
        expect(uhiText(filled(one))).toBe(text);
      }),
    );
  });
});

describe('growing axes', () => {
  it('take what comes, and unite when merged', () => {
    const axis: Axis = { kind: 'category_str', name: 's', categories: [], overflow: false, growing: true };
    const range: Axis = {
      kind: 'integer',
      name: 'n',
      low: 0,
      high: 1,
      underflow: false,
      overflow: false,
      growing: true,
    };
    const fine = regular({ name: 'r', bins: 1, low: 0, high: 0.5, growing: true });
    const make = (s: string[], n: number[], r: number[]) => {
      const histogram = makeHistogram([axis, range, fine], 'count');
      fillHistogram(histogram, [s, n, r]);
      return histogram;
    };
    const a = make(['b', 'a'], [5, 0], [1.2, 0.1]);
    const b = make(['c', 'b', 'c'], [-2, 5, 0], [-0.7, 1.2, 0.1]);
    const both = make(['b', 'a', 'c', 'b', 'c'], [5, 0, -2, 5, 0], [1.2, 0.1, -0.7, 1.2, 0.1]);
    expectClose(mergeHistograms(a, b), both);
    expect(both.axes[1]).toMatchObject({ low: -2, high: 6 });
    expect(both.axes[2]).toMatchObject({ low: -1, high: 1.5, bins: 5 });
    expect(sumHistogram(both).values[0]).toBe(5);
  });
  it('do not take all memory for one odd value', () => {
    const histogram = makeHistogram([regular({ growing: true })], 'count');
    expect(() => fillHistogram(histogram, [[1e15]])).toThrow('would grow to');
  });
});

describe('reading', () => {
  const one = makeHistogram([regular()], 'weighted');
  fillHistogram(one, [[-1, 0.1, 0.2, 0.6, 1.6, 5]], { weight: [1, 2, 2, 4, 8, 1] });

  it('values, variances, density, quantiles', () => {
    expect([...binValues(one)]).toEqual([4, 4, 0, 8]);
    expect([...binValues(one, true)]).toEqual([1, 4, 4, 0, 8, 1]);
    expect([...binVariances(one)]).toEqual([8, 16, 0, 64]);
    expect([...density(one)]).toEqual([0.5, 0.5, 0, 1]);
    expect([0, 0.125, 0.5, 0.75, 1].map((q) => quantile(one, q))).toEqual([0, 0.25, 1, 1.75, 2]);
    expect(quantile(makeHistogram([regular()]), 0.5)).toBeNaN();
  });
  it('as a table: one row for each cell', () => {
    const axis: Axis = { kind: 'category_str', name: 'region', categories: ['a', 'b'], overflow: true };
    const two = makeHistogram([axis, regular({ bins: 1, underflow: false })], 'weighted');
    fillHistogram(
      two,
      [
        ['b', 'b', 'zzz'],
        [1, 5, 1],
      ],
      { weight: 3 },
    );
    expect(toRows(histogramTable(two))).toEqual([
      { region: 'a', x_low: 0, x_high: 2, sumw: 0, sumw2: 0 },
      { region: 'a', x_low: 2, x_high: Infinity, sumw: 0, sumw2: 0 },
      { region: 'b', x_low: 0, x_high: 2, sumw: 3, sumw2: 9 },
      { region: 'b', x_low: 2, x_high: Infinity, sumw: 3, sumw2: 9 },
      { region: null, x_low: 0, x_high: 2, sumw: 3, sumw2: 9 },
      { region: null, x_low: 2, x_high: Infinity, sumw: 0, sumw2: 0 },
    ]);
    const means = makeHistogram([regular({ bins: 1, overflow: false })], 'mean');
    fillHistogram(means, [[-1, 1, 1]], { sample: [1, 2, 4] });
    expect(toRows(histogramTable(means))).toEqual([
      { x_low: -Infinity, x_high: 0, count: 1, mean: 1, variance: Number.NaN },
      { x_low: 0, x_high: 2, count: 2, mean: 3, variance: 2 },
    ]);
  });
  it('writes one text', () => {
    const two = makeHistogram(
      [{ kind: 'boolean', name: 'b' }, regular({ bins: 2, label: 'x [m]' })],
      'weighted',
    );
    fillHistogram(
      two,
      [
        [true, true, false],
        [0.5, 9, -1],
      ],
      { weight: [0.5, 1, Infinity] },
    );
    expect(uhiText(two)).toBe(`{
 "uhi_schema": 1,
 "axes": [
  {"type":"boolean","metadata":{"name":"b","label":""}},
  {"type":"regular","lower":0,"upper":2,"bins":2,"underflow":true,"overflow":true,"circular":false,"metadata":{"name":"x","label":"x [m]"}}
 ],
 "storage": {
  "type": "weighted",
  "values": [
   [1e999, 0, 0, 0],
   [0, 0.5, 0, 1]
  ],
  "variances": [
   [1e999, 0, 0, 0],
   [0, 0.25, 0, 1]
  ]
 }
}
`);
  });
});

describe('errors', () => {
  const a = makeHistogram([regular()], 'weighted');
  it.each([
    ['hist.axis', () => makeHistogram([regular({ low: 3 } as Partial<Axis>)])],
    [
      'hist.axis',
      () => makeHistogram([{ kind: 'variable', name: 'x', edges: [0, 0], underflow: true, overflow: true }]),
    ],
    ['hist.axes', () => makeHistogram([regular(), regular()])],
    [
      'hist.size',
      () =>
        makeHistogram([
          regular({ bins: 1e6 } as Partial<Axis>),
          regular({ name: 'y', bins: 1e6 } as Partial<Axis>),
        ]),
    ],
    [
      'hist.axes',
      () => mergeHistograms(a, makeHistogram([regular({ high: 3 } as Partial<Axis>)], 'weighted')),
    ],
    ['hist.storage', () => mergeHistograms(a, makeHistogram([regular()], 'double'))],
    ['hist.fill', () => fillHistogram(a, [[1]], { sample: 1 })],
    ['hist.fill', () => fillHistogram(a, [[1, 2]], { weight: [1, 2, 3] })],
    ['hist.rebin', () => rebinAxis(a, 'x', 3)],
    ['hist.rebin', () => rebinAxis(a, 'x', [0, 0.7])],
    ['hist.axis', () => projectHistogram(a, ['y'])],
    ['hist.uhi', () => fromUhi('{"uhi_schema": 1, "axes": [], "storage": {"type": "odd"}}')],
    ['hist.uhi', () => fromUhi('[')],
    [
      'hist.uhi',
      () => fromUhi({ uhi_schema: 1, axes: [{ type: 'boolean' }], storage: { type: 'int', values: [1] } }),
    ],
  ])('%s', (code, run) => {
    expect(run).toThrow(expect.objectContaining({ code }));
  });
});
