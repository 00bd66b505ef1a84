import { resolve } from 'node:path';
import { dataPlugin } from '@fasthep/data';
import { hepPlugin } from '@fasthep/hep';
import { renderPlugin } from '@fasthep/render';
import { beforeAll, expect, test } from 'vitest';
import { expectClose, histogram, rows } from './support/numbers.ts';
import { type Ran, runWorkflow } from './support/run-workflow.ts';
import coffea from './vectors/dimuon/hzz.json' with { type: 'json' };

// The same analysis by coffea's processor, float64, one chunk.
const { output } = coffea;
let ran: Ran;
beforeAll(async () => {
  const file = resolve(import.meta.dirname, '../examples/dimuon/hzz.yaml');
  ran = await runWorkflow(file, { plugins: [dataPlugin, hepPlugin, renderPlugin] });
});

const cutflow = () => rows(ran, 'select_report').filter((row) => row.variation === 'nominal');

test('cutflow in sequence and alone', () => {
  const cuts = cutflow();
  expect(cuts.map((row) => row.n)).toEqual([2421, 2421, 1118, 1109, 1050]);
  expect(cuts.map((row) => row.cut)).toEqual([
    'all',
    'trigger',
    'two_good_muons',
    'opposite_charge',
    'z_window',
  ]);
  expectClose(
    cuts.map((row) => row.sumw as number),
    Object.values(output.cutflow_w.hzz),
  );
  expect(cuts.slice(1).map((row) => row.n_alone)).toEqual(Object.values(output.onecut.hzz));
  expectClose(
    cuts.slice(1).map((row) => row.sumw_alone as number),
    Object.values(output.onecut_w.hzz),
  );
});

const CASES = ['nominal', 'toy_up', 'toy_down'].flatMap((variation, v) =>
  ['OS', 'SS'].map((charge, c) => [variation, charge, v, c] as const),
);

test.each(CASES)('mass, %s, %s: every bin', (variation, charge, v, c) => {
  const ours = histogram(ran, 'mass', { dataset: 'zz', variation, charge });
  if (ours.storage !== 'weighted') throw new Error(ours.storage);
  // Theirs has axes [dataset, variation + overflow, charge + overflow, mass + flow].
  const start = (v * 3 + c) * 62;
  const cells = (values: number[]) => values.slice(start, start + 62);
  expect(ours.values).toHaveLength(62);
  expectClose(ours.values, cells(output.h_mass.value as number[]));
  expectClose(ours.variances, cells(output.h_mass.variance as number[]));
});

test.each([
  ['pt', output.h_pt],
  ['n_good', output.h_n],
])('%s: every bin, flow included', (name, wanted) => {
  const ours = histogram(ran, name, { dataset: 'zz', variation: 'nominal' });
  if (ours.storage !== 'weighted') throw new Error(ours.storage);
  expectClose(ours.values, wanted.value as number[]);
  expectClose(ours.variances, wanted.variance as number[]);
});

test('profile of the missing momentum', () => {
  const ours = histogram(ran, 'met_profile', { dataset: 'zz', variation: 'nominal' });
  if (ours.storage !== 'weighted_mean') throw new Error(ours.storage);
  const wanted = output.h_prof;
  expectClose(ours.sumw, wanted.sum_of_weights);
  expectClose(ours.sumw2, wanted.sum_of_weights_squared);
  const filled = Array.from(ours.sumw, (sum) => sum > 0);
  const where = (values: ArrayLike<number>) => Array.from(values).filter((_, i) => filled[i]);
  expectClose(where(ours.values), where(wanted.value as number[]));
  expectClose(where(ours.deltas), where(wanted._sum_of_weighted_deltas_squared as number[]), 1e-9);
});
