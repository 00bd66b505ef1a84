/** The examples with several trees and with a reader give the numbers that pandas and awkward give. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { adaptPlugin } from '@fasthep/adapters';
import { dataPlugin } from '@fasthep/data';
import { hepPlugin } from '@fasthep/hep';
import { renderPlugin } from '@fasthep/render';
import { expect, test } from 'vitest';
import { histogram, rows } from '../support/numbers.ts';
import { runWorkflow } from '../support/run-workflow.ts';

const project = resolve(import.meta.dirname, '../..');
const plugins = [dataPlugin, hepPlugin, renderPlugin, adaptPlugin];
const run = (file: string) => runWorkflow(resolve(project, 'examples', file), { plugins });
const expected = (name: string) =>
  JSON.parse(readFileSync(resolve(project, `tests/vectors/multitree/${name}.json`), 'utf8')).expected;

test('two trees row by row', async () => {
  const ran = await run('multitree/trigger.yaml');
  const wanted = expected('mt01-zip-by-entry');
  expect(rows(ran, 'all')).toMatchObject([
    { n: wanted.n, reco_jets: wanted.total_reco_jets, l1_jets: wanted.total_l1_jets },
  ]);
  const [difference] = rows(ran, 'difference');
  expect(difference!.n).toBe(wanted.n_with_reco_and_l1_jet);
  expect(difference!.l1_minus_reco).toBeCloseTo(wanted.sum_lead_l1_minus_reco, 4);
  expect(rows(ran, 'turn_on-40').length).toBeGreaterThan(0);
});

test('events with their block and run', async () => {
  const ran = await run('multitree/runs.yaml');
  const wanted = expected('mt07-per-lumi-per-run');
  const [all] = rows(ran, 'all');
  expect(all!.n).toBe(wanted.n);
  expect(Number(all!.n) - Number(all!.known)).toBe(wanted.n_null_inst_lumi);
  expect(all!.inst_lumi).toBeCloseTo(wanted.sum_inst_lumi, 8);
  const cuts = rows(ran, 'select_report');
  expect(cuts.find(({ cut }) => cut === 'field_on')!.n).toBe(wanted.n_bfield_on);
  const n = rows(ran, 'by_run').reduce((sum, row) => sum + Number(row.n), 0);
  expect(n).toBe(cuts.find(({ cut }) => cut === 'known_lumi')!.n);
});

test('a reader that remembers', async () => {
  const ran = await run('readers/flow.yaml');
  const wanted = expected('mt15-state-across-events');
  expect(rows(ran, 'livetime')[0]!.ms).toBe(wanted.livetime_ms);
  expect(rows(ran, 'kept')[0]!.n).toBe(wanted.n_keep);
  expect(ran.products.get('alive_result')!.value).toEqual({
    seen: wanted.n,
    dropped: wanted.n - wanted.n_keep,
  });
  const gaps = histogram(ran, 'gaps');
  // No gap below 50 ms is left: the first five bins are empty.
  expect([...gaps.values].slice(0, 6)).toEqual([0, 0, 0, 0, 0, 0]);
});
