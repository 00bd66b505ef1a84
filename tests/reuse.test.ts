/** Nothing is computed twice: what a change makes anew is what depends on it. */
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { dataPlugin } from '@fasthep/data';
import { memoryStore } from '@fasthep/flow';
import { hepPlugin } from '@fasthep/hep';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runWorkflow, workOf } from './support/run-workflow.ts';

const plugins = [dataPlugin, hepPlugin];
const data = resolve(import.meta.dirname, '../examples/dimuon/data');
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'flow-reuse-'));
  cpSync(join(data, 'zz.root'), join(folder, 'zz.root'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const store = memoryStore();
async function run(text: string, where = folder) {
  const file = join(where, 'flow.yaml');
  writeFileSync(file, text);
  return runWorkflow(file, { plugins, store });
}

const FIELDS = ['MET_px', 'MET_py', 'NPrimaryVertices', 'num(Muon)', 'num(Jet)'];
/** Twenty histograms after a selection; `change` replaces the first. */
function workflow({ path = 'zz.root', select = 'select', name = (i: number) => `h${i}`, change = '' } = {}) {
  const hists = Array.from({ length: 20 }, (_, i) => {
    const field = FIELDS[i % FIELDS.length]!;
    const bins = `[${10 + i}, 0, 50]`;
    return `  ${name(i)}: {hist: {x: {field: ${i === 0 && change ? change : field}, bins: ${bins}}}}`;
  });
  return `
tasks:
  events: {read: ${path}}
  ${select}: {filter: NMuon >= 1}
${hists.join('\n')}
`;
}

test('the first run makes all twenty, and reads the branches in use alone', async () => {
  const { columns } = workOf((await run(workflow())).events);
  expect(columns).toEqual(['Jet_Px', 'MET_px', 'MET_py', 'Muon_Px', 'NMuon', 'NPrimaryVertices']);
});

test('one of twenty changed: one partial result and one product are made, from its own branches', async () => {
  const { columns, made } = workOf((await run(workflow({ change: 'MET_py * 2' }))).events);
  expect(made).toBe(2);
  expect(columns).toEqual(['MET_py', 'NMuon']);
});

test('renaming tasks makes nothing', async () => {
  const ran = await run(workflow({ select: 'choose', name: (i) => `figure_${i}` }));
  expect(workOf(ran.events)).toEqual({ columns: [], made: 0 });
  expect(ran.products.size).toBe(20);
});

test('moving the files makes nothing', async () => {
  const elsewhere = join(folder, 'elsewhere');
  cpSync(join(data, 'zz.root'), join(elsewhere, 'moved.root'));
  expect(workOf((await run(workflow({ path: 'moved.root' }), elsewhere)).events).made).toBe(0);
});

test('another selection makes all of them', async () => {
  expect(workOf((await run(workflow().replace('>= 1', '>= 2'))).events).made).toBe(40);
});
