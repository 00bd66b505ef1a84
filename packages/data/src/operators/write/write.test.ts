import { type FileFormat, makeHistogram, tableFromRows, toRows } from '@fasthep/columns';
import type { Json, NamedValue, PublishedFile, TaskContext, WholeRun } from '@fasthep/flow';
import { describe, expect, test } from 'vitest';
import { testRegistry } from '../../testing/registry.ts';
import { alternatives, endingOf, filled, placeholders } from './template.ts';
import { write } from './write.ts';

describe('names of files', () => {
  test('alternatives', () => {
    expect(alternatives('{task}.{svg,json}')).toEqual(['{task}.svg', '{task}.json']);
    expect(alternatives('{a,b}/{c, d}')).toEqual(['a/c', 'a/d', 'b/c', 'b/d']);
    expect(alternatives('plain.csv')).toEqual(['plain.csv']);
  });
  test('placeholders', () => {
    expect(placeholders('{task}_{region}_{task}.{svg,json}')).toEqual(['task', 'region']);
    expect(filled('{task}_{region}.csv', { region: 'a/b' })).toBe('{task}_a_b.csv');
    expect(endingOf('a.b/c.CSV')).toBe('csv');
    expect(endingOf('a.b/c')).toBe('');
  });
});

const text: FileFormat = {
  name: 'csv',
  extensions: ['csv'],
  contents: () => Promise.reject(new Error()),
  open: () => Promise.reject(new Error()),
  encode: (table) =>
    new TextEncoder().encode(
      JSON.stringify(toRows(table), (_, v) => (typeof v === 'bigint' ? Number(v) : v)),
    ),
};
const context: TaskContext = { registry: testRegistry({ name: 'test', formats: [text] }), log: () => {} };
const table = tableFromRows(
  [
    { dataset: 'a', n: 1 },
    { dataset: 'b', n: 2 },
    { dataset: 'a', n: 3 },
  ],
  { dataset: { kind: 'string' }, n: { kind: 'int64' } },
);
const histogram = makeHistogram(
  [
    { kind: 'category_str', name: 'region', categories: ['s', 'c'], overflow: false },
    { kind: 'regular', name: 'x', bins: 1, low: 0, high: 1, underflow: false, overflow: false },
  ],
  'count',
);
histogram.values.set([1, 2]);
const named = (name: string, type: string, value: unknown, more: object = {}): NamedValue => ({
  name,
  type,
  value,
  ...more,
});

async function files(args: Json, ...input: NamedValue[]): Promise<[string, number | undefined, string][]> {
  const given = typeof args === 'string' ? { to: args } : args;
  const out = await (write.run as WholeRun).apply(given, { input }, context);
  return (out.files as PublishedFile[]).map((file) => [
    file.name,
    file.member,
    new TextDecoder().decode(file.bytes),
  ]);
}

test('a table', async () => {
  expect(await files('t.csv', named('t', 'table', table))).toEqual([
    ['t.csv', undefined, '[{"dataset":"a","n":1},{"dataset":"b","n":2},{"dataset":"a","n":3}]'],
  ]);
  expect(await files({ to: 'out', format: 'csv', fields: ['n'] }, named('t', 'table', table))).toEqual([
    ['out', undefined, '[{"n":1},{"n":2},{"n":3}]'],
  ]);
});

test('one file for each value of a label', async () => {
  expect(await files('{dataset}.csv', named('t', 'table', table))).toEqual([
    ['a.csv', undefined, '[{"n":1},{"n":3}]'],
    ['b.csv', undefined, '[{"n":2}]'],
  ]);
  const made = await files('{task}_{region}.{json,csv}', named('h', 'histogram', histogram));
  expect(made.map(([name, member]) => [name, member])).toEqual([
    ['{task}_s.json', 0],
    ['{task}_c.json', 0],
    ['{task}_s.csv', 0],
    ['{task}_c.csv', 0],
  ]);
  expect(JSON.parse(made[1]![2])).toMatchObject({ uhi_schema: 1, storage: { type: 'int', values: [2] } });
  expect(made[2]![2]).toBe('[{"x_low":0,"x_high":1,"count":1}]');
});

test('several products: a file for each, or tables in one', async () => {
  const two = [
    named('one', 'table', table, { keys: { pt: 20 } }),
    named('two', 'table', table, { keys: { pt: 30 } }),
  ];
  expect((await files('{task}.csv', ...two)).map(([name, member]) => [name, member])).toEqual([
    ['{task}.csv', 0],
    ['{task}.csv', 1],
  ]);
  const [whole] = await files('all.csv', ...two);
  expect(JSON.parse(whole![2])[3]).toEqual({ pt: 30, dataset: 'a', n: 1 });
});

test('values of a matrix name files, and tell products apart', async () => {
  const h = (pt: number, wp: string) => named('h', 'histogram', histogram, { keys: { pt, wp } });
  expect(
    (await files('{wp}_{pt}.json', h(20, 'loose'), h(30, 'tight'))).map(([name, member]) => [name, member]),
  ).toEqual([
    ['loose_20.json', undefined],
    ['tight_30.json', undefined],
  ]);
  const t = (pt: number, wp: string) => named('t', 'table', table, { keys: { pt, wp } });
  const [loose, tight, ...none] = await files('{wp}.csv', t(20, 'loose'), t(30, 'loose'), t(20, 'tight'));
  expect([loose![0], tight![0], none]).toEqual(['loose.csv', 'tight.csv', []]);
  expect(JSON.parse(loose![2])).toHaveLength(6);
});

test.each<[Json, string, unknown, string]>([
  ['t.xyz', 'table', table, "a table cannot be written as 'xyz'"],
  ['t', 'table', table, 't has no ending that says the format'],
  ['{datset}.csv', 'table', table, 'nothing gives a value for {datset}'],
  [{ to: 't.csv', fields: ['m'] }, 'table', table, "there is no column 'm'"],
  ['h.parquet', 'histogram', histogram, "a histogram cannot be written as 'parquet'"],
  ['f.csv', 'files', [], "'p' is files, which cannot be written"],
])('%j of a %s', async (args, type, value, message) => {
  await expect(files(args, named('p', type, value))).rejects.toThrow(message);
});

test('histograms do not go into one file', async () => {
  const h = (name: string) => named(name, 'histogram', histogram);
  await expect(files('all.json', h('a'), h('b'))).rejects.toMatchObject({
    help: 'use a placeholder: to: "{task}.json"',
  });
});
