import { readFileSync } from 'node:fs';
import type { Json, NamedValue } from '@fasthep/flow';
import { describe, expect, it } from 'vitest';
import { analysis } from '../../gallery/cases.ts';
import { COLORMAPS, PALETTES } from '../draw/colors.ts';
import { readFigure } from '../draw/read.ts';
import type { HistogramLike } from '../figure/fromhistogram.ts';
import { drawPlots } from './apply.ts';
import { checkPlot, plot } from './operator.ts';
import { fillPattern, outPatterns } from './out.ts';
import { COLORMAP_NAMES, PALETTE_NAMES, STYLE_SCHEMA } from './style.ts';

const hzz = JSON.parse(readFileSync(new URL('../../fixtures/hzz.json', import.meta.url), 'utf8')) as Record<
  string,
  HistogramLike
>;
const regions = analysis({
  processes: { dy: (x) => x, top: () => 20 },
  data: true,
  bins: [4, 0, 4],
  regions: ['signal', 'control'],
  variations: true,
});
const context = { log: () => {} };

const histogram = (name: string, value: unknown): NamedValue => ({ name, type: 'histogram', value });

async function draw(args: Json, ...products: NamedValue[]) {
  const files = await drawPlots(plot.normalise!(args), products, context);
  const text = new TextDecoder();
  return files.map(({ name, bytes, member }) => ({
    name,
    member,
    text: text.decode(bytes),
    figure: readFigure(text.decode(bytes)),
  }));
}

describe('out', () => {
  it('holds alternatives and placeholders', () => {
    expect(outPatterns('{task}_{region}.{svg,json}')).toEqual([
      { name: '{task}_{region}.svg', format: 'svg', placeholders: ['task', 'region'] },
      { name: '{task}_{region}.json', format: 'json', placeholders: ['task', 'region'] },
    ]);
    expect(outPatterns('a.pdf')).toEqual([{ name: 'a.pdf', placeholders: [] }]);
  });

  it('takes values as one part of a path, and leaves what it does not know', () => {
    expect(fillPattern('{task}/{dataset}_{wp}.svg', { dataset: '../a/b: c' })).toBe(
      '{task}/__a_b_ c_{wp}.svg',
    );
  });
});

describe('arguments', () => {
  const inputs = { input: [{ name: 'mass', type: 'histogram' }] };
  const check = (args: Json, of = inputs) =>
    checkPlot(plot.normalise!(args), of).map(({ code, message, help }) =>
      [code, message, help].filter(Boolean).join('; '),
    );

  it.each<[Json, string]>([
    [{ out: 'a.pdf' }, "plot.out; cannot draw into '.pdf' (a.pdf); use .svg: every PDF tool takes it"],
    [{ out: 'a.sgv' }, "plot.out; cannot draw into '.sgv' (a.sgv); did you mean 'svg'?"],
    [{ out: 'figure' }, "plot.out; 'figure' has no ending that tells the format; use .svg, .json, .png"],
    [
      { out: '../a.svg' },
      "plot.out; '../a.svg' leads out of the run directory; give a file name or a path below it",
    ],
    [
      { out: '{task.svg' },
      "plot.out; braces of '{task.svg' do not match; placeholders look like {task}, alternatives like {svg,json}",
    ],
    [{ out: 'a.{svg,svg}' }, "plot.out; 'a.{svg,svg}' names a file twice"],
    [
      { out: 'a.svg', x: 'pt' },
      "plot.columns; 'x' names a column, and 'mass' is a histogram, whose axes are fixed; for its look write x: {label: \"…\"} or x: {log: true}",
    ],
    [
      { out: 'a.svg', kind: 'stack' },
      'plot.stack; kind stack needs the name of the axis that is stacked; add stack: dataset, or stack: process',
    ],
    [
      { out: 'a.svg', style: { palette: 'petrof6' } },
      "plot.palette; there is no palette 'petrof6'; did you mean 'petroff6'?",
    ],
    [{ out: 'a.svg', style: { titel: 'x' } }, "plot.style; style has no key 'titel'; did you mean 'title'?"],
    [
      { out: 'a.svg', style: { process: { top: { colour: 'red' } } } },
      "plot.style; the style of an entry has no key 'colour'; did you mean 'color'?",
    ],
  ])('%j', (args, problem) => {
    expect(check(args)).toEqual([problem]);
  });

  it('takes everything that the manual shows', () => {
    const shown: Json[] = [
      { out: 'spectrum.svg' },
      {
        stack: 'process',
        ratio: true,
        band: 'all',
        style: { label: { experiment: 'CMS' }, process: { top: { label: 't', color: '#f00' } } },
        out: '{task}_{region}.{svg,json}',
      },
      { z: { log: true }, out: 'plane.{svg,json,png}' },
    ];
    for (const args of shown) expect(check(args)).toEqual([]);
    expect(
      check(
        { kind: 'bar', x: 'method', y: ['n', 'm'], out: 'methods.svg' },
        { input: [{ name: 't', type: 'table' }] },
      ),
    ).toEqual([]);
  });

  it('knows the palettes and colour maps that there are', () => {
    expect(PALETTE_NAMES).toEqual(Object.keys(PALETTES));
    expect(COLORMAP_NAMES).toEqual(COLORMAPS);
  });

  it('describes every parameter', () => {
    const described = (schema: unknown): void => {
      const { properties } = schema as { properties?: Record<string, { description?: string }> };
      for (const [name, one] of Object.entries(properties ?? {})) expect(one.description, name).toBeTruthy();
    };
    described(plot.parameters);
    described(STYLE_SCHEMA);
  });
});

