/** What `export coffea` writes, and what it refuses by name. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { adaptPlugin, coffeaExporter } from '@fasthep/adapters';
import { dataPlugin } from '@fasthep/data';
import { hepPlugin } from '@fasthep/hep';
import { renderPlugin } from '@fasthep/render';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { planWorkflow } from '../support/run-workflow.ts';

const project = resolve(import.meta.dirname, '../..');
const plugins = [dataPlugin, hepPlugin, renderPlugin, adaptPlugin];
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'flow-export-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function exported(file: string) {
  const { graph, plan } = await planWorkflow(file, { plugins });
  return coffeaExporter.write(graph, plan, { directory: folder });
}

test('one tree: a processor, its files, a script and requirements; no absolute paths', async () => {
  const { files, problems } = await exported(resolve(project, 'examples/dimuon/hzz.yaml'));
  expect(Object.keys(files).sort()).toEqual([
    'fileset.json',
    'helpers.py',
    'requirements.txt',
    'run.py',
    'workflow.py',
  ]);
  expect(problems.map(({ severity }) => severity)).toEqual(['warning']);
  const module = files['workflow.py']!;
  expect(module).toContain('class HzzProcessor(processor.ProcessorABC):');
  expect(module).toContain('with_name="Momentum4D"');
  // Columns that nothing uses are not read.
  expect(module).not.toContain('Electron');
  const fileset = JSON.parse(files['fileset.json']!);
  expect(fileset.zz.metadata).toMatchObject({ kind: 'mc' });
  expect(Object.entries(fileset.zz.files)).toEqual([[expect.stringMatching(/^\.\..*zz\.root$/), 'events']]);
});

describe('what has no translation is refused by the task that says it', () => {
  const flow = (tasks: string) => {
    const file = join(folder, 'flow.yaml');
    const data = resolve(project, 'tests/vectors/multitree/data');
    writeFileSync(file, `tasks:\n  events: {read: {files: ${data}/mt01.root, tree: reco/Events}}\n${tasks}`);
    return file;
  };
  test.each([
    [
      '  each: {explode: [jet_pt]}\n  h: {hist: {x: {field: jet_pt, bins: [3, 0, 1]}}}\n',
      /^each \(explode\): has no translation/,
    ],
    ['  t: {group: {by: [run], agg: {n: count()}}}\n', /^t \(group\): 'group' with 'by'/],
    ['  t: {group: {agg: {m: mean(met)}}}\n', /^t \(group\): the aggregate 'mean\(met\)'/],
    [
      '  w: {weight: {a: {nominal: met, left: met}}}\n  h: {hist: {x: {field: met, bins: [3, 0, 1]}}}\n',
      /^w \(weight\): the direction 'left'/,
    ],
  ])('%s', async (tasks, message) => {
    const { files, problems } = await exported(flow(tasks));
    expect(files).toEqual({});
    expect(problems.find(({ severity }) => severity !== 'warning')!.message).toMatch(message);
  });
});
