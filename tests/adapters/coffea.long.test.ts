/** Exported processors, run by the real coffea: cutflows and every bin of every histogram as ours. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { adaptPlugin, coffeaExporter } from '@fasthep/adapters';
import type { Histogram } from '@fasthep/columns';
import { dataPlugin } from '@fasthep/data';
import { hepPlugin } from '@fasthep/hep';
import { environment } from '@fasthep/python';
import { renderPlugin } from '@fasthep/render';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectClose, histogram, rows } from '../support/numbers.ts';
import { type Ran, runWorkflow } from '../support/run-workflow.ts';

const project = resolve(import.meta.dirname, '../..');
const plugins = [dataPlugin, hepPlugin, renderPlugin, adaptPlugin];
const nano = resolve(project, 'tests/vectors/nano/awkward.root');
const SPEC = {
  name: 'coffea',
  requirements: ['coffea==2026.9.0'],
  modules: ['coffea', 'awkward', 'vector', 'hist'],
};
let folder: string;
let python: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'flow-coffea-'));
  const given = process.env.FASTHEP_COFFEA_PYTHON;
  python = given ?? (await environment(SPEC, { create: true })).python;
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface TheirHistogram {
  axes: { name: string; bins: (string | number)[] }[];
  shape: number[];
  value: number[];
  variance?: number[];
}

async function both(
  file: string,
  overrides: string[] = [],
): Promise<{ ran: Ran; theirs: Record<string, unknown> }> {
  const ran = await runWorkflow(resolve(project, file), { plugins, overrides });
  const out = mkdtempSync(join(folder, 'x-'));
  const { files, problems } = coffeaExporter.write(ran.graph, ran.plan, { directory: out });
  expect(problems.filter(({ severity }) => severity !== 'warning')).toEqual([]);
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(out, name)), { recursive: true });
    writeFileSync(join(out, name), text);
  }
  execFileSync(python, ['run.py', '--chunksize', '700'], { cwd: out, stdio: 'pipe' });
  return { ran, theirs: JSON.parse(readFileSync(join(out, 'results.json'), 'utf8')) };
}

/** Cells of theirs for chosen categories, in the order of the other axes. */
function cells(theirs: TheirHistogram, picks: Record<string, string>, part: 'value' | 'variance'): number[] {
  const chosen = theirs.axes.map(({ name, bins }) =>
    Object.hasOwn(picks, name) ? bins.indexOf(picks[name]!) : undefined,
  );
  expect(chosen).not.toContain(-1);
  const out: number[] = [];
  const visit = (axis: number, offset: number): void => {
    if (axis === theirs.shape.length) {
      out.push(theirs[part]![offset]!);
      return;
    }
    const one = chosen[axis];
    for (let i = 0; i < theirs.shape[axis]!; i++)
      if (one === undefined || one === i) visit(axis + 1, offset * theirs.shape[axis]! + i);
  };
  visit(0, 0);
  return out;
}

function compare(ran: Ran, theirs: Record<string, unknown>, name: string, dataset: string): void {
  const whole = ran.products.get(name)!.value as Histogram;
  const labels = whole.axes.filter((axis) => axis.kind === 'category_str');
  const picked = labels.reduce<Record<string, string>[]>(
    (all, axis) =>
      all.flatMap((one) => (axis.categories as string[]).map((value) => ({ ...one, [axis.name]: value }))),
    [{}],
  );
  for (const picks of picked) {
    const ours = histogram(ran, name, picks);
    const own = theirs[name] as TheirHistogram;
    const all = { dataset, ...picks };
    expectClose(ours.values, cells(own, all, 'value'), 1e-9, `${name} ${JSON.stringify(picks)}`);
    if ('variances' in ours && ours.storage === 'weighted')
      expectClose(ours.variances, cells(own, all, 'variance'), 1e-9, name);
  }
}

test('ZZ to muons: variations by weight, regions, a profile, the cutflow', async () => {
  const { ran, theirs } = await both('examples/dimuon/hzz.yaml');
  for (const name of ['mass', 'pt', 'n_good', 'met_profile']) compare(ran, theirs, name, 'zz');
  const report = (
    theirs.select_report as Record<
      string,
      Record<string, Record<string, Record<string, Record<string, number>>>>
    >
  ).zz!;
  for (const row of rows(ran, 'select_report')) {
    const own = report[String(row.variation)]![String(row.cut)]!;
    expect(own.passed!.n).toBe(row.n);
    expect(own.alone!.n).toBe(row.n_alone);
    expectClose([own.passed!.sumw!, own.passed!.sumw2!], [row.sumw as number, row.sumw2 as number]);
  }
});

test('Z to two muons on a nano file: a momentum scale and a weight', async () => {
  const { ran, theirs } = await both('examples/adl/zmumu.yaml', [`data.path=${nano}`]);
  compare(ran, theirs, 'mass', 'sample');
  const report = (
    theirs.select_report as Record<string, Record<string, Record<string, Record<string, { n: number }>>>>
  ).sample!;
  const ours = rows(ran, 'select_report');
  expect(Object.keys(report).sort()).toEqual(
    [...new Set(ours.map(({ variation }) => String(variation)))].sort(),
  );
  for (const row of ours) expect(report[String(row.variation)]![String(row.cut)]!.passed!.n).toBe(row.n);
});

