import { columnFrom, decodeTable, encodeTable, type Role, type Table, toRows } from '@fasthep/columns';
import type { JsonObject } from '@fasthep/flow';
import { expect, test } from 'vitest';
import { testRegistry } from '../../testing/registry.ts';
import { mergedTable } from './merge.ts';
import type { DatasetScope } from './scope.ts';

const column = (values: unknown[], kind: 'string' | 'int64' | 'float64', role?: Role) => ({
  ...columnFrom(values, { kind }),
  ...(role && { role }),
});
const table: Table = {
  length: 5,
  columns: {
    dataset: column(['d', 'd', 'a', 'a', 'b'], 'string', 'label'),
    x: column([0, 20, 20, Number.NEGATIVE_INFINITY, 0], 'float64', 'key'),
    n: column([1, 2, 3, 4, 5], 'int64', 'sum'),
    'w:sumw': column([1, 2, 3, 4, 5], 'float64', 'sum'),
    'w:sumw2': column([1, 2, 3, 4, 5], 'float64', 'squares'),
  },
};
const scope: DatasetScope = {
  datasets: {
    d: { kind: 'data', process: 'data', xsec: 1 },
    a: { kind: 'mc', process: 'top', xsec: 10 },
    b: { kind: 'mc', process: 'top', xsec: 100 },
  },
  results: [],
  registry: testRegistry(),
};
const rows = (args: JsonObject, from = table) =>
  toRows(mergedTable(from, args, scope)).map((row) =>
    Object.values(row).map((one) => (typeof one === 'bigint' ? Number(one) : one)),
  );

test('rows of one key are added up, in the order of the keys; counts stay counts', () => {
  expect(rows({ over: 'dataset' })).toEqual([
    [Number.NEGATIVE_INFINITY, 4, 4, 4],
    [0, 6, 6, 6],
    [20, 5, 5, 5],
  ]);
  expect(mergedTable(table, { over: 'dataset' }, scope).columns.n).toMatchObject({
    type: 'int64',
    role: 'sum',
  });
});

test('what adds up is known after storing, too', () => {
  expect(rows({ over: 'dataset' }, decodeTable(encodeTable(table)))).toHaveLength(3);
});

test('by a word of the catalogue, scaled', () => {
  const merged = mergedTable(table, { over: 'dataset', by: 'process', scale: 'dataset.xsec' }, scope);
  expect(Object.keys(merged.columns)).toEqual(['process', 'x', 'n', 'w:sumw', 'w:sumw2']);
  expect(toRows(merged).map((row) => Object.values(row))).toEqual([
    ['data', 0, 1, 1, 1],
    ['data', 20, 2, 2, 2],
    ['top', Number.NEGATIVE_INFINITY, 40, 40, 400],
    ['top', 0, 500, 500, 50_000],
    ['top', 20, 30, 30, 300],
  ]);
});

test('data and simulation do not add up', () => {
  const mixed = { ...scope, datasets: { ...scope.datasets, d: { kind: 'data', process: 'top' } } };
  expect(() => mergedTable(table, { over: 'dataset', by: 'process' }, mixed)).toThrow(
    "have the process 'top'",
  );
});

test.each<[string, JsonObject, Table, RegExp]>([
  [
    'a mean',
    { over: 'dataset' },
    { ...table, columns: { ...table.columns, mean: column([1, 2, 3, 4, 5], 'float64') } },
    /'mean' does not add up/,
  ],
  ['a key', { over: 'x' }, table, /'x' is a key/],
  ['no such label', { over: 'region' }, table, /no label 'region'/],
])('%s', (_name, args, from, message) => {
  expect(() => mergedTable(from, args, scope)).toThrow(message);
});
