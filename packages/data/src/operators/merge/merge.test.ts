import { type Histogram, histogramTable, makeHistogram, tableFromRows, toRows } from '@fasthep/columns';
import type { JsonObject } from '@fasthep/flow';
import { expect, test } from 'vitest';
import { testRegistry } from '../../testing/registry.ts';
import { merged } from './merge.ts';
import type { DatasetScope } from './scope.ts';

const label = (name: string, categories: string[]) =>
  ({ kind: 'category_str', name, categories, overflow: false }) as const;
const x = {
  kind: 'regular',
  name: 'x',
  bins: 2,
  low: 0,
  high: 2,
  underflow: false,
  overflow: false,
} as const;

function sample(storage: 'weighted' | 'count' | 'mean' = 'weighted'): Histogram {
  const histogram = makeHistogram(
    [label('dataset', ['d', 'a', 'b']), label('region', ['s', 'c']), x],
    storage,
  );
  histogram.values.forEach((_, i) => {
    histogram.values[i] = i + 1;
  });
  if (histogram.storage === 'weighted') histogram.variances.set(histogram.values);
  return histogram;
}

const scope: DatasetScope = {
  datasets: {
    d: { kind: 'data', process: 'data' },
    a: { kind: 'mc', process: 'top', xsec: 10 },
    b: { kind: 'mc', process: 'top', xsec: 20 },
  },
  results: [
    {
      name: 'generated',
      type: 'table',
      value: tableFromRows(
        [
          { dataset: 'a', sumw: 5 },
          { dataset: 'b', sumw: 4 },
        ],
        { dataset: { kind: 'string' }, sumw: { kind: 'float64' } },
      ),
    },
  ],
  registry: testRegistry(),
};
const values = (args: JsonObject, histogram = sample()) => [...merged(histogram, args, scope).values];
const names = (args: JsonObject) => merged(sample(), args, scope).axes.map((axis) => axis.name);

test('over one label, over several', () => {
  expect(values({ over: 'dataset' })).toEqual([1 + 5 + 9, 2 + 6 + 10, 3 + 7 + 11, 4 + 8 + 12]);
  expect(values({ over: 'region' })).toEqual([4, 6, 12, 14, 20, 22]);
  expect(values({ over: ['dataset', 'region'] })).toEqual([36, 42]);
  expect(names({ over: 'region' })).toEqual(['dataset', 'x']);
});

test('by a word of the catalogue, in place of the datasets', () => {
  const out = merged(sample(), { over: 'dataset', by: 'process' }, scope);
  expect(out.axes[0]).toMatchObject({ name: 'process', categories: ['data', 'top'] });
  expect([...out.values]).toEqual([1, 2, 3, 4, 14, 16, 18, 20]);
});

test('scaled per dataset: squares for the variances, data as it is', () => {
  const args = {
    over: 'dataset',
    by: 'process',
    scale: 'dataset.xsec / generated.sumw',
    only: "dataset.kind == 'mc'",
  };
  const rows = toRows(histogramTable(merged(sample(), args, scope)));
  expect(rows[0]).toMatchObject({ process: 'data', region: 's', sumw: 1, sumw2: 1 });
  expect(rows[4]).toMatchObject({ process: 'top', region: 's', sumw: 5 * 2 + 9 * 5, sumw2: 5 * 4 + 9 * 25 });
});

test('scaled counts are sums of weights', () => {
  const out = merged(sample('count'), { scale: 3 }, scope);
  expect(out).toMatchObject({ storage: 'weighted' });
  expect(out.values[1]).toBe(6);
  if (out.storage === 'weighted') expect(out.variances[1]).toBe(18);
  expect(merged(sample('count'), { scale: 1 }, scope).storage).toBe('count');
});

test.each<[JsonObject, string]>([
  [{ over: 'year' }, "the histogram has no label 'year'"],
  [{ over: 'x' }, "'x' is an axis of the histogram, not a label"],
  [{ over: 'dataset', by: 'colour' }, "dataset 'd' has no 'colour'"],
  [{ scale: 'generated.sumw' }, "'generated' has no row with these labels"],
  [{ scale: 'dataset.xsec' }, "there is no 'xsec' in it"],
  [{ scale: 'nothing.sumw' }, "nothing is named 'nothing'"],
])('%j', (args, message) => {
  expect(() => merged(sample(), args, scope)).toThrow(message);
});

test('data and simulation do not add up', () => {
  const mixed = { ...scope, datasets: { ...scope.datasets, d: { kind: 'data', process: 'top' } } };
  expect(() => merged(sample(), { over: 'dataset', by: 'process' }, mixed)).toThrow("have the process 'top'");
  expect(() => merged(sample('mean'), { scale: 2 }, scope)).toThrow(
    'a mean without weights cannot be scaled',
  );
});
