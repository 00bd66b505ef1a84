/** Several trees, several granularities: joins whose answers were computed with pandas and awkward. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { dataPlugin } from '@fasthep/data';
import { hepPlugin } from '@fasthep/hep';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { histogram, rows } from './support/numbers.ts';
import { type Ran, runWorkflow } from './support/run-workflow.ts';

const vectors = resolve(import.meta.dirname, 'vectors/multitree');
const plugins = [dataPlugin, hepPlugin];
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'flow-multitree-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function expected(name: string) {
  return JSON.parse(readFileSync(join(vectors, `${name}.json`), 'utf8')).expected;
}

/** Runs a workflow on files of the vectors; `DATA` stands for their folder. `partitionSize` makes many partitions. */
function run(text: string, partitionSize?: number): Promise<Ran> {
  const file = join(folder, 'flow.yaml');
  writeFileSync(file, text.replaceAll('DATA', join(vectors, 'data')));
  return runWorkflow(file, { plugins, ...(partitionSize === undefined ? {} : { partitionSize }) });
}

/** Rows that a task wrote as JSON. */
function written(ran: Ran, name: string): Record<string, unknown>[] {
  const [file] = ran.products.get(name)!.value as { bytes: Uint8Array }[];
  return JSON.parse(new TextDecoder().decode(file!.bytes));
}

const one = (ran: Ran, name: string) => rows(ran, name)[0]!;

describe.each([
  ['one partition', undefined],
  ['many partitions', 4000],
] as const)('%s', (_, size) => {
  test('row by row, with the prefix of the other tree', async () => {
    const wanted = expected('mt01-zip-by-entry');
    const ran = await run(
      `
tasks:
  source: {read: {files: DATA/mt01.root, trees: {reco: reco/Events, l1: l1/Upgrade}}}
  both: {needs: {left: source.reco, l1: source.l1}, join: {l1: entry}}
  n: {group: {agg: {n: count()}}}
  table: {project: {fields: {met: met, jet_pt: jet_pt, l1_pt: l1.l1_pt}}}
  first: {write: first.json}
`,
      size,
    );
    expect(one(ran, 'n').n).toBe(wanted.n);
    const first = written(ran, 'first') as unknown as { met: number; jet_pt: number[]; l1_pt: number[] }[];
    wanted.first5.forEach((row: Record<string, number | number[]>, i: number) => {
      expect(first[i]!.met).toBeCloseTo(row['reco.met'] as number, 9);
      expect(first[i]!.jet_pt).toEqual(row['reco.jet_pt']);
      expect(first[i]!.l1_pt).toEqual(row['l1.l1_pt']);
    });
  });

  test('by three keys, the other tree in another order; left order is kept', async () => {
    const wanted = expected('mt03-key-join-reordered');
    const ran = await run(
      `
tasks:
  source: {read: {files: DATA/mt03.root, trees: {events: Events, scores: Scores}}}
  both: {needs: {left: source.events, s: source.scores}, join: {s: [run, lumi, event]}}
  n: {group: {agg: {n: count()}}}
  table: {project: {fields: {run: run, lumi: lumi, event: event, met: met, score: s.score}}}
  first: {write: first.json}
`,
      size,
    );
    expect(one(ran, 'n').n).toBe(wanted.n);
    wanted.first8.forEach((row: Record<string, number>, i: number) => {
      const ours = written(ran, 'first')[i] as Record<string, number>;
      for (const [name, value] of Object.entries(row)) expect(ours[name]).toBeCloseTo(value, 8);
    });
  });

  test('left and inner, with keys missing on both sides', async () => {
    const wanted = expected('mt04-key-join-missing');
    const flow = (how: string) => `
tasks:
  source: {read: {files: DATA/mt04.root, trees: {events: Events, scores: Scores}}}
  both: {needs: {left: source.events, s: source.scores}, join: {s: {by: [run, lumi, event], how: ${how}}}}
  sums: {group: {agg: {n: count(), matched: count(s.score), score: sum(s.score), met: sum(met)}}}
  table: {project: {fields: {event: event}}}
  list: {write: list.json}
`;
    const left = one(await run(flow('left'), size), 'sums');
    expect(left.n).toBe(wanted.left.n);
    expect(Number(left.n) - Number(left.matched)).toBe(wanted.left.n_null_score);
    expect(left.score).toBeCloseTo(wanted.left.sum_score, 9);
    const inner = await run(flow('inner'), size);
    expect(one(inner, 'sums').n).toBe(wanted.inner.n);
    expect(one(inner, 'sums').met).toBeCloseTo(wanted.inner.sum_met, 8);
    expect(written(inner, 'list').map((row) => row.event)).toEqual(wanted.inner.event);
  });

  test('a key twice on the left is matched twice', async () => {
    const wanted = expected('mt06-left-duplicates').left;
    const ran = await run(
      `
tasks:
  source: {read: {files: DATA/mt06.root, trees: {events: Events, scores: Scores}}}
  both: {needs: {left: source.events, s: source.scores}, join: {s: [run, lumi, event]}}
  sums: {group: {agg: {n: count(), score: sum(s.score)}}}
`,
      size,
    );
    expect(one(ran, 'sums').n).toBe(wanted.n);
    expect(one(ran, 'sums').score).toBeCloseTo(wanted.sum_score, 9);
  });

  test('per luminosity block and per run onto events', async () => {
    const wanted = expected('mt07-per-lumi-per-run');
    const ran = await run(
      `
tasks:
  source: {read: {files: DATA/mt07.root, trees: {events: Events, lumis: LuminosityBlocks, runs: Runs}}}
  total: {needs: [source.runs], group: {agg: {sumw: sum(genEventSumw)}}}
  all:
    needs: {left: source.events, block: source.lumis, conditions: source.runs}
    join: {block: [run, lumi], conditions: [run]}
  sums: {group: {agg: {n: count(), known: count(block.inst_lumi), lumi: sum(block.inst_lumi)}}}
  on: {filter: conditions.bfield > 0}
  field: {group: {agg: {n: count(), met: sum(met)}}}
`,
      size,
    );
    const sums = one(ran, 'sums');
    expect(sums.n).toBe(wanted.n);
    expect(Number(sums.n) - Number(sums.known)).toBe(wanted.n_null_inst_lumi);
    expect(sums.lumi).toBeCloseTo(wanted.sum_inst_lumi, 8);
    expect(one(ran, 'field').n).toBe(wanted.n_bfield_on);
    expect(one(ran, 'field').met).toBeCloseTo(wanted.sum_met_bfield_on, 7);
    expect(one(ran, 'total').sumw).toBeCloseTo(wanted.sum_of_genEventSumw_over_run_tree, 8);
  });

  test('event numbers above 2^53 are compared exactly, signed with unsigned', async () => {
    const wanted = expected('mt14-64bit-keys');
    const ran = await run(
      `
tasks:
  source: {read: {files: DATA/mt14.root, trees: {a: A, b: B}}}
  both: {needs: {left: source.a, b: source.b}, join: {b: {by: [event], how: inner}}}
  table: {project: {fields: {v: v, s: b.s}}}
  list: {write: list.json}
`,
      size,
    );
    const pairs = wanted.pairs.map(({ v, s }: { v: number; s: number }) => ({ v, s }));
    expect(written(ran, 'list').map(({ v, s }) => ({ v: Number(v), s: Number(s) }))).toEqual(pairs);
  });
});

