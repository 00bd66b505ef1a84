import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dataPlugin } from '@fasthep/data';
import { hepPlugin } from '@fasthep/hep';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { planWorkflow } from './support/run-workflow.ts';

// An argument that is accepted does something; what could only be ignored, or mean two things, is refused.
const plugins = [dataPlugin, hepPlugin];
let folder = '';
let count = 0;

async function plan(text: string) {
  const file = join(folder, `flow${count++}.yaml`);
  await writeFile(file, text);
  return planWorkflow(file, { plugins });
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'refused-'));
  await writeFile(join(folder, 'a.csv'), 'id,x\n1,0.5\n2,1.5\n');
  await writeFile(join(folder, 'b.csv'), 'id,y\n1,3\n2,4\n');
});
afterAll(() => rm(folder, { recursive: true }));

const hist = (more: string) => `  h: {hist: {x: {field: x, bins: [2, 0, 2]}, ${more}}}\n`;
test.each([
  [hist('sample: x'), 'a sample is averaged, and this storage holds no means'],
  [hist('storage: count, weight: x'), 'counts have no weight'],
  [hist('y: {field: x, edges: [0, 1]}'), "hist.axes: two axes have the name 'x'"],
  [
    '  h: {hist: {x: {field: x, bins: [2, 0, 2], edges: [0, 1]}}}\n',
    'bins and edges both say where bins end',
  ],
  [
    '  h: {hist: {x: {field: x, bins: [5, 0]}}}\n',
    'bins are a whole number, then the lower and the upper end',
  ],
  [
    '  g: {group: {by: {low: {field: x, bins: [[1, 2], 3]}}, agg: {n: count()}}}\n',
    'bins are a whole number',
  ],
  [`${hist('')}  m: {merge: {only: dataset.kind == 'mc'}}\n`, "'only' names the datasets that are scaled"],
  ['  c: {cutflow: {report: x > 1}}\n', "'report' is an output of every cutflow"],
  ['  c: {cutflow: {rows: x > 1}}\n', "'rows' is an output of every cutflow"],
])('%s', async (tasks, message) => {
  await expect(plan(`tasks:\n  e: {read: a.csv}\n${tasks}`)).rejects.toThrow(message);
});

test.each([
  ['{by: [id], mismatch: pad}', "'mismatch' is about row numbers, and 'b' is joined by keys"],
  ['{by: entry, many: list}', "'many' is about keys, and 'b' is joined by row number"],
])('join %s', async (rule, message) => {
  const reads = '  e: {read: a.csv}\n  b: {needs: [], read: b.csv}\n';
  const joined = `  j: {needs: {left: e, b: b}, join: {b: ${rule}}}\n${hist('')}`;
  await expect(plan(`tasks:\n${reads}${joined}`)).rejects.toThrow(message);
});

const catalogue = (file: string, name: string, xsec: number) =>
  `{read: {datasets: [{name: ${name}, files: [${file}], xsec: ${xsec}}]}}`;
const two = (name: string, xsec: number) => `tasks:
  e: ${catalogue('a.csv', 'one', 2)}
${hist('')}  f: ${catalogue('b.csv', name, xsec)}
  m: {needs: [h], merge: {over: dataset, scale: dataset.xsec}}
  n: {needs: [f], group: {agg: {n: count()}}}
`;

test('one dataset with two cross-sections', async () => {
  await expect(plan(two('one', 3))).rejects.toThrow("FLOW-W010: dataset 'one' has two values of 'xsec'");
  await expect(plan(two('one', 2))).resolves.toBeDefined();
  await expect(plan(two('two', 3))).resolves.toBeDefined();
});

test('a dataset that should replace another one', async () => {
  const datasets =
    '{name: one, files: [a.csv]}, {name: up, files: [b.csv], variation: jes_up, replaces: one}';
  await expect(plan(`tasks:\n  e: {read: {datasets: [${datasets}]}}\n${hist('')}`)).rejects.toThrow(
    "dataset 'up' cannot replace another one in a variation",
  );
});

test('a left dataset that the looked-up rows lack', async () => {
  const text = `tasks:
  e: {read: {datasets: [{name: one, files: [a.csv]}, {name: two, files: [a.csv]}]}}
  b: {needs: [], read: {datasets: [{name: two, files: [b.csv]}, {name: three, files: [b.csv]}]}}
  j: {needs: {left: e, b: b}, join: {b: [id]}}
  g: {group: {agg: {n: count()}}}
`;
  await expect(plan(text)).rejects.toThrow("'b' has no dataset for some of the left rows");
});

test('the order of matrix keys is that of columns, so that it is in content keys', async () => {
  const key = async (matrix: string) => {
    const { plan: made } = await plan(
      `tasks:\n  e: {read: a.csv}\n  s: {matrix: {${matrix}}, define: {z: x}}\n  n: {group: {agg: {n: count()}}}\n  c: {needs: [n], concat: {}}\n`,
    );
    return made.products.find(({ name }) => name === 'c')!.key;
  };
  expect(await key('a: [1], b: [1, 2]')).not.toBe(await key('b: [1, 2], a: [1]'));
});
