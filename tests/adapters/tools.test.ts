/** Commands and functions of the user's as tasks: shell, js, assert, single_tree. */
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { adaptPlugin } from '@fasthep/adapters';
import { dataPlugin } from '@fasthep/data';
import { memoryStore } from '@fasthep/flow';
import { hepPlugin } from '@fasthep/hep';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { histogram, rows } from '../support/numbers.ts';
import { type Ran, runWorkflow } from '../support/run-workflow.ts';

const data = resolve(import.meta.dirname, '../vectors/multitree/data');
const plugins = [dataPlugin, hepPlugin, adaptPlugin];
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'flow-tools-'));
  copyFileSync(resolve(import.meta.dirname, 'readers/summary.mjs'), join(folder, 'summary.mjs'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const START = `
tasks:
  source: {read: {files: ${data}/mt01.root, trees: {reco: reco/Events, l1: l1/Upgrade}}}
  events: {needs: [source.reco], filter: met > 0}
  counts: {group: {agg: {n: count(), met: mean(met)}}}
  table: {project: [event, met]}
  h: {hist: {x: {field: met, bins: [4, 0, 100]}}}
`;
function run(tasks: string, store = memoryStore()): Promise<Ran> {
  const file = join(folder, 'flow.yaml');
  writeFileSync(file, START + tasks);
  return runWorkflow(file, { plugins, store });
}
const json = (ran: Ran, name: string) => ran.products.get(name)!.value;
const files = (ran: Ran, name: string) =>
  Object.fromEntries(
    (ran.products.get(name)!.value as { name: string; bytes: Uint8Array }[]).map(({ name, bytes }) => [
      name,
      new TextDecoder().decode(bytes),
    ]),
  );

describe('shell', () => {
  test('reads products as files, keeps the files it names and its log', async () => {
    const ran = await run(`
  lines: {needs: [counts], shell: {run: "head -1 counts.csv > head.txt; ls; echo $MORE", outputs: [head.txt], env: {MORE: "a b"}}}
`);
    expect(files(ran, 'lines')).toEqual({
      'head.txt': 'n,met\n',
      '{task}.log': 'counts.csv\ncounts.json\nhead.txt\na b\n',
    });
  });
  test('a list of words is no text for the shell', async () => {
    const ran = await run(`  said: {needs: [], shell: [echo, "$HOME; *", 'a "b"']}\n`);
    expect(files(ran, 'said')['{task}.log']).toBe('$HOME; * a "b"\n');
  });
  test('runs each time', async () => {
    const store = memoryStore();
    const tasks = `  when: {needs: [], shell: date +%s%N}\n`;
    const first = files(await run(tasks, store), 'when');
    expect(files(await run(tasks, store), 'when')).toEqual(first);
  });
  test.each([
    ['{run: "exit 3"}', /ended with code 3/],
    ['{run: "echo no luck >&2; false"}', /ended with code 1: no luck/],
    ['{run: "touch a.txt", outputs: [b.txt]}', /made no file b\.txt it made a\.txt/],
    ['{run: "true", outputs: [../b.txt]}', /outside the command's working directory/],
    ['[no-such-program]', /cannot be started.*no-such-program/],
  ])('%s', async (args, message) => {
    await expect(run(`  failing: {needs: [], shell: ${args}}\n`)).rejects.toThrow(message);
  });
});

describe('js', () => {
  test('gets tables as columns, gives plain data', async () => {
    const ran = await run(`
  told: {needs: [table], js: {call: "summary.mjs:summary", args: {from: 10}}}
`);
    const [counts] = rows(ran, 'counts');
    const { n, mean, distance } = json(ran, 'told') as Record<string, number>;
    expect(n).toBe(Number(counts!.n));
    expect(mean).toBeCloseTo(counts!.met as number, 9);
    expect(distance).toBeCloseTo(Math.abs(mean! - 10), 9);
  });
  test('gives histograms and tables', async () => {
    const ran = await run(`
  twice: {needs: [h], js: {call: "summary.mjs:doubled", gives: histogram}}
  list: {needs: [], js: {call: "summary.mjs:rows", gives: table}}
`);
    expect([...histogram(ran, 'twice').values]).toEqual([...histogram(ran, 'h').values].map((x) => 2 * x));
    expect(rows(ran, 'list')).toEqual([
      { a: 1, b: 'x' },
      { a: 2, b: 'y' },
    ]);
  });
});

describe('assert', () => {
  test('passes, and tells what it saw', async () => {
    const ran = await run(`
  told: {needs: [table], js: {call: "summary.mjs:summary"}}
  check: {assert: {that: [counts.n > 100, told.distance < 1000]}}
`);
    expect(json(ran, 'check')).toMatchObject([
      { that: 'counts.n > 100', holds: true, saw: { 'counts.n': 200 } },
      { holds: true },
    ]);
  });
  test.each([
    [
      '{that: [counts.n > 1000], message: too few}',
      /adapt\.assert too few \(counts\.n > 1000, as counts\.n is 200\)/,
    ],
    ['counts.met + 1', /neither true nor false/],
    ['counts.m > 1', /'counts\.m', which no result has/],
  ])('%s', async (args, message) => {
    await expect(run(`  check: {assert: ${args}}\n`)).rejects.toThrow(message);
  });
});

test('single_tree: joined streams as one flat table, read no wider than it is used', async () => {
  const ran = await run(
    `
  both: {needs: {left: source.reco, l1: source.l1}, join: {l1: entry}}
  flat: {single_tree: {}}
  few: {group: {agg: {n: sum(nl1_pt_of), met: sum(met)}}}
`.replace('nl1_pt_of', 'num(l1_l1_pt)'),
  );
  const plain = await run(`
  both: {needs: {left: source.reco, l1: source.l1}, join: {l1: entry}}
  few: {group: {agg: {n: sum(num(l1.l1_pt)), met: sum(met)}}}
  flat: {single_tree: {}}
  skim: {write: skim.json}
`);
  expect(rows(ran, 'few')).toEqual(rows(plain, 'few'));
  const skim = JSON.parse(files(plain, 'skim')['skim.json']!) as object[];
  expect(Object.keys(skim[0]!)).toEqual(expect.arrayContaining(['met', 'jet_pt', 'l1_l1_pt']));
});