describe('trees of unequal lengths', () => {
  const flow = (mismatch: string) => `
tasks:
  source: {read: {files: DATA/mt02.root, trees: {A: A, B: B}}}
  both: {needs: {left: source.A, B: source.B}, join: {B: {by: entry, mismatch: ${mismatch}}}}
  sums: {group: {agg: {n: count(), known: count(B.b), a: sum(a), b: sum(B.b)}}}
`;
  const wanted = expected('mt02-zip-length-mismatch');

  test('are an error that names both, their lengths and the file', async () => {
    await expect(run(flow('error'))).rejects.toThrow(/100.*'B'.*97/);
  });
  test('truncate', async () => {
    const sums = one(await run(flow('truncate')), 'sums');
    expect(sums.n).toBe(wanted['on_mismatch=truncate'].n);
    expect(sums.a).toBeCloseTo(wanted['on_mismatch=truncate'].sum_a, 9);
    expect(sums.b).toBeCloseTo(wanted['on_mismatch=truncate'].sum_b, 9);
  });
  test('pad', async () => {
    const sums = one(await run(flow('pad')), 'sums');
    expect(sums.n).toBe(wanted['on_mismatch=pad'].n);
    expect(Number(sums.n) - Number(sums.known)).toBe(wanted['on_mismatch=pad'].n_null_b);
    expect(sums.a).toBeCloseTo(wanted['on_mismatch=pad'].sum_a, 9);
  });
});

