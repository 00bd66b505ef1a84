import { resolve } from 'node:path';
import { dataPlugin } from '@fasthep/data';
import { hepPlugin } from '@fasthep/hep';
import { renderPlugin } from '@fasthep/render';
import { beforeAll, describe, expect, test } from 'vitest';
import { expectClose, histogram, rows } from './support/numbers.ts';
import { type Ran, runWorkflow, workOf } from './support/run-workflow.ts';
import carpenter from './vectors/dimuon/carpenter.json' with { type: 'json' };
import published from './vectors/dimuon/published.json' with { type: 'json' };

const file = resolve(import.meta.dirname, '../examples/dimuon/flow.yaml');
const plugins = [dataPlugin, hepPlugin, renderPlugin];
/** fast-carpenter sums in the order of its chunks; the tables of 2019 are float32. */
const [SUMS, FLOAT32] = [1e-9, 2e-6];

let ran: Ran;
beforeAll(async () => {
  ran = await runWorkflow(file, { plugins });
});

type Cells = readonly (readonly string[])[];

/** Low edge of `[60.0, 61.0)` or `(60.0, 61.0]`. */
const lowEdge = (text: string) =>
  text.includes('-inf') ? Number.NEGATIVE_INFINITY : Number(/[[(]([^,]+),/.exec(text)![1]);

describe.each([
  ['fast-carpenter 0.23', carpenter.csv['tbl_dataset.nMuons.nIsoMuons--NumberMuons.csv'], SUMS],
  ['the published table', published.fast2019_nmuons, FLOAT32],
] as [string, Cells, number][])('muon multiplicities as in %s', (_, [, ...cells], tolerance) => {
  test('every row', () => {
    const ours = new Map(
      rows(ran, 'multiplicity').map((row) => [`${row.dataset} ${row.n_muons} ${row.n_isolated}`, row]),
    );
    expect(ours.size).toBe(cells.length);
    for (const [dataset, muons, isolated, n, sumw, sumw2] of cells) {
      const row = ours.get(`${dataset} ${Number(muons)} ${Number(isolated)}`)!;
      expect(row.n).toBe(Number(n));
      expectClose([row.sumw as number, row.sumw2 as number], [Number(sumw), Number(sumw2)], tolerance);
    }
  });
});

describe.each([
  ['fast-carpenter 0.23', carpenter.csv['tbl_dataset.dimu_mass--DiMuonMass.csv'], SUMS],
  ['the published table', published.fast2019_dimu_mass, FLOAT32],
] as [string, Cells, number][])('dimuon mass as in %s', (_, [, ...cells], tolerance) => {
  test('the table', () => {
    const ours = new Map(rows(ran, 'mass_table').map((row) => [`${row.dataset} ${row.mass}`, row]));
    let filled = 0;
    for (const [dataset, bin, n, sumw, sumw2] of cells) {
      const row = ours.get(`${dataset} ${lowEdge(bin!)}`);
      expect(row?.n ?? 0).toBe(Number(n));
      expectClose(
        [Number(row?.sumw ?? 0), Number(row?.sumw2 ?? 0)],
        [Number(sumw), Number(sumw2)],
        tolerance,
        bin,
      );
      if (row) filled++;
    }
    expect(filled).toBe(ours.size);
  });

  test.each(['ww', 'zz'])('the histogram of %s, flow included', (dataset) => {
    const wanted = cells.filter((row) => row[0] === dataset);
    const ours = histogram(ran, 'mass', { dataset });
    if (ours.storage !== 'weighted') throw new Error(ours.storage);
    expectClose(
      ours.values,
      wanted.map((row) => Number(row[3])),
      tolerance,
    );
    expectClose(
      ours.variances,
      wanted.map((row) => Number(row[4])),
      tolerance,
    );
  });
});

describe('cutflow', () => {
  const NAMES: Record<string, string> = { 'NIsoMuon >= 2': 'two_isolated', 'triggerIsoMu24 == 1': 'trigger' };
  const report = (dataset: string, cut: string) =>
    rows(ran, 'select_report').find((row) => row.dataset === dataset && row.cut === cut)!;

  test('in sequence and alone, as fast-carpenter counts', () => {
    const cells = carpenter.csv['cuts_EventSelection-weighted.csv']
      .slice(3)
      .filter((row) => row[2] !== 'All');
    expect(cells).toHaveLength(6);
    for (const [dataset, , cut, alone, aloneW, n, sumw, before, beforeW] of cells) {
      const row = report(dataset!, NAMES[cut!] ?? 'leading_pt');
      expect([row.n, row.n_alone, row.n_before]).toEqual([Number(n), Number(alone), Number(before)]);
      expectClose([row.sumw, row.sumw_alone, row.sumw_before] as number[], [
        Number(sumw),
        Number(aloneW),
        Number(beforeW),
      ]);
    }
  });

  test('as published in 2019', () => {
    const [, ...cells] = published.fast2019_cutflow;
    for (const [dataset, depth, cut, alone, aloneW] of cells) {
      // The first row of each dataset is what passes the whole selection.
      const row = report(dataset!, depth === '0' ? 'leading_pt' : (NAMES[cut!] ?? 'leading_pt'));
      expect(depth === '0' ? row.n : row.n_alone).toBe(Number(alone));
      expectClose([Number(depth === '0' ? row.sumw : row.sumw_alone)], [Number(aloneW)], FLOAT32);
    }
    expect(report('ww', 'all')).toMatchObject({ n: 4580 });
    expect(report('zz', 'all')).toMatchObject({ n: 2421 });
  });
});

test('only the branches in use are read', () => {
  expect(workOf(ran.events).columns).toEqual([
    'EventWeight',
    'Muon_E',
    'Muon_Iso',
    'Muon_Px',
    'Muon_Py',
    'Muon_Pz',
    // The number of muons, for what counts them and no more.
    'NMuon',
    'triggerIsoMu24',
  ]);
});

test('a second run of the same makes nothing; a harder cut makes only what depends on it', async () => {
  const again = await runWorkflow(file, { plugins, store: ran.store });
  expect(workOf(again.events)).toEqual({ columns: [], made: 0 });
  const harder = await runWorkflow(file, { plugins, store: ran.store, overrides: ['selection.pt=30'] });
  expect(harder.products.get('multiplicity')!.key).toBe(ran.products.get('multiplicity')!.key);
  expect(harder.products.get('mass')!.key).not.toBe(ran.products.get('mass')!.key);
  const passed = (one: Ran) =>
    rows(one, 'select_report')
      .filter((row) => row.cut === 'leading_pt')
      .map((row) => row.n);
  expect(passed(ran)).toEqual([243, 1232]);
  for (const [i, n] of passed(harder).entries()) expect(n).toBeLessThan(passed(ran)[i] as number);
});

test('many partitions give the same numbers', async () => {
  const many = await runWorkflow(file, { plugins, partitionSize: 20_000 });
  const [segment] = many.plan.families;
  expect(segment!.size).toBeGreaterThan(10);
  for (const name of ['mass', 'n_muons'])
    expectClose(histogram(many, name).values, histogram(ran, name).values, 1e-12);
  expect(rows(many, 'multiplicity').map((row) => row.n)).toEqual(
    rows(ran, 'multiplicity').map((row) => row.n),
  );
});
