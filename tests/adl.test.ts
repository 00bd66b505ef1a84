import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { dataPlugin } from '@fasthep/data';
import { hepPlugin } from '@fasthep/hep';
import { renderPlugin } from '@fasthep/render';
import { beforeAll, describe, expect, test } from 'vitest';
import { expectClose, histogram, rows } from './support/numbers.ts';
import { type Ran, runWorkflow } from './support/run-workflow.ts';

interface Bins {
  sumw: number[];
  sumw2: number[];
  underflow: { sumw: number; sumw2: number };
  overflow: { sumw: number; sumw2: number };
}
/** What is not finite is written as text. */
interface Cut {
  n: number;
  sumw: number | string;
  sumw2: number | string;
}
type Answers = Record<string, Record<string, Bins>> & { zmumu: Record<string, Bins | Record<string, Cut>> };

const folder = resolve(import.meta.dirname, 'vectors/nano');
// Answers on which awkward, an event loop and RDataFrame agree.
const answersFor = (
  JSON.parse(readFileSync(resolve(folder, 'expected.json'), 'utf8')) as { files: Record<string, Answers> }
).files;
const plugins = [dataPlugin, hepPlugin, renderPlugin];
const run = (name: string, file: string) =>
  runWorkflow(resolve(import.meta.dirname, `../examples/adl/${name}.yaml`), {
    plugins,
    overrides: [`data.path=${resolve(folder, `${file}.root`)}`],
  });

function expectBins(ran: Ran, name: string, wanted: Bins, picks: Record<string, string> = {}): void {
  const ours = histogram(ran, name, picks);
  if (ours.storage !== 'weighted') throw new Error(ours.storage);
  const cells = (key: 'sumw' | 'sumw2') => [wanted.underflow[key], ...wanted[key], wanted.overflow[key]];
  expectClose(ours.values, cells('sumw'), 1e-9, name);
  expectClose(ours.variances, cells('sumw2'), 1e-9, name);
}

// One file with NaN, infinities, ties and empty events, one without an event.
describe.each(['awkward', 'empty'])('%s.root', (file) => {
  const answers = answersFor[file]!;
  test.each([
    ['q1', { met: 'met' }],
    ['q2', { jet_pt: 'jet_pt' }],
    ['q3', { jet_pt: 'jet_pt' }],
    ['q4', { met: 'met' }],
    ['q5', { met: 'met' }],
    ['q6', { pt: 'pt', btag: 'btag' }],
    ['q7', { sum_pt: 'sumpt' }],
    ['q8', { mt: 'mt' }],
  ] as [string, Record<string, string>][])('query %s', async (name, histograms) => {
    const ran = await run(name, file);
    for (const [ours, theirs] of Object.entries(histograms)) expectBins(ran, ours, answers[name]![theirs]!);
  });

  describe('Z to two muons', () => {
    let ran: Ran;
    beforeAll(async () => {
      ran = await run('zmumu', file);
    });
    const variations = ['nominal', 'mu_scale_up', 'mu_scale_down', 'weight_up', 'weight_down'];

    test.each(variations)('mass, %s', (variation) => {
      expectBins(ran, 'mass', answers.zmumu[`mass_${variation}`] as Bins, { dataset: 'sample', variation });
    });

    test.each(variations)('cutflow, %s', (variation) => {
      const wanted = answers.zmumu[`cutflow_${variation}`] as Record<string, Cut>;
      const ours = rows(ran, 'select_report').filter((row) => row.variation === variation);
      expect(ours.map((row) => row.cut)).toEqual(Object.keys(wanted));
      expect(ours.map((row) => row.n)).toEqual(Object.values(wanted).map((cut) => cut.n));
      expectClose(
        ours.map((row) => row.sumw as number),
        Object.values(wanted).map((cut) => Number(cut.sumw)),
      );
      expectClose(
        ours.map((row) => row.sumw2 as number),
        Object.values(wanted).map((cut) => Number(cut.sumw2)),
      );
    });
  });
});