test('trees of other files, each by row number', async () => {
  const wanted = expected('mt09-friends-in-other-files');
  const ran = await run(`
tasks:
  main: {read: {files: DATA/mt09_main.root, tree: Events}}
  w: {needs: [], read: {files: DATA/mt09_friend_w.root, tree: W}}
  tags: {needs: [], read: {files: DATA/mt09_friend_tag.root, tree: tags}}
  all: {needs: {left: main, w: w, tags: tags}, join: {w: entry, tags: entry}}
  sums: {group: {agg: {n: count(), same: count_nonzero(tags.event == event)}}}
  by_tag: {group: {by: [tags.tag], agg: {n: count()}}}
`);
  expect(one(ran, 'sums')).toMatchObject({ n: wanted.n, same: wanted.n });
  expect(rows(ran, 'by_tag').map(({ n }) => n)).toEqual(wanted.n_by_tag);
});

test('a chain whose tree has another name in each file', async () => {
  const wanted = expected('mt10-chain-different-tree-names');
  const ran = await run(`
tasks:
  events:
    read:
      files:
        - {path: DATA/mt10_0.root, tree: events}
        - {path: DATA/mt10_1.root, tree: Events}
        - {path: DATA/mt10_2.root, tree: tree_v2/evt}
  sums: {group: {agg: {n: count(), x: sum(x)}}}
  x: {hist: {x: {field: x, bins: [10, 0, 100]}, storage: count}}
`);
  expect(one(ran, 'sums').n).toBe(wanted.n);
  expect(one(ran, 'sums').x).toBeCloseTo(wanted.sum_x, 7);
  expect([...histogram(ran, 'x').values].slice(1, -1)).toEqual(wanted.hist_0_100_10);
});

test('trees without rows, alone and in a chain', async () => {
  const wanted = expected('mt11-empty-tree');
  const flow = (files: string) => `
tasks:
  source: {read: {files: ${files}, trees: {events: events, aux: aux}}}
  both: {needs: {left: source.events, aux: source.aux}, join: {aux: entry}}
  sums: {group: {agg: {n: count(), x: sum(x), y: sum(aux.y)}}}
`;
  expect(one(await run(flow('DATA/mt11_empty.root')), 'sums').n).toBe(0);
  const sums = one(await run(flow('[DATA/mt11_empty.root, DATA/mt11_full.root]')), 'sums');
  expect(sums.n).toBe(wanted.chained.n);
  expect(sums.x).toBeCloseTo(wanted.chained.sum_x, 9);
  expect(sums.y).toBeCloseTo(wanted.chained.sum_y, 9);
});

describe('a tree that some files lack', () => {
  const flow = (aux: string) => `
tasks:
  source: {read: {files: [DATA/mt12_a.root, DATA/mt12_b.root], trees: {events: events, aux: ${aux}}}}
  both: {needs: {left: source.events, aux: source.aux}, join: {aux: {by: entry, mismatch: pad}}}
  sums: {group: {agg: {n: count(), known: count(aux.y), y: sum(aux.y)}}}
`;
  test('is missing there when it is optional', async () => {
    const wanted = expected('mt12-missing-tree').optional;
    const sums = one(await run(flow('{tree: aux, optional: true}')), 'sums');
    expect(sums.n).toBe(wanted.n);
    expect(Number(sums.n) - Number(sums.known)).toBe(wanted.n_null_y);
    expect(sums.y).toBeCloseTo(wanted.sum_y, 9);
  });
  test('is an error that names the tree and the file otherwise', async () => {
    await expect(run(flow('aux'))).rejects.toThrow(/mt12_b\.root.*aux/);
  });
});

test('several rows of one key are an error, or a collection', async () => {
  const flow = (many: string, met: string) => `
tasks:
  source: {read: {files: DATA/mt07.root, trees: {events: Events, runs: Runs}}}
  all: {needs: {left: source.runs, event: source.events}, join: {event: {by: [run], many: ${many}}}}
  per_run: {define: {n: ${met === 'event.met' ? '1' : 'num(event)'}, met: ${met}}}
  table: {group: {by: [run], agg: {n: sum(n), met: sum(met)}}}
  events: {needs: [source.events], group: {by: [run], agg: {n: count(), met: sum(met)}}}
`;
  await expect(run(flow('error', 'event.met'))).rejects.toThrow(/several rows with the key run = /);
  const ran = await run(flow('list', 'sum(event.met)'));
  const plain = rows(ran, 'events');
  rows(ran, 'table').forEach((row, i) => {
    expect(row.n).toBe(plain[i]!.n);
    expect(row.met).toBeCloseTo(plain[i]!.met as number, 7);
  });
});
