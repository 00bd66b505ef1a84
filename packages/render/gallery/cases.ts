/** Figures for people and tests to look at: real histograms, usual analyses, and everything that tends to go wrong. */
import { readFileSync } from 'node:fs';
import type { HistogramLike } from '../src/figure/fromhistogram.ts';
import { viewOf } from '../src/figure/fromhistogram.ts';
import { histogramFigure } from '../src/figure/histogram.ts';
import { tableFigure } from '../src/figure/table.ts';
import type { Figure } from '../src/figure/types.ts';
import type { PlotArguments } from '../src/plot/types.ts';

export interface Case {
  name: string;
  figure: Figure;
}

const hzz = JSON.parse(readFileSync(new URL('../fixtures/hzz.json', import.meta.url), 'utf8')) as Record<
  string,
  HistogramLike
>;

/** Numbers that look random and are always the same. */
function generator(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

function poisson(mean: number, random: () => number): number {
  if (mean > 300) return Math.round(mean + Math.sqrt(12 * mean) * (random() - 0.5));
  const limit = Math.exp(-mean);
  let product = random();
  let count = 0;
  while (product > limit) {
    product *= random();
    count++;
  }
  return count;
}

type Shape = (x: number) => number;
const peak =
  (at: number, width: number, height: number): Shape =>
  (x) =>
    height / (1 + ((x - at) / width) ** 2);
const falling =
  (height: number, scale: number): Shape =>
  (x) =>
    height * Math.exp(-x / scale);

/** Histogram with a process axis (data among them), regions and variations if asked for. */
export function analysis(options: {
  processes: Record<string, Shape>;
  data?: boolean;
  bins?: [number, number, number];
  label?: string;
  variations?: boolean;
  weight?: number;
  regions?: string[];
}): HistogramLike {
  const [count, low, high] = options.bins ?? [60, 60, 120];
  const width = (high - low) / count;
  const names = [...(options.data ? ['data'] : []), ...Object.keys(options.processes)];
  const variations = options.variations
    ? ['nominal', 'scale_up', 'scale_down', 'jes_up', 'jes_down']
    : ['nominal'];
  const regions = options.regions ?? ['all'];
  const random = generator(7);
  const values: number[] = [];
  const variances: number[] = [];
  const weight = options.weight ?? 0.2;
  for (const name of names)
    for (const [r] of regions.entries())
      for (const variation of variations) {
        const shift = { nominal: 0, scale_up: 0.3, scale_down: -0.3, jes_up: 0, jes_down: 0 }[variation] ?? 0;
        const by = { jes_up: 1.05, jes_down: 0.94 }[variation] ?? 1;
        for (let bin = -1; bin <= count; bin++) {
          const x = low + (bin + 0.5) * width - (name === 'data' ? 0 : shift);
          const total = Object.values(options.processes).reduce((sum, shape) => sum + shape(x), 0);
          const mean = (name === 'data' ? total : options.processes[name]!(x) * by) / (r + 1);
          if (name === 'data') {
            const seen = poisson(mean, random);
            values.push(seen);
            variances.push(seen);
          } else {
            values.push(mean);
            variances.push(mean * weight);
          }
        }
      }
  return {
    storage: 'weighted',
    axes: [
      { kind: 'category_str', name: 'process', categories: names, kinds: { data: 'data' } },
      { kind: 'category_str', name: 'region', categories: regions },
      { kind: 'category_str', name: 'variation', categories: variations },
      {
        kind: 'regular',
        name: 'm',
        label: options.label ?? 'm(μμ) [GeV]',
        bins: count,
        low,
        high,
        underflow: true,
        overflow: true,
      },
    ],
    values,
    variances,
  };
}

function simple(
  values: number[],
  more: Partial<HistogramLike> & { label?: string; name?: string; low?: number; high?: number } = {},
): HistogramLike {
  return {
    storage: more.storage ?? (more.variances ? 'weighted' : 'count'),
    axes: [
      {
        kind: 'regular',
        name: more.name ?? 'x',
        ...(more.label ? { label: more.label } : {}),
        bins: values.length,
        low: more.low ?? 0,
        high: more.high ?? values.length,
      },
    ],
    values,
    ...(more.variances ? { variances: more.variances } : {}),
  };
}

function hist(
  name: string,
  histogram: HistogramLike,
  asked: Omit<PlotArguments, 'out'> = {},
  fixed: Record<string, number> = {},
): Case {
  const view = viewOf(histogram);
  const at = new Map(
    Object.entries(fixed).map(([axis, bin]) => [view.axes.findIndex((one) => one.name === axis), bin]),
  );
  return { name, figure: histogramFigure([{ view, fixed: at, name }], asked) };
}

function many(count: number): Record<string, Shape> {
  return Object.fromEntries(
    Array.from({ length: count }, (_, k) => [
      `sample_${k + 1}_with_a_name`,
      peak(65 + (k * 50) / count, 4, 20 + k),
    ]),
  );
}

const dimuon = {
  Zmumu: peak(91.2, 2.5, 900),
  top: () => 18,
  diboson: () => 7,
  Wjets: falling(90, 40),
} satisfies Record<string, Shape>;

/** Tables as `plot` gets them: column names and values. */
const methods = {
  method: [
    'Transit',
    'Radial Velocity',
    'Microlensing',
    'Imaging',
    'Transit Timing Variations',
    'Eclipse Timing Variations',
    'Orbital Brightness Modulation',
    'Pulsar Timing',
    'Astrometry',
  ],
  n: [4195, 1099, 229, 82, 29, 17, 9, 8, 5],
};
const cutflow = {
  dataset: ['zz', 'zz', 'zz', 'zz', 'ww', 'ww', 'ww', 'ww'],
  cut: ['all', 'trigger', 'two_muons', 'z_window', 'all', 'trigger', 'two_muons', 'z_window'],
  n: [2421, 2421, 1118, 1050, 4580, 4580, 244, 19],
};

function plane(): HistogramLike {
  const values: number[] = [];
  for (let i = -1; i <= 50; i++)
    for (let j = -1; j <= 50; j++)
      values.push(
        i < 0 || j < 0 || i > 49 || j > 49
          ? 0
          : Math.round(4000 * Math.exp(-(((i - 16) / 9) ** 2) - ((j - 20 - i * 0.3) / 5) ** 2)),
      );
  return {
    storage: 'count',
    axes: [
      {
        kind: 'regular',
        name: 'S1',
        label: 'S1 [phd]',
        bins: 50,
        low: 0,
        high: 250,
        underflow: true,
        overflow: true,
      },
      {
        kind: 'regular',
        name: 'y',
        label: 'log$_{10}$(S2$_c$ / phd)',
        bins: 50,
        low: 2,
        high: 5,
        underflow: true,
        overflow: true,
      },
    ],
    values,
  };
}

const wave = Array.from({ length: 40 }, (_, k) => Math.round(100 * Math.exp(-(((k - 20) / 8) ** 2))));

/** Every case, in the order of the gallery. */
export function cases(): Case[] {
  const cms = { experiment: 'CMS', status: 'Open Data', lumi: '11.6 fb⁻¹', energy: '8 TeV' };
  return [
    hist('hzz_mass', hzz.one_h_mass!, { x: { label: 'm(μμ) [GeV]' } }, { charge: 0 }),
    hist('hzz_mass_charges', hzz.one_h_mass!, { x: { label: 'm(μμ) [GeV]' } }),
    hist('hzz_mass_band', hzz.one_h_mass!, { x: { label: 'm(μμ) [GeV]' }, band: 'all', ratio: true }),
    hist(
      'hzz_stack',
      hzz.two_h_mass!,
      {
        stack: 'dataset',
        ratio: true,
        style: { dataset: { hzz_data: { kind: 'data', label: 'Data' }, hzz_lz4: { label: 'H → ZZ' } } },
      },
      { charge: 0 },
    ),
    hist('hzz_n', hzz.one_h_n!, { x: { label: 'Number of good muons' } }),
    hist('hzz_pt', hzz.one_h_pt!, { x: { label: '$p_T$(μ) [GeV]' } }),
    hist('hzz_pt_density', hzz.one_h_pt!, { x: { label: '$p_T$(μ) [GeV]' }, style: { density: true } }),
    hist('hzz_profile', hzz.one_h_prof!, {
      x: { label: 'Number of vertices' },
      y: { label: 'Mean $p_T$ [GeV]' },
      kind: 'points',
    }),
    hist('stack', analysis({ processes: dimuon, data: true }), { stack: 'process', style: { label: cms } }),
    hist('stack_ratio', analysis({ processes: dimuon, data: true, variations: true }), {
      stack: 'process',
      ratio: true,
      band: 'all',
      style: {
        label: cms,
        process: {
          diboson: { label: 'WW, WZ, ZZ' },
          top: { label: '$t\\bar t$, single top' },
          Wjets: { label: 'W + jets' },
          Zmumu: { label: 'Z → μμ' },
        },
      },
    }),
    hist('stack_log', analysis({ processes: dimuon, data: true, variations: true }), {
      stack: 'process',
      ratio: true,
      band: 'all',
      y: { log: true },
    }),
    hist('stack_20', analysis({ processes: many(20), data: true }), { stack: 'process' }),
    hist('lines_20', analysis({ processes: many(20) })),
    hist(
      'lines_3',
      analysis({
        processes: { signal: peak(90, 8, 120), background: falling(300, 60), 'other things': () => 25 },
      }),
      { ratio: true },
    ),
    hist(
      'lines_normalised',
      analysis({ processes: { signal: peak(90, 8, 120), background: falling(300, 60) } }),
      { style: { normalise: true, grid: true } },
    ),
    hist(
      'full_panel',
      analysis({ processes: { flat: () => 100, higher: () => 120, more: () => 140 }, data: true }),
      { stack: 'process' },
    ),
    hist('small', analysis({ processes: dimuon, data: true }), {
      stack: 'process',
      style: { size: [320, 240] },
    }),
    hist('large', analysis({ processes: dimuon, data: true }), {
      stack: 'process',
      style: { size: [1200, 800], title: 'Dimuon candidates in the signal region' },
    }),
    hist(
      'negative',
      simple([3, -2, 5, 8, -4, 1, 0, 2], { variances: [1, 1, 2, 3, 2, 1, 0, 1], label: 'Weighted variable' }),
    ),
    hist('negative_log', simple([3, -2, 5, 8, -4, 1, 0, 2], { variances: [1, 1, 2, 3, 2, 1, 0, 1] }), {
      y: { log: true },
    }),
    hist('all_negative', simple([-3, -2, -5], { variances: [1, 1, 1] })),
    hist('single_bin', simple([12])),
    hist('all_zero', simple([0, 0, 0, 0])),
    hist('all_zero_log', simple([0, 0, 0, 0]), { y: { log: true } }),
    hist(
      'nan',
      simple([1, Number.NaN, 3, Number.POSITIVE_INFINITY, 2], { variances: [1, Number.NaN, 3, 1, 2] }),
    ),
    hist(
      'huge',
      simple(
        wave.map((v) => v * 1e9),
        { variances: wave.map((v) => v * 1e16), label: 'Energy [eV]', low: 0, high: 4e7 },
      ),
    ),
    hist(
      'tiny',
      simple(
        wave.map((v) => v * 1e-9),
        { variances: wave.map((v) => v * 1e-20), low: 1e-6, high: 9e-6 },
      ),
    ),
    hist('log_x', simple(wave, { low: 0.1, high: 1000, name: 'Energy' }), { x: { log: true } }),
    hist(
      'long_labels',
      simple(wave, {
        label:
          'A very long label that tells everything there is to know about this variable and more than fits [GeV]',
      }),
      {
        y: {
          label: 'Number of candidates in each bin after the full selection with all corrections applied',
        },
      },
    ),
    hist('range', simple(wave), { x: { range: [10, 25] }, y: { range: [0, 200] } }),
    hist('narrow', simple(wave, { low: 2016, high: 2017, label: 'Year' })),
    hist('plane', plane(), { z: { log: true } }),
    hist('plane_linear', plane(), { style: { colormap: 'cividis', title: 'Scatter plane' } }),
    {
      name: 'bars',
      figure: tableFigure([{ name: 'by_method', columns: methods }], {
        kind: 'bar',
        x: { field: 'method', label: 'Detection method' },
        y: { field: 'n', label: 'Planets', log: true },
      }),
    },
    { name: 'cutflow', figure: tableFigure([{ name: 'select', columns: cutflow }], {}) },
    {
      name: 'points',
      figure: tableFigure(
        [
          {
            name: 'per_star',
            columns: {
              mean_period: [3.2, 10.1, 365.2, 27, 1.1, 88.4, 4330, 12, 12],
              n: [3, 1, 2, 5, 1, 4, 1, 2, 3],
            },
          },
        ],
        { kind: 'points', x: { field: 'mean_period', log: true }, y: { field: 'n' } },
      ),
    },
    {
      name: 'table_lines',
      figure: tableFigure(
        [
          {
            name: 't',
            columns: {
              year: [2015, 2016, 2017, 2018, 2019, 2020],
              mean: [91.2, 91.25, 91.18, null, 91.22, 91.2],
              median: [91.1, 91.15, 91.16, 91.2, 91.12, 91.1],
            },
          },
        ],
        { kind: 'lines', x: { field: 'year' }, y: { field: ['mean', 'median'], label: 'Mass [GeV]' } },
      ),
    },
    {
      name: 'turn_on',
      figure: tableFigure(
        [20, 30].map((cut) => {
          const at = Array.from({ length: 25 }, (_, k) => k * 4);
          const eff = at.map((x) => 1 / (1 + Math.exp(-(x + 2 - cut) / 4)));
          return {
            name: `L1 > ${cut}`,
            columns: {
              pt_low: at,
              pt_high: at.map((x) => x + 4),
              passed: at,
              all: at,
              efficiency: eff,
              low: eff.map((e) => Math.max(0, e - 0.05)),
              high: eff.map((e) => Math.min(1, e + 0.03)),
            },
          };
        }),
        { x: { label: 'offline $p_T$ [GeV]' } },
      ),
    },
    {
      name: 'empty_table',
      figure: tableFigure([{ name: 't', columns: { a: [], b: [] } }], {
        x: { field: 'a' },
        y: { field: 'b' },
      }),
    },
  ];
}
