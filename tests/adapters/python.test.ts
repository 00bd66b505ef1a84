/** Python readers and functions in workflows, in a warm process. */
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { adaptPlugin } from '@fasthep/adapters';
import { dataPlugin } from '@fasthep/data';
import { hepPlugin } from '@fasthep/hep';
import { findPython } from '@fasthep/python';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { histogram, rows } from '../support/numbers.ts';
import { type Ran, runWorkflow } from '../support/run-workflow.ts';

const vectors = resolve(import.meta.dirname, '../vectors/multitree');
const plugins = [dataPlugin, hepPlugin, adaptPlugin];
let python = true;
try {
  findPython();
} catch {
  python = false;
}
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'flow-python-'));
  copyFileSync(resolve(import.meta.dirname, 'readers/twirl.py'), join(folder, 'twirl.py'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function run(text: string, partitionSize?: number): Promise<Ran> {
  const file = join(folder, 'flow.yaml');
  writeFileSync(file, text.replaceAll('DATA', join(vectors, 'data')));
  return runWorkflow(file, { plugins, ...(partitionSize === undefined ? {} : { partitionSize }) });
}
const value = (ran: Ran, name: string) => ran.products.get(name)!.value;

const JETS = `
tasks:
  source: {read: {files: DATA/mt01.root, trees: {reco: reco/Events, l1: l1/Upgrade}}}
  before: {needs: [source.reco], define: {n_hard: "num(jet_pt[jet_pt > 30])"}}
  all: {group: {agg: {jets: sum(n_hard), events: count()}}}
  hard: {filter: n_hard > 0}
  kernel: {hist: {x: {field: "sum(jet_pt[jet_pt > 30])", bins: [20, 0, 500]}}}
  each_kernel: {hist: {x: {field: "jet_pt[jet_pt > 30]", bins: [20, 0, 200]}}}
  jets: {needs: [before], reader: {call: "twirl.py:Jets", args: {min: 30}, reads: [jet_pt], produces: {ht: float, hard: "float[]"}}}
  reader: {hist: {x: {field: ht, bins: [20, 0, 500]}}}
  each_reader: {hist: {x: {field: hard, bins: [20, 0, 200]}}}
`;

describe.skipIf(!python)('readers as alphatwirl has them', () => {
  test.each([
    ['one partition', undefined],
    ['many partitions', 3000],
  ])('fields, vetoes and the merged result, %s', async (_, size) => {
    const ran = await run(JETS, size);
    expect([...histogram(ran, 'reader').values]).toEqual([...histogram(ran, 'kernel').values]);
    expect([...histogram(ran, 'each_reader').values]).toEqual([...histogram(ran, 'each_kernel').values]);
    const [all] = rows(ran, 'all');
    expect(value(ran, 'jets_result')).toEqual({ jets: Number(all!.jets), events: Number(all!.events) });
  });

  const DEAD = (order: string) => `
tasks:
  events: {read: {files: [DATA/mt15_0.root, DATA/mt15_1.root], tree: Scatters}}
  alive: {reader: {call: "twirl.py:DeadTime", order: ${order}}}
  n: {group: {agg: {n: count()}}}
  told: {needs: [alive.result], write: told.json}
`;
  test('order, and results without merge', async () => {
    const { n_keep } = JSON.parse(
      readFileSync(join(vectors, 'mt15-state-across-events.json'), 'utf8'),
    ).expected;
    const ran = await run(DEAD('ordered'));
    expect(rows(ran, 'n')[0]!.n).toBe(n_keep);
    expect(value(ran, 'alive_result')).toEqual({ kept: n_keep });
    await expect(run(DEAD('independent'))).rejects.toThrow(
      /adapt\.no-merge.*DeadTime has no merge.*2 partitions/,
    );
  });

  test('what Python raises is told in a line, with its traceback behind it', async () => {
    const flow = `
tasks:
  events: {read: {files: DATA/mt01.root, tree: reco/Events}}
  bad: {reader: {call: "twirl.py:Broken"}}
  n: {group: {agg: {n: count()}}}
`;
    await expect(run(flow)).rejects.toThrow(
      /adapt\.user-code twirl\.py:Broken failed in event, line \d+: ValueError: the detector is off/,
    );
    await expect(run(flow)).rejects.toThrow(/Traceback \(most recent call last\)/);
    await expect(run(flow.replace('Broken', 'Jet'))).rejects.toThrow(
      /adapt\.code: twirl\.py defines no 'Jet'.*Jets/,
    );
  });
});

test.skipIf(!python)('functions get tables and give plain data or tables', async () => {
  const ran = await run(`
tasks:
  events: {read: {files: DATA/mt01.root, tree: reco/Events}}
  total: {group: {agg: {met: mean(met), n: count()}}}
  table: {project: [event, met]}
  told: {needs: [table], python: {call: "twirl.py:mean", args: {scale: 2}}}
  list: {needs: [], python: {call: "twirl.py:squares", args: {n: 4}, gives: table}}
`);
  const [total] = rows(ran, 'total');
  const told = value(ran, 'told') as { mean: number; n: number };
  expect(told.n).toBe(Number(total!.n));
  expect(told.mean).toBeCloseTo(2 * (total!.met as number), 9);
  expect(rows(ran, 'list').map(({ x, y }) => [Number(x), Number(y)])).toEqual([
    [0, 0],
    [1, 1],
    [2, 4],
    [3, 9],
  ]);
});