describe('figures', () => {
  it('draws one for each value that out names, and stacks the rest', async () => {
    const files = await draw(
      { stack: 'process', band: 'all', ratio: true, out: '{task}_{region}.{svg,json}' },
      histogram('mass', regions),
    );
    expect(files.map(({ name, member }) => [name, member])).toEqual([
      ['{task}_signal.svg', 0],
      ['{task}_signal.json', 0],
      ['{task}_control.svg', 0],
      ['{task}_control.json', 0],
    ]);
    expect(files[0]!.figure!.series.map(({ name, draw }) => [name, draw])).toEqual([
      ['data', 'points'],
      ['dy', 'area'],
      ['top', 'area'],
    ]);
    expect(JSON.parse(files[1]!.text)).toEqual(files[0]!.figure);
    expect(files[0]!.figure!.series[1]!.y[3]).toBeCloseTo(2 * files[2]!.figure!.series[1]!.y[3]!, 12);
  });

  it('overlays what is not named, nominal only', async () => {
    const [file] = await draw({ out: 'all.svg' }, histogram('mass', regions));
    expect(file!.figure!.series.map((one) => one.name)).toEqual([
      'data, signal',
      'data, control',
      'dy, signal',
      'dy, control',
      'top, signal',
      'top, control',
    ]);
    const [variation] = await draw({ out: '{variation}.svg' }, histogram('mass', regions)).then((all) =>
      all.filter(({ name }) => name === 'jes_up.svg'),
    );
    expect(variation!.figure!.series).toHaveLength(6);
  });

  it('never shows the name of a single product, and names several', async () => {
    const one = await draw({ out: 'a.svg' }, histogram('first', hzz.one_h_n));
    const other = await draw({ out: 'a.svg' }, histogram('second', hzz.one_h_n));
    expect(one[0]!.text).toBe(other[0]!.text);
    const [both] = await draw(
      { out: 'a.svg' },
      histogram('first', hzz.one_h_n),
      histogram('second', hzz.one_h_n),
    );
    expect(both!.figure!.series.map(({ name }) => name)).toEqual(['first', 'second']);
    const [named] = await draw(
      { out: 'a.svg', style: { names: ['A', 'B'] } },
      histogram('first', hzz.one_h_n),
      histogram('second', hzz.one_h_n),
    );
    expect(named!.figure!.series.map(({ name }) => name)).toEqual(['A', 'B']);
    const each = await draw(
      { out: '{task}.svg' },
      histogram('first', hzz.one_h_n),
      histogram('second', hzz.one_h_pt),
    );
    expect(each.map(({ name, member }) => [name, member])).toEqual([
      ['{task}.svg', 0],
      ['{task}.svg', 1],
    ]);
  });

  it('draws tables and reports', async () => {
    const column = (values: number[]) => ({
      kind: 'primitive',
      type: 'float64',
      length: values.length,
      values: Float64Array.from(values),
    });
    const strings = (values: string[]) => {
      const bytes = new TextEncoder().encode(values.join(''));
      const offsets = Int32Array.from([
        0,
        ...values.map((_, k) => new TextEncoder().encode(values.slice(0, k + 1).join('')).length),
      ]);
      return { kind: 'string', length: values.length, offsets, bytes };
    };
    const report = {
      length: 4,
      columns: {
        dataset: strings(['zz', 'zz', 'ww', 'ww']),
        cut: strings(['all', 'μ', 'all', 'μ']),
        n: column([4, 2, 9, 1]),
      },
    };
    const [together] = await draw({ out: 'cuts.svg' }, { name: 'r', type: 'report', value: report });
    expect(together!.figure!.x.categories).toEqual(['all', 'μ']);
    expect(together!.figure!.series.map(({ name, draw, y }) => [name, draw, y])).toEqual([
      ['zz', 'bars', [4, 2]],
      ['ww', 'bars', [9, 1]],
    ]);
    const apart = await draw({ out: 'cuts_{dataset}.svg' }, { name: 'r', type: 'report', value: report });
    expect(apart.map(({ name }) => name)).toEqual(['cuts_zz.svg', 'cuts_ww.svg']);
    await expect(
      draw({ out: 'a.svg', x: 'cutt' }, { name: 'r', type: 'report', value: report }),
    ).rejects.toMatchObject({ code: 'plot.columns', help: "did you mean 'cut'?" });
  });

  it.each<[Json, string, string | undefined]>([
    [{ out: '{regoin}.svg' }, 'plot.out', "did you mean 'region'?"],
    [{ out: 'a.svg', stack: 'proces' }, 'plot.axis', "did you mean 'process'?"],
    [{ out: 'a.svg', stack: 'process' }, 'plot.stack', "one figure for each: put {region} into 'out'"],
    [{ out: '{region}.svg', stack: 'process', band: 'jess' }, 'plot.band', "did you mean 'jes'?"],
    [{ out: '{region}.svg', kind: 'map' }, 'plot.kind', "use 'lines' or 'stack'"],
  ])('refuses %j', async (args, code, help) => {
    await expect(draw(args, histogram('mass', regions))).rejects.toMatchObject({ code, help });
  });

  it('refuses histograms of different axes in one figure', async () => {
    await expect(
      draw({ out: 'a.svg' }, histogram('a', hzz.one_h_n), histogram('b', hzz.one_h_pt)),
    ).rejects.toMatchObject({ code: 'plot.axes', help: "one figure for each: put {task} into 'out'" });
  });

  it('refuses two figures of one name', async () => {
    const twins = {
      ...hzz.one_h_n!,
      axes: [{ kind: 'category_str', name: 'd', categories: ['a/b', 'a:b'] }, ...hzz.one_h_n!.axes],
      values: [...Array(14).keys()],
      variances: [...Array(14).keys()],
    };
    await expect(draw({ out: '{d}.svg' }, histogram('a', twins))).rejects.toMatchObject({ code: 'plot.out' });
  });

  it('gives PNG where resvg is installed, and says how to install it elsewhere', async () => {
    try {
      const [file] = await drawPlots({ out: 'a.png' }, [histogram('a', hzz.one_h_n)], context);
      expect([...file!.bytes.subarray(1, 4)]).toEqual([...new TextEncoder().encode('PNG')]);
    } catch (error) {
      expect(error).toMatchObject({
        code: 'png.missing',
        help: expect.stringContaining('npm install @resvg/resvg-js'),
      });
    }
  });
});

it('is planned without the code that draws', async () => {
  const source = readFileSync(new URL('./operator.ts', import.meta.url), 'utf8');
  expect(source.match(/from '([^']*)'/gu)!.join()).not.toMatch(/draw|figure|apply/u);
});
