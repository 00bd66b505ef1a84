import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Table, toRows } from '@fasthep/columns';
import { dataPlugin } from '@fasthep/data';
import type { JsonObject } from '@fasthep/flow';
import { hepPlugin } from '@fasthep/hep';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { rowsFormat } from '../packages/data/src/testing/rows-format.ts';
import { planWorkflow, type RunOptions, runWorkflow } from './support/run-workflow.ts';

// What a source gives does not depend on how its files are named, cut into parts, or tried out in small.
const plugins = [dataPlugin, hepPlugin, { name: 'test', formats: [rowsFormat] }];
let folder = '';
let count = 0;

const save = (name: string, tables: Record<string, JsonObject[]>, cluster = 3) =>
  writeFile(join(folder, name), JSON.stringify({ tables, cluster }));
const ids = (from: number, to: number, more: (id: number) => JsonObject = () => ({})) =>
  Array.from({ length: to - from }, (_, i) => ({ id: from + i, ...more(from + i) }));
async function workflow(text: string): Promise<string> {
  const file = join(folder, `flow${count++}.yaml`);
  await writeFile(file, text);
  return file;
}
async function table(text: string, name: string, options: Partial<RunOptions> = {}): Promise<unknown> {
  const ran = await runWorkflow(await workflow(text), { plugins, ...options });
  const rows = toRows(ran.products.get(name)!.value as Table);
  return rows.map((row) =>
    Object.fromEntries(
      Object.entries(row).map(([key, value]) => [key, typeof value === 'bigint' ? Number(value) : value]),
    ),
  );
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sources-'));
  await save('two.rows', { First: ids(0, 4), Second: ids(100, 103) });
  await save('a.rows', { T: ids(0, 10) });
  await save('b.rows', { T: ids(10, 20) });
  await save('friends.rows', { left: ids(0, 10), right: ids(0, 10, (id) => ({ y: id * 10 })) });
});
afterAll(() => rm(folder, { recursive: true }));

const sums = '  n: {group: {agg: {n: count(), sum: sum(id)}}}\n';

describe('datasets and files that name their table', () => {
  test.each([
    ['datasets', '{name: a, files: [two.rows], tree: First}, {name: b, files: [two.rows], tree: Second}'],
    [
      'files',
      '{name: a, files: [{path: two.rows, tree: First}]}, {name: b, files: [{path: two.rows, tree: Second}]}',
    ],
  ])('%s of one file keep apart', async (_, datasets) => {
    expect(await table(`tasks:\n  e: {read: {datasets: [${datasets}]}}\n${sums}`, 'n')).toEqual([
      { dataset: 'a', n: 4, sum: 6 },
      { dataset: 'b', n: 3, sum: 303 },
    ]);
  });

  test('both tables of a file are read', async () => {
    const files = '[{path: two.rows, tree: First}, {path: two.rows, tree: Second}]';
    expect(await table(`tasks:\n  e: {read: {files: ${files}}}\n${sums}`, 'n')).toEqual([{ n: 7, sum: 309 }]);
  });

  test('beside several trees there is no other one', async () => {
    const file = await workflow(
      `tasks:\n  e: {read: {files: [{path: two.rows, tree: First}], trees: {x: Second}}}\n  n: {group: {agg: {n: count()}}}\n`,
    );
    await expect(planWorkflow(file, { plugins })).rejects.toThrow('data.catalogue: trees: names the tree');
  });
});

describe('rows and limits', () => {
  const read = (limit: string, rows: string) =>
    `${limit}\ntasks:\n  e: {read: {files: [a.rows, b.rows]${rows}}}\n${sums}`;

  test('a limit counts the rows that are read', async () => {
    expect(await table(read('limit: {rows: 5}', ', rows: [2, 5]'), 'n')).toEqual([{ n: 5, sum: 9 + 25 }]);
  });

  test('rows that end before they start are refused', async () => {
    await expect(planWorkflow(await workflow(read('', ', rows: [5, 2]')), { plugins })).rejects.toThrow(
      'rows: [5, 2] are none',
    );
  });

  test.each([
    ['nothing', '', '', 10, 450],
    ['rows', '', ', rows: [2, 5]', 3, 90],
    ['a limit of rows', 'limit: {rows: 5}', '', 5, 100],
    ['a limit of rows and rows', 'limit: {rows: 2}', ', rows: [2, 5]', 2, 50],
    ['a limit of partitions', 'limit: {partitions: 1}', '', 6, 150],
  ])('tables of one file go together by row number with %s', async (_, limit, rows, n, sum) => {
    const text = `${limit}
tasks:
  s: {read: {files: [friends.rows], trees: {left: left, right: right}${rows}}}
  m: {needs: {left: s.left, right: s.right}, join: {right: entry}}
  n: {group: {agg: {n: count(), sum: sum(right.y)}}}
`;
    expect(await table(text, 'n', { partitionSize: 150 })).toEqual([{ n, sum }]);
  });

  test('rows that are looked up by key are not limited', async () => {
    await save('turned.rows', {
      left: ids(0, 10),
      right: ids(0, 10, (id) => ({ y: id * 10 })).reverse(),
    });
    const text = `limit: {rows: 2}
tasks:
  s: {read: {files: [turned.rows], trees: {left: left, right: right}}}
  m: {needs: {left: s.left, right: s.right}, join: {right: [id]}}
  n: {group: {agg: {n: count(), sum: sum(right.y)}}}
`;
    expect(await table(text, 'n')).toEqual([{ n: 2, sum: 10 }]);
  });
});
