import { equalTables, fromUhi, makeHistogram, type Schema, tableFromRows } from '@fasthep/columns';
import type { PublishedFile, ValueType } from '@fasthep/flow';
import { describe, expect, test } from 'vitest';
import { filesType, histogramType, reportType, tableType } from './index.ts';
import { unpack } from './pack.ts';

const text = (file: PublishedFile | undefined) => new TextDecoder().decode(file!.bytes);
const again = async <T>(type: ValueType<T>, value: T): Promise<T> => type.decode(await type.encode(value));

const schema: Schema = {
  cut: { kind: 'string' },
  n: { kind: 'int64' },
  sumw: { kind: 'float64', nullable: true },
};
const table = tableFromRows(
  [
    { cut: 'all', n: 2n ** 60n + 1n, sumw: 0.1 },
    { cut: 'trigger', n: 3n, sumw: null },
  ],
  schema,
);

describe.each([
  ['table', tableType],
  ['report', reportType],
] as const)('%s', (_, type) => {
  test('bytes and back, the same each time', async () => {
    expect(equalTables(await again(type, table), table)).toBe(true);
    expect(await type.encode(table)).toEqual(await type.encode(await again(type, table)));
  });
  test('files', async () => {
    const [csv, json] = await type.files!(table);
    expect([csv!.name, json!.name]).toEqual(['.csv', '.json']);
    expect(text(csv)).toBe('cut,n,sumw\nall,1152921504606846977,0.1\ntrigger,3,\n');
    expect(JSON.parse(text(json))).toMatchObject([
      { cut: 'all', sumw: 0.1 },
      { cut: 'trigger', n: 3, sumw: null },
    ]);
  });
});

test('fields for conditions', () => {
  const one = tableFromRows([{ cut: 'all', n: 3n, sumw: 0.5 }], schema);
  expect(tableType.field!(one, ['n'])).toBe(3);
  expect(tableType.field!(one, ['sumw'])).toBe(0.5);
  expect(tableType.field!(one, ['m'])).toBeUndefined();
  expect(tableType.field!(table, ['cut'])).toEqual(['all', 'trigger']);
  expect(tableType.field!(table, ['n'])).toEqual(['1152921504606846977', 3]);
  expect(reportType.field!(table, ['trigger', 'n'])).toBe(3);
  expect(reportType.field!(table, ['nothing', 'n'])).toBeUndefined();
});

describe('histogram', () => {
  const axes = [
    { kind: 'category_str', name: 'dataset', categories: ['a', 'b'], overflow: false },
    { kind: 'variable', name: 'x', edges: [0, 1, 5], underflow: true, overflow: true, label: 'x [m]' },
  ] as const;
  const weighted = makeHistogram(axes, 'weighted');
  weighted.values.set([0, 0.1, 0.2, 0.3, 0, 1, Number.POSITIVE_INFINITY, 1e-300]);

  test('bytes and back', async () => {
    expect(await again(histogramType, weighted)).toEqual(weighted);
    const mean = makeHistogram(axes, 'weighted_mean');
    mean.values.set([0.1, 0.2, 0.3]);
    expect(await again(histogramType, mean)).toEqual(mean);
  });
  test('files', async () => {
    const [json, csv] = await histogramType.files!(weighted);
    expect(fromUhi(text(json))).toEqual(weighted);
    expect(text(csv).split('\n').slice(0, 3)).toEqual([
      'dataset,x_low,x_high,sumw,sumw2',
      'a,-inf,0.0,0.0,0.0',
      'a,0.0,1.0,0.1,0.0',
    ]);
  });
  test('fields', () => {
    const simple = makeHistogram([axes[1]], 'count');
    simple.values.set([1, 2, 3, 4]);
    expect(histogramType.field!(simple, ['n'])).toBe(10);
    expect(histogramType.field!(simple, ['sumw'])).toBeUndefined();
  });
});

test('files', async () => {
  const files = [
    { name: '{task}.csv', bytes: new Uint8Array([1, 2, 3]), member: 0 },
    { name: 'b.json', bytes: new Uint8Array() },
  ];
  expect(await again(filesType, files)).toEqual(files);
});

test('bytes that are not ours', () => {
  expect(() => unpack(new Uint8Array([1, 2, 3, 4, 5]))).toThrow('stored bytes cannot be read');
  expect(() => unpack(new Uint8Array(0))).toThrow('stored bytes cannot be read');
});
