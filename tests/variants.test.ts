import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { dataPlugin } from '@fasthep/data';
import { hepPlugin } from '@fasthep/hep';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectClose, histogram, rows } from './support/numbers.ts';
import { type Ran, runWorkflow } from './support/run-workflow.ts';

// One dataset is data: no weights, no variations. Regions, and one region alone.
const folder = resolve(import.meta.dirname, '../examples/dimuon/data');
const workflow = `
datasets:
  - {name: measured, kind: data, files: [${folder}/ww.root]}
  - {name: zz, kind: mc, files: [${folder}/zz.root], xsec: 2.5}
tasks:
  events: {read: {datasets: "\${datasets}", tree: events}}
  weights:
    when: dataset.kind == 'mc'
    weight: {event: {nominal: EventWeight, up: EventWeight * 2, down: EventWeight / 2}}
  scale:
    when: dataset.kind == 'mc'
    vary: {MET_px: {up: MET_px * 1.1, down: MET_px * 0.9}}
  met: {hist: {x: {field: MET_px, bins: [10, -50, 50]}}}
  select: {cutflow: {muon: NMuon >= 1, trigger: triggerIsoMu24}}
  jets:
    regions: {none: NJet == 0, some: NJet > 0}
  n: {group: {agg: {n: count(), sumw: sumw()}}}
  only: {needs: [jets.some], hist: {x: {field: NJet, bins: [4, 0, 4]}, storage: count}}
`;
let ran: Ran;
let temporary = '';
beforeAll(async () => {
  temporary = await mkdtemp(join(tmpdir(), 'variants-'));
  const file = join(temporary, 'flow.yaml');
  await writeFile(file, workflow);
  ran = await runWorkflow(file, { plugins: [dataPlugin, hepPlugin] });
});
afterAll(() => rm(temporary, { recursive: true }));

test('histograms: data repeats its nominal in every variation', () => {
  const axes = histogram(ran, 'met').axes;
  expect(axes.map((axis) => axis.name)).toEqual(['dataset', 'variation', 'MET_px']);
  expect(axes[1]).toMatchObject({
    categories: ['nominal', 'event_up', 'event_down', 'scale_up', 'scale_down'],
  });
  const of = (dataset: string, variation: string) => histogram(ran, 'met', { dataset, variation }).values;
  const total = (values: Float64Array) => values.reduce((a, b) => a + b, 0);
  expect(total(of('measured', 'nominal'))).toBe(4580);
  for (const variation of ['event_up', 'scale_down'])
    expect(of('measured', variation)).toEqual(of('measured', 'nominal'));
  expectClose(
    of('zz', 'event_up'),
    of('zz', 'nominal').map((value) => value * 2),
    1e-12,
  );
  expect(of('zz', 'scale_up')).not.toEqual(of('zz', 'nominal'));
  expectClose([total(of('zz', 'scale_up'))], [total(of('zz', 'nominal'))], 1e-12);
});

test('reports and tables: only what was made', () => {
  const report = rows(ran, 'select_report');
  const variations = (dataset: string) => [
    ...new Set(report.filter((row) => row.dataset === dataset).map((row) => row.variation)),
  ];
  expect(variations('measured')).toEqual(['nominal']);
  // The cuts use nothing that is varied: only the weights show.
  expect(variations('zz')).toEqual(['nominal', 'event_up', 'event_down']);
  const table = rows(ran, 'n');
  expect(Object.keys(table[0]!)).toEqual(['dataset', 'jets', 'variation', 'n', 'sumw']);
  const [none, some] = ['none', 'some'].map(
    (jets) => table.find((row) => row.dataset === 'measured' && row.jets === jets)!,
  );
  expect(none!.n).toBe(none!.sumw);
  const passed = report.find((row) => row.dataset === 'measured' && row.cut === 'trigger')!.n as number;
  expect((none!.n as number) + (some!.n as number)).toBe(passed);
});

test('one region alone keeps its label', () => {
  const only = histogram(ran, 'only');
  expect(only.axes.map((axis) => axis.name)).toEqual(['dataset', 'jets', 'NJet']);
  expect(only.axes[1]).toMatchObject({ categories: ['some'] });
  const [, one] = histogram(ran, 'only', { dataset: 'measured', jets: 'some' }).values;
  expect(one).toBe(0);
});