test.each(['q1', 'q2', 'q3', 'q4', 'q5', 'q6', 'q7', 'q8'])('query %s on a nano file', async (query) => {
  const { ran, theirs } = await both(`examples/adl/${query}.yaml`, [`data.path=${nano}`]);
  const names = [...ran.products].filter(([, { type }]) => type === 'histogram').map(([name]) => name);
  expect(names.length).toBeGreaterThan(0);
  for (const name of names) compare(ran, theirs, name, 'events');
});

const JOINED = (tasks: string) => {
  const file = join(mkdtempSync(join(folder, 'w-')), 'flow.yaml');
  writeFileSync(file, tasks.replaceAll('DATA', resolve(project, 'tests/vectors/multitree/data')));
  return file;
};

test('two trees row by row: cut at the join, one job for each tree and one for the joined rows', async () => {
  const { ran, theirs } = await both(
    JOINED(`
tasks:
  source: {read: {files: DATA/mt01.root, trees: {reco: reco/Events, l1: l1/Upgrade}}}
  before: {needs: [source.l1], hist: {x: {field: l1_pt, bins: [20, 0, 200]}}}
  both: {needs: {left: source.reco, l1: source.l1}, join: {l1: entry}}
  lead: {define: {difference: "l1.l1_pt[0] - jet_pt[0]"}}
  select: {cutflow: {reco: num(jet_pt) > 0, l1: num(l1.l1_pt) > 0, hard: "l1.l1_pt[0] > 40"}}
  shift: {hist: {x: {field: difference, bins: [30, -150, 150]}, y: {field: met, bins: [5, 0, 100]}}}
  all: {hist: {x: {field: l1.l1_pt, bins: [20, 0, 200]}}}
`),
  );
  for (const name of ['before', 'shift', 'all']) compare(ran, theirs, name, 'events');
  const report = (
    theirs.select_report as Record<string, Record<string, Record<string, Record<string, { n: number }>>>>
  ).events!.nominal!;
  for (const row of rows(ran, 'select_report')) expect(report[String(row.cut)]!.passed!.n).toBe(row.n);
});

test('the example of a trigger: axes of what passed, for each threshold', async () => {
  const { ran, theirs } = await both('examples/multitree/trigger.yaml');
  for (const name of ['counts-40', 'counts-60']) compare(ran, theirs, name, 'events');
});

test('events, luminosity blocks and runs by keys, with what is missing', async () => {
  const { ran, theirs } = await both(
    JOINED(`
tasks:
  source: {read: {files: DATA/mt07.root, trees: {events: Events, blocks: LuminosityBlocks, runs: Runs}}}
  generated: {needs: [source.runs], group: {agg: {sumw: sum(genEventSumw)}}}
  matched: {needs: {left: source.events, block: source.blocks, about: source.runs}, join: {block: [run, lumi], about: {by: [run], how: inner}}}
  all: {group: {agg: {n: count(), known: count(block.inst_lumi), lumi: sum(block.inst_lumi)}}}
  on: {filter: about.bfield > 0}
  met: {hist: {x: {field: met, bins: [20, 0, 100]}}}
  lumi: {hist: {x: {field: block.inst_lumi, bins: [20, 0, 2]}}}
`),
  );
  for (const name of ['met', 'lumi']) compare(ran, theirs, name, 'events');
  const numbers = (name: string) =>
    (theirs[name] as Record<string, Record<string, Record<string, number>>>).events!.nominal!;
  for (const name of ['all', 'generated']) {
    const [ours] = rows(ran, name);
    for (const [column, value] of Object.entries(numbers(name)))
      expect(value).toBeCloseTo(Number(ours![column]), 6);
  }
});

test("someone's processor as a task: its accumulators are products", async () => {
  const place = mkdtempSync(join(folder, 'p-'));
  writeFileSync(
    join(place, 'counting.py'),
    `import awkward as ak
import hist
from coffea import processor


class Counting(processor.ProcessorABC):
    def __init__(self, bins):
        self.bins = bins

    def process(self, events):
        h = hist.Hist(hist.axis.StrCategory([], growth=True, name="dataset"), hist.axis.Regular(self.bins, 0, 100, name="met"), storage="weight")
        h.fill(dataset=events.metadata["dataset"], met=ak.to_numpy(events.met))
        return {"met": h, "n": {events.metadata["dataset"]: len(events)}}

    def postprocess(self, accumulator):
        return accumulator
`,
  );
  process.env.FASTHEP_COFFEA_PYTHON = python;
  const data = resolve(project, 'tests/vectors/multitree/data/mt01.root');
  writeFileSync(
    join(place, 'flow.yaml'),
    `tasks:
  theirs: {coffea: {call: "counting.py:Counting", args: {bins: 20}, datasets: [{name: reco, files: [${data}]}], tree: reco/Events, histograms: [met], chunksize: 70}}
  events: {read: {datasets: [{name: reco, kind: data, files: [${data}]}], tree: reco/Events}}
  ours: {hist: {x: {field: met, bins: [20, 0, 100]}}}
`,
  );
  const ran = await runWorkflow(join(place, 'flow.yaml'), { plugins });
  expect([...histogram(ran, 'theirs_met', { dataset: 'reco' }).values]).toEqual([
    ...histogram(ran, 'ours', { dataset: 'reco' }).values,
  ]);
  expect(ran.products.get('theirs')!.value).toMatchObject({ n: { reco: 200 } });
});
