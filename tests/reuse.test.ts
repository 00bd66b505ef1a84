import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { dataPlugin } from '@fasthep/data';
import { memoryStore } from '@fasthep/flow';
import { hepPlugin } from '@fasthep/hep';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { rows } from './support/numbers.ts';
import { runWorkflow, workOf } from './support/run-workflow.ts';

// What is made again follows from content: another histogram, name or place changes nothing.
const plugins = [dataPlugin, hepPlugin];
const store = memoryStore();
let folder = '';
let file = '';

interface Change {
  histogram?: string;
  name?: string;
  data?: string;
  more?: string;
  cut?: number;
}

function workflow({
  histogram = 'MET_px',
  name = 'select',
  data = 'data',
  more = '',
  cut = 25,
}: Change = {}): string {
  const fields = [
    'MET_px',
    'MET_py',
    'NMuon',
    'NJet',
    'NElectron',
    'NPhoton',
    'NPrimaryVertices',
    'MClepton_px',
    'MClepton_py',
  ];
  const histograms = Array.from(
    { length: 19 },
    (_, i) => `  h${i}: {hist: {x: {field: ${fields[i % 9]}, bins: [${10 + i}, -100, 100]}}}`,
  );
  return `
datasets:
  - {name: ww, kind: mc, files: [${data}/ww.root]}
  - {name: zz, kind: mc, files: [${data}/zz.root]}
tasks:
  events: {read: {datasets: "\${datasets}", tree: events}}
  weights: {when: dataset.kind == 'mc', weight: {generator: EventWeight}}
${histograms.join('\n')}
  last: {hist: {x: {field: ${histogram}, bins: [77, -100, 100]}}}
  ${name}: {cutflow: {two: NMuon >= 2, hard: "max(Muon.pt) > ${cut}"}}
  after: {hist: {x: {field: NJet, bins: [5, 0, 5]}}}
${more}
`;
}

async function run(change?: Change) {
  await writeFile(file, workflow(change));
  const ran = await runWorkflow(file, { plugins, store });
  return { ran, ...workOf(ran.events) };
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'reuse-'));
  file = join(folder, 'flow.yaml');
  for (const place of ['data', 'elsewhere']) {
    await mkdir(join(folder, place));
    for (const name of ['ww', 'zz'])
      await copyFile(
        resolve(import.meta.dirname, `../examples/dimuon/data/${name}.root`),
        join(folder, place, `${name}.root`),
      );
  }
  await run();
});
afterAll(() => rm(folder, { recursive: true }));

test('nothing changed: nothing is made', async () => {
  expect(await run()).toMatchObject({ columns: [], made: 0 });
});

test('one of many histograms changed: only its branches are read, one output made', async () => {
  const { columns, ran, made } = await run({ histogram: 'MET_py' });
  expect(columns).toEqual(['EventWeight', 'MET_py']);
  // The partial result of each dataset, and the histogram.
  expect(made).toBe(3);
  expect(ran.products.size).toBeGreaterThan(20);
});

test('another histogram: the others stay', async () => {
  const { columns, made } = await run({
    more: '  new: {hist: {x: {field: MChadronicBottom_px, bins: [3, 0, 1]}}}',
  });
  expect(columns).toEqual(expect.arrayContaining(['MChadronicBottom_px']));
  expect(made).toBe(3);
});

test('renaming a task, and moving the files, makes nothing', async () => {
  expect(await run({ name: 'selection' })).toMatchObject({ columns: [], made: 0 });
  expect(await run({ data: 'elsewhere' })).toMatchObject({ columns: [], made: 0 });
});

test('another cut: what stands below it, and its report', async () => {
  const { columns, made, ran } = await run({ cut: 40 });
  expect(columns).toEqual(expect.arrayContaining(['NJet', 'NMuon']));
  expect(columns).not.toContain('MET_px');
  expect(made).toBe(6);
  expect(rows(ran, 'select_report').map((row) => row.cut)).toEqual([
    'all',
    'two',
    'hard',
    'all',
    'two',
    'hard',
  ]);
});
