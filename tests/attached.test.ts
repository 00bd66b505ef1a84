import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Histogram } from '@fasthep/columns';
import { dataPlugin } from '@fasthep/data';
import { hepPlugin } from '@fasthep/hep';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectClose, histogram } from './support/numbers.ts';
import { type Ran, runWorkflow } from './support/run-workflow.ts';

// Weights stay with the rows where an operator makes other rows of them.
const zz = resolve(import.meta.dirname, '../examples/dimuon/data/zz.root');
const jets = (name: string) => `  ${name}: {hist: {x: {field: Jet.Px, bins: [8, -80, 80]}}}\n`;
const start = `
tasks:
  events: {read: {files: ${zz}, tree: events}}
  weights: {weight: {event: {nominal: EventWeight, up: EventWeight * 2}}}
`;
let folder = '';
const run = async (name: string, tasks: string): Promise<Ran> => {
  const file = join(folder, `${name}.yaml`);
  await writeFile(file, start + tasks);
  return runWorkflow(file, { plugins: [dataPlugin, hepPlugin] });
};
let direct: Histogram;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'attached-'));
  direct = histogram(await run('direct', jets('h')), 'h');
});
afterAll(() => rm(folder, { recursive: true }));

test('filled for each object, or for each row of the exploded collection', async () => {
  const ran = await run('exploded', `  jets: {explode: Jet}\n${jets('h')}`);
  expect(direct.axes[0]).toMatchObject({
    name: 'variation',
    categories: ['nominal', 'up'].map((one) => (one === 'up' ? 'event_up' : one)),
  });
  const exploded = histogram(ran, 'h');
  expect(exploded.axes.map((axis) => axis.name)).toEqual(direct.axes.map((axis) => axis.name));
  expectClose(exploded.values, direct.values, 1e-12);
});

test('sorted rows keep them, and files do not show them', async () => {
  const ran = await run(
    'sorted',
    `  some: {filter: NJet > 0}\n  sorted: {sort: {by: [MET_px]}}\n${jets('h')}  save: {needs: [sorted], write: {to: rows.csv, fields: [MET_px]}}\n  all: {needs: [sorted], write: rows.json}\n`,
  );
  expectClose(histogram(ran, 'h').values, direct.values, 1e-12);
  const [csv] = ran.products.get('save')!.value as { bytes: Uint8Array }[];
  expect(new TextDecoder().decode(csv!.bytes.subarray(0, 7))).toBe('MET_px\n');
  const [json] = ran.products.get('all')!.value as { bytes: Uint8Array }[];
  expect(new TextDecoder().decode(json!.bytes)).not.toContain('__weight');
});
