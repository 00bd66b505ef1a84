/** Workflows of other FAST-HEP generations: what they make, and that their conversions make the same. */
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import adapters from '@fasthep/adapters';
import { composeFile } from '@fasthep/config';
import { nodeFiles } from '@fasthep/config/node';
import { dataPlugin } from '@fasthep/data';
import { convertWorkflow, corePlugin, createRegistry } from '@fasthep/flow';
import { hepPlugin } from '@fasthep/hep';
import { renderPlugin } from '@fasthep/render';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { expectClose, histogram, rows } from './support/numbers.ts';
import { type Ran, runWorkflow } from './support/run-workflow.ts';

const plugins = [dataPlugin, hepPlugin, renderPlugin, adapters];
const vectors = resolve(import.meta.dirname, 'vectors');
const load = (path: string, from: string) => composeFile(join(from, '..', path), { files: nodeFiles() });

let folder: string;
beforeAll(() => {
  // Beside the vectors, so that paths stay as they are.
  folder = mkdtempSync(join(tmpdir(), 'flow-foreign-'));
  for (const name of ['nano', 'root', 'upstream']) symlinkSync(join(vectors, name), join(folder, name));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function converted(name: string): Promise<Ran> {
  const config = composeFile(join(vectors, 'upstream', `${name}.yaml`), { files: nodeFiles() });
  const { text } = convertWorkflow(config, createRegistry([corePlugin, ...plugins]), 'default', { load });
  const own = join(folder, name);
  mkdirSync(own, { recursive: true });
  writeFileSync(join(own, `${name}.yaml`), text);
  return runWorkflow(join(own, `${name}.yaml`), { plugins });
}

const everything = (ran: Ran) =>
  Object.fromEntries(
    [...ran.products].filter(([, { type }]) => type !== 'files').map(([name, { value }]) => [name, value]),
  );

describe('objects, overlaps and pairs', () => {
  let foreign: Ran;
  let plain: Ran;
  beforeAll(async () => {
    foreign = await runWorkflow(join(vectors, 'upstream/objects.yaml'), { plugins });
    plain = await runWorkflow(join(vectors, 'upstream/objects-plain.yaml'), { plugins });
  });

  test.each(['NMuons', 'NJets', 'NRemoved', 'Mass', 'MuonPt', 'JetPt'])(
    '%s is what our own expressions give',
    (name) => {
      const [a, b] = [histogram(foreign, name), histogram(plain, name)];
      expect([...a.values]).toEqual([...b.values]);
      expect(a.values.reduce((x, y) => x + y, 0)).toBeGreaterThan(0);
    },
  );

  test('converted', async () => {
    expect(everything(await converted('objects'))).toEqual(everything(foreign));
  });
});

describe('a sequence of fast-carpenter', () => {
  let ran: Ran;
  beforeAll(async () => {
    ran = await runWorkflow(join(vectors, 'upstream/sequence.yaml'), { plugins, load });
  });
  const of = (name: string, dataset = 'zz') => rows(ran, name).filter((row) => row.dataset === dataset);

  test('every condition of a selection has a row', () => {
    const cuts = of('Cuts_report');
    expect(cuts.map((row) => row.cut)).toEqual([
      'all',
      'NGood >= 1',
      'any',
      'NMuon >= 2',
      'all (2)',
      'NJet >= 1',
      'high_met == 1',
      '(Muon_Pt > 25)[0]',
    ]);
    const [whole, good, any, two, both, jets] = cuts;
    expect(whole).toMatchObject({ n_before: 2421, n: cuts.at(-1)!.n });
    expect(good!.n).toBe(any!.n_before);
    // Inside an alternative: what was left outside, and what passes one of those up to this.
    expect([two!.n_before, both!.n_before, both!.n]).toEqual([good!.n, good!.n, any!.n]);
    expect(jets!.n_before).toBe(2421);
  });

  test('a region is a variable, counted beside the stream', () => {
    const inside = of('Counts').filter((row) => row.high_met === true);
    const [whole] = of('Met_cuts_report');
    expect(inside.reduce((sum, row) => sum + Number(row.n), 0)).toBe(whole!.n);
    expectClose([inside.reduce((sum, row) => sum + Number(row['w:sumw']), 0)], [whole!.sumw as number]);
  });

  test('a table without datasets is their sum', () => {
    const [one, other] = [of('Total_by_dataset'), of('Total_by_dataset', 'again')];
    expect(one.map(({ n }) => n)).toEqual(other.map(({ n }) => n));
    const sum = rows(ran, 'Total');
    expect(sum.map(({ mass }) => mass)).toEqual(one.map(({ mass }) => mass));
    expect(sum.map(({ n }) => n)).toEqual(one.map(({ n }) => 2 * Number(n)));
    expectClose(
      sum.map((row) => row['w:sumw2'] as number),
      one.map((row) => 2 * Number(row['w:sumw2'])),
    );
  });

  test('converted', async () => {
    expect(everything(await converted('sequence'))).toEqual(everything(ran));
  });
});

describe('several weights', () => {
  let ran: Ran;
  beforeAll(async () => {
    ran = await runWorkflow(join(vectors, 'upstream/weights.yaml'), { plugins, load });
  });

  test.each(['Counts', 'Objects'])('are columns of the table %s; data has none', (name) => {
    for (const row of rows(ran, name)) {
      const [one, two] = [Number(row['one:sumw']), Number(row['two:sumw'])];
      if (row.dataset === 'measured') expect([one, two]).toEqual([Number.NaN, Number.NaN]);
      else expectClose([two, Number(row['two:sumw2'])], [2 * one, 4 * Number(row['one:sumw2'])]);
      expect(row.n).toBeGreaterThan(0);
    }
  });

  test('are a report each; data is counted', () => {
    const [one, two] = [rows(ran, 'Cuts_cuts_one_report'), rows(ran, 'Cuts_cuts_two_report')];
    one.forEach((row, i) => {
      expect(two[i]!.n).toBe(row.n);
      if (row.dataset === 'measured') expect([row.sumw, two[i]!.sumw]).toEqual([row.n, row.n]);
      else expectClose([two[i]!.sumw as number], [2 * (row.sumw as number)]);
    });
  });

  test('converted', async () => {
    expect(everything(await converted('weights'))).toEqual(everything(ran));
  });
});
