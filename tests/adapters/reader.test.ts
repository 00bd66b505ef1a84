/** Per-event readers in workflows: their fields are ordinary fields, their results ordinary products. */
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { adaptPlugin } from '@fasthep/adapters';
import { dataPlugin } from '@fasthep/data';
import { memoryStore } from '@fasthep/flow';
import { hepPlugin } from '@fasthep/hep';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { histogram, rows } from '../support/numbers.ts';
import { type Ran, runWorkflow, workOf } from '../support/run-workflow.ts';

const vectors = resolve(import.meta.dirname, '../vectors/multitree');
const plugins = [dataPlugin, hepPlugin, adaptPlugin];
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'flow-readers-'));
  copyFileSync(resolve(import.meta.dirname, 'readers/readers.mjs'), join(folder, 'readers.mjs'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function run(
  text: string,
  options: { partitionSize?: number; store?: ReturnType<typeof memoryStore> } = {},
): Promise<Ran> {
  const file = join(folder, 'flow.yaml');
  writeFileSync(file, text.replaceAll('DATA', join(vectors, 'data')));
  return runWorkflow(file, { plugins, ...options });
}
const value = (ran: Ran, name: string) => ran.products.get(name)!.value;

describe.each([
  ['one partition for each file', undefined],
  ['many partitions', 2000],
] as const)('ordered, %s', (_, partitionSize) => {
  test('a state that goes over the borders of files: one pass over a dataset', async () => {
    const wanted = JSON.parse(readFileSync(join(vectors, 'mt15-state-across-events.json'), 'utf8')).expected;
    const ran = await run(
      `
tasks:
  source:
    read: {files: [DATA/mt15_0.root, DATA/mt15_1.root], trees: {scatters: Scatters, acquisition: Acquisition}}
  livetime: {needs: [source.acquisition], group: {agg: {ms: sum(livetime_ms)}}}
  all: {needs: [source.scatters], group: {agg: {n: count()}}}
  alive: {needs: [source.scatters], reader: {call: "readers.mjs:DeadTime", order: ordered}}
  n: {group: {agg: {n: count(), least: nanmin(since)}}}
  times: {project: {fields: {time: time_ms}}}
  list: {write: times.json}
  told: {needs: [alive.result], write: told.json}
`,
      partitionSize === undefined ? {} : { partitionSize },
    );
    expect(rows(ran, 'livetime')[0]!.ms).toBe(wanted.livetime_ms);
    expect(rows(ran, 'all')[0]!.n).toBe(wanted.n);
    expect(rows(ran, 'n')[0]!.n).toBe(wanted.n_keep);
    expect(rows(ran, 'n')[0]!.least).toBeGreaterThanOrEqual(50);
    expect(value(ran, 'alive_result')).toEqual({ kept: wanted.n_keep, seen: wanted.n });
    expect(
      ran.plan.families.find(({ kind, id }) => kind === 'segment' && id === 'source.scatters')!.size,
    ).toBe(1);
  });
});

const JETS = (min: number, more = '') => `
tasks:
  source: {read: {files: DATA/mt01.root, trees: {reco: reco/Events, l1: l1/Upgrade}}}
  before: {needs: [source.reco], define: {all: "sum(jet_pt[jet_pt > ${min}])", n_hard: "num(jet_pt[jet_pt > ${min}])"}}
  expected: {group: {agg: {jets: sum(n_hard), events: count()}}}
  wanted: {filter: n_hard > 0}
  by_kernel: {hist: {x: {field: all, bins: [20, 0, 500]}}}
  jets: {needs: [before], reader: {call: "readers.mjs:Jets", args: {min: ${min}}}}
  by_reader: {hist: {x: {field: ht, bins: [20, 0, 500]}}}
  each_kernel: {needs: [wanted], hist: {x: {field: "jet_pt[jet_pt > ${min}]", bins: [20, 0, 200]}}}
  each_reader: {needs: [jets], hist: {x: {field: hard, bins: [20, 0, 200]}}}
  same: {needs: [jets], group: {agg: {n: count(), off: "max(abs(all - ht), axis=0)", met: sum(met)}}}
${more}`;

describe.each([
  ['one partition', undefined],
  ['many partitions', 3000],
] as const)('independent, %s', (_, partitionSize) => {
  test('made fields go into histograms of the same pass; the result is merged', async () => {
    const ran = await run(JETS(30), partitionSize === undefined ? {} : { partitionSize });
    expect([...histogram(ran, 'by_reader').values]).toEqual([...histogram(ran, 'by_kernel').values]);
    expect([...histogram(ran, 'each_reader').values]).toEqual([...histogram(ran, 'each_kernel').values]);
    const [expected] = rows(ran, 'expected');
    expect(value(ran, 'jets_result')).toEqual({
      jets: Number(expected!.jets),
      events: Number(expected!.events),
    });
    expect(rows(ran, 'same')[0]!.off).toBeLessThan(1e-9);
    // One segment, one opening of each partition.
    expect(ran.plan.families.filter(({ kind }) => kind === 'segment')).toHaveLength(1);
  });
});

test('only what the reader names is read beside what follows', async () => {
  const ran = await run(`
tasks:
  events: {read: {files: DATA/mt01.root, tree: reco/Events}}
  jets: {reader: {call: "readers.mjs:Jets", args: {min: 30}}}
  spectrum: {hist: {x: {field: ht, bins: [20, 0, 500]}}}
`);
  expect(workOf(ran.events).columns).toEqual(['jet_pt']);
});

test('a function of one event is a reader', async () => {
  const ran = await run(`
tasks:
  events: {read: {files: DATA/mt01.root, tree: reco/Events}}
  a: {filter: event % 2 == 0}
  n: {group: {agg: {n: count()}}}
  b: {needs: [events], reader: {call: "readers.mjs:even", reads: [event]}}
  m: {group: {agg: {n: count()}}}
`);
  expect(rows(ran, 'm')).toEqual(rows(ran, 'n'));
});

test('code counts by its contents: a comment makes it anew, another place or name of the file does not', async () => {
  const store = memoryStore();
  const flow = (file: string) => `
tasks:
  events: {read: {files: DATA/mt01.root, tree: reco/Events}}
  jets: {reader: {call: "${file}:Jets", args: {min: 30}}}
  spectrum: {hist: {x: {field: ht, bins: [20, 0, 500]}}}
`;
  expect(workOf((await run(flow('readers.mjs'), { store })).events).made).toBeGreaterThan(0);
  copyFileSync(join(folder, 'readers.mjs'), join(folder, 'moved.mjs'));
  expect(workOf((await run(flow('moved.mjs'), { store })).events).made).toBe(0);
  writeFileSync(join(folder, 'moved.mjs'), `${readFileSync(join(folder, 'readers.mjs'), 'utf8')}// more\n`);
  expect(workOf((await run(flow('moved.mjs'), { store })).events).made).toBeGreaterThan(0);
});

describe('without merge', () => {
  const flow = (order: string, read: string) => `
tasks:
  events: {read: {files: [DATA/mt15_0.root, DATA/mt15_1.root], tree: Scatters}}
  alive: {reader: {call: "readers.mjs:DeadTime", order: ${order}}}
  n: {group: {agg: {n: count()}}}
  ${read}
`;
  test('is an error where its result is read and comes from several partitions', async () => {
    await expect(run(flow('independent', 'told: {needs: [alive.result], write: a.json}'))).rejects.toThrow(
      /adapt\.no-merge.*DeadTime has no merge.*2 partitions.*whole-dataset/,
    );
  });
  test('is fine where nobody reads it, or there is one pass', async () => {
    expect((await run(flow('independent', ''))).products.has('alive_result')).toBe(false);
    expect(
      (await run(flow('whole-dataset', 'told: {needs: [alive.result], write: a.json}'))).products.has(
        'alive_result',
      ),
    ).toBe(true);
  });
});

describe('what is wrong is told before anything is read', () => {
  const flow = (args: string) => `
tasks:
  events: {read: {files: DATA/mt01.root, tree: reco/Events}}
  jets: {reader: ${args}}
  spectrum: {hist: {x: {field: met, bins: [20, 0, 500]}}}
`;
  test.each([
    ['{call: "reader.mjs:Jets"}', /adapt\.code: there is no file reader\.mjs/],
    ['{call: "readers.mjs:Jet"}', /exports no 'Jet'.*did you mean 'Jets'/],
    ['{call: "readers.txt"}', /adapt\.call/],
    ['{call: "readers.mjs:Jets", args: {min: 3}, reads: [jet_p]}', /there is no field 'jet_p'.*jet_pt/],
    ['{call: "readers.mjs:Jets", args: {min: 3}, produces: {ht: floaty}}', /adapt\.type: 'floaty'/],
  ])('%s', async (args, message) => {
    await expect(run(flow(args))).rejects.toThrow(message);
  });
  test("an error of the user's code names the reader and the event", async () => {
    await expect(run(flow('{call: "readers.mjs:broken"}'))).rejects.toThrow(
      /adapt\.user-code readers\.mjs:broken failed in event, event 0 of the partition: the detector is off/,
    );
  });
});
