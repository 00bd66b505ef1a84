/** A finished run as files in memory, for the report's tests and to look at. */
import type { Event } from '@fasthep/flow';
import { drawFigure } from '../src/draw/figure.ts';
import type { RunDirectoryReader } from '../src/report/types.ts';
import { cases } from './cases.ts';
import { dimuonGraph } from './graphs.ts';

const START = Date.UTC(2026, 2, 1, 14, 5, 9);

const cutflow = ['data', 'dy', 'ttbar'].flatMap((dataset, d) =>
  ['all', 'trigger', 'two_muons', 'candidate', 'topology'].map((cut, k) => {
    const n = Math.round((d + 1) * 104_000 * 0.45 ** k);
    const weight = d === 0 ? 1 : 0.013;
    const before = k === 0 ? n : Math.round((d + 1) * 104_000 * 0.45 ** (k - 1));
    return {
      dataset,
      cut,
      n,
      sumw: n * weight,
      sumw2: n * weight * weight,
      n_alone: n,
      sumw_alone: n * weight,
      sumw2_alone: n,
      n_before: before,
      sumw_before: before,
      sumw2_before: before,
    };
  }),
);

/** Files of a run of the dimuon workflow; `failed` lets one of its tasks fail. */
export function exampleRun(
  options: { failed?: boolean; figures?: number } = {},
): RunDirectoryReader & { files: Record<string, string> } {
  const graph = dimuonGraph();
  const steps = graph.nodes.filter((node) => node.kind === 'row-wise');
  for (const node of steps) node.steps = [{ id: node.id, from: '', do: 'define' }];
  graph.nodes.find((node) => node.id === 'select')!.args = {
    trigger: 'HLT_IsoMu24',
    two_muons: 'num(muon) >= 2',
    candidate: 'z is not None',
    topology: { any: ['m_mumu > 60', 'num(jet) >= 2'] },
  };
  const plan = {
    format: 1,
    name: 'dimuon',
    partial: true,
    families: [
      {
        id: 's1',
        size: 6,
        kind: 'segment',
        control: {},
        stages: [{ from: { kind: 'source' }, steps: steps.flatMap((node) => node.steps ?? []) }],
        outputs: [{ id: 'mass' }, { id: 'met' }],
        datasets: [],
        files: [],
        partitions: [],
      },
      { id: 's1_merge', size: 2, kind: 'merge', control: {}, segment: 's1', level: 0, blocks: [] },
      { id: 's1_finish', size: 1, kind: 'finish', control: {}, segment: 's1' },
      { id: 'to_lumi', size: 1, kind: 'single', node: 'to_lumi', control: {} },
      { id: 'figures', size: 1, kind: 'single', node: 'figures', control: {} },
      { id: 'table', size: 1, kind: 'single', node: 'table', control: {} },
    ],
    products: [],
  };
  const events: Event[] = [
    { type: 'run-start', time: START, workflow: 'dimuon', tasks: 12, reused: 1, workers: 2 },
  ];
  for (let i = 0; i < 6; i++) {
    events.push({
      type: 'task-start',
      time: START + 100 + i * 180,
      task: `s1[${i}]`,
      attempt: 1,
      worker: i % 2,
    });
    events.push({
      type: 'task-end',
      time: START + 400 + i * 180,
      task: `s1[${i}]`,
      outcome: 'done',
      rows: 104_000,
      bytes: 8_400_000,
      milliseconds: 300,
      dataset: ['data', 'dy', 'ttbar'][i % 3]!,
    });
  }
  const short = (task: string, at: number) => {
    events.push({ type: 'task-start', time: START + at, task, attempt: 1 });
    events.push({ type: 'task-end', time: START + at + 40, task, outcome: 'done', milliseconds: 40 });
  };
  short('s1_merge[0]', 1320);
  short('s1_merge[1]', 1330);
  short('s1_finish', 1400);
  short('to_lumi', 1450);
  events.push({ type: 'task-end', time: START + 1460, task: 'table', outcome: 'reused' });
  events.push({
    type: 'log',
    time: START + 1470,
    level: 'warning',
    message: 'dy2.root has no branch HLT_Mu50; it was left out <3',
    task: 's1[3]',
  });
  if (options.failed) {
    events.push({ type: 'task-start', time: START + 1500, task: 'figures', attempt: 1 });
    events.push({
      type: 'task-end',
      time: START + 1530,
      task: 'figures',
      outcome: 'failed',
      milliseconds: 30,
      error: {
        code: 'plot.axis',
        message:
          "stack names 'proces', which is no category axis of the histogram: it has 'process', 'region'",
        help: "did you mean 'process'?",
        where: { task: 'figures' },
      },
    });
  } else short('figures', 1500);
  events.push({
    type: 'run-end',
    time: START + 1600,
    outcome: options.failed ? 'failed' : 'done',
    milliseconds: 1600,
  });
  const chosen = ['stack_ratio', 'stack_log', 'hzz_mass', 'plane', 'bars', 'lines_3'];
  const all = cases().filter((one) => chosen.includes(one.name));
  const figures = Array.from({ length: options.figures ?? all.length }, (_, k) => all[k % all.length]!);
  const files: Record<string, string> = {
    'graph.json': JSON.stringify(graph),
    'plan.json': JSON.stringify(plan),
    'definition.json': JSON.stringify({
      format: 1,
      name: 'dimuon',
      tasks: {},
      settings: { secrets: ['store.password'] },
      values: {},
      origins: Object.fromEntries(
        graph.nodes.map((node, index) => [
          node.source,
          { file: 'flow.yaml', line: 12 + index * 3, column: 3 },
        ]),
      ),
      keyOrigins: {},
      sources: {},
    }),
    'config.json': JSON.stringify({
      format: 1,
      value: {
        lumi: 41500,
        selection: { pt: 30, iso: 0.1, mass: [60, 120] },
        store: { password: 'hunter2' },
        tasks: { select: { cutflow: { trigger: 'HLT_IsoMu24', two_muons: 'num(muon) >= 2' } } },
      },
      origins: {
        '': { file: 'flow.yaml', line: 1, column: 1 },
        '/lumi': {
          file: '<command line>',
          line: 1,
          column: 6,
          word: 'lumi=41500',
          via: [{ file: 'flow.yaml', line: 6, column: 7 }],
        },
        '/selection': { file: 'flow.yaml', line: 7, column: 12 },
        '/selection/pt': { file: 'conf/tight.yaml', line: 2, column: 5 },
        '/tasks/select/cutflow/trigger': { file: 'flow.yaml', line: 51, column: 16 },
      },
      keyOrigins: {},
      sources: {},
      overrides: ['lumi=41500'],
      choices: {},
    }),
    'facts.json': JSON.stringify({
      format: 1,
      sources: {
        events: {
          schemas: {},
          datasets: ['data', 'dy', 'ttbar'].map((name, d) => ({
            labels: { dataset: name },
            constants: {},
            schema: 'a',
            files: [
              {
                path: `data/${name}.root`,
                size: 16_800_000 * (d + 1),
                identity: `9f86d081884c7d659a2feaa0c55ad015${d}`,
                entries: { rows: 208_000 },
              },
            ],
            ...(d === 1 ? { skipped: [{ path: 'data/dy_broken.root', reason: 'not a ROOT file' }] } : {}),
          })),
        },
      },
    }),
    'provenance.json': JSON.stringify({
      format: 1,
      workflow: 'dimuon',
      command: ['fasthep-flow', 'run', 'flow.yaml', 'lumi=41500'],
      folder: '/home/ada/analysis',
      commit: '1f3c5e7a',
      versions: { node: 'v22.12.0', flow: '0.1.0', root: '0.1.0' },
      host: { name: 'laptop', system: 'linux 6.1 x64', cpus: 8, memory: 16e9 },
      started: '2026-03-01T14:05:09.000Z',
      ended: '2026-03-01T14:05:10.600Z',
      milliseconds: 1600,
      outcome: 'done',
    }),
    'events.jsonl': events.map((event) => JSON.stringify(event)).join('\n'),
    'select_report.json': JSON.stringify(cutflow),
    'yields.json': JSON.stringify([
      { process: 'Zmumu', n: 12_345, mean: 91.1876 },
      { process: 'top', n: 77, mean: null },
    ]),
    'products.json': JSON.stringify([
      {
        name: 'select_report',
        node: 'select',
        port: 'report',
        type: 'report',
        files: ['select_report.csv', 'select_report.json'],
      },
      {
        name: 'yields',
        node: 'generated',
        port: 'table',
        type: 'table',
        files: ['yields.csv', 'yields.json'],
      },
      {
        name: 'figures',
        node: 'figures',
        port: 'files',
        type: 'files',
        files: figures.map((one, k) => `${one.name}_${k}.svg`),
      },
    ]),
  };
  for (const [k, one] of figures.entries()) files[`${one.name}_${k}.svg`] = drawFigure(one.figure);
  return { path: 'runs/dimuon/2026-03-01_14-05-09', files, text: (name) => files[name] };
}
