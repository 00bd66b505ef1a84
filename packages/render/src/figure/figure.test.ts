import { describe, expect, it } from 'vitest';
import { viewOf } from './fromhistogram.ts';
import { histogramFigure } from './histogram.ts';
import { tableFigure } from './table.ts';

const values = [1, 2, 3];

describe('axes', () => {
  const axis = (one: object) =>
    viewOf({ storage: 'count', axes: [{ name: 'n', kind: 'category_int', ...one }], values }).axes[0]!;

  it('are of numbers where whole numbers have no gaps', () => {
    expect(axis({ categories: [4, 5, 6] })).toMatchObject({
      edges: [3.5, 4.5, 5.5, 6.5],
      whole: true,
      size: 3,
    });
    expect(axis({ kind: 'integer', low: 4, high: 7 })).toMatchObject({
      edges: [3.5, 4.5, 5.5, 6.5],
      whole: true,
    });
    expect(axis({ categories: [4, 5, 7] })).toMatchObject({ categories: ['4', '5', '7'] });
    expect(axis({ kind: 'boolean' })).toMatchObject({ categories: ['False', 'True'], size: 2 });
  });

  it('are drawn as bars where they are categories', () => {
    const view = viewOf({
      storage: 'count',
      axes: [{ name: 'k', kind: 'category_str', categories: ['a', 'b', 'c'] }],
      values,
    });
    const figure = histogramFigure([{ view, fixed: new Map(), name: '' }], {});
    expect(figure.kind).toBe('bar');
    expect(figure.series[0]).toMatchObject({ draw: 'bars', y: [1, 2, 3] });
  });

  it('of three numbers are too many', () => {
    const three = ['x', 'y', 'z'].map((name) => ({ kind: 'regular', name, bins: 1, low: 0, high: 1 }));
    const view = viewOf({ storage: 'count', axes: three, values: [1] });
    expect(() => histogramFigure([{ view, fixed: new Map(), name: '' }], {})).toThrow('3 axes of numbers');
  });
});

it('reads contents with flow in C order', () => {
  const view = viewOf({
    storage: 'weighted',
    axes: [
      { kind: 'category_str', name: 'd', categories: ['a', 'b'] },
      { kind: 'regular', name: 'x', bins: 2, low: 0, high: 2, underflow: true, overflow: true },
    ],
    values: [9, 1, 2, 8, 7, 3, 4, 6],
    variances: [0, 1, 4, 0, 0, 9, 16, 0],
  });
  const { series } = histogramFigure([{ view, fixed: new Map(), name: '' }], {});
  expect(series.map(({ name, y, low, high, flow }) => ({ name, y, low, high, flow }))).toEqual([
    { name: 'a', y: [1, 2], low: [0, 0], high: [2, 4], flow: { under: 9, over: 8 } },
    { name: 'b', y: [3, 4], low: [0, 0], high: [6, 8], flow: { under: 7, over: 6 } },
  ]);
});

it('gives means with the error of the mean', () => {
  // Samples 1, 2, 3, 6 with weight 1: mean 3, Σ(x − 3)² = 14, error √(14 / 3 / 4).
  const axes = [{ kind: 'regular', name: 'x', bins: 2, low: 0, high: 2 }];
  for (const histogram of [
    { storage: 'mean', axes, values: [3, 0], counts: [4, 0], deltas: [14, 0] },
    { storage: 'weighted_mean', axes, values: [3, 0], sumw: [4, 0], sumw2: [4, 0], deltas: [14, 0] },
  ]) {
    const { series, y } = histogramFigure([{ view: viewOf(histogram), fixed: new Map(), name: '' }], {});
    expect(series[0]!.y).toEqual([3, null]);
    expect(series[0]!.high![0]).toBeCloseTo(3 + Math.sqrt(14 / 12), 12);
    expect(y.label).toBe('Mean');
  }
});

describe('tables', () => {
  it('are bars over text, points over numbers, efficiencies with their intervals', () => {
    expect(tableFigure([{ name: 't', columns: { k: ['a', 'b'], n: [1, 2] } }], {})).toMatchObject({
      kind: 'bar',
      x: { label: 'k', categories: ['a', 'b'] },
      y: { label: 'n' },
    });
    expect(tableFigure([{ name: 't', columns: { a: [1, 2], b: [3, null] } }], {})).toMatchObject({
      kind: 'points',
      series: [{ x: [1, 2], y: [3, null] }],
    });
    const efficiency = {
      pt_low: [0, 10],
      pt_high: [10, 30],
      passed: [1, 2],
      all: [2, 2],
      efficiency: [0.5, 1],
      low: [0.2, 0.6],
      high: [0.8, 1],
    };
    expect(tableFigure([{ name: 't', columns: efficiency }], {})).toMatchObject({
      kind: 'points',
      x: { label: 'pt' },
      series: [{ x: [5, 20], y: [0.5, 1], low: [0.2, 0.6], high: [0.8, 1] }],
    });
  });

  it('have one series for each dataset, and for each column', () => {
    const table = {
      name: 't',
      columns: { dataset: ['zz', 'ww', 'zz'], k: ['a', 'a', 'b'], n: [1, 2, 3], m: [4, 5, 6] },
    };
    const { series } = tableFigure([table], {
      y: { field: ['n', 'm'] },
      style: { dataset: { ww: { label: 'WW', color: '#123456' } } },
    });
    expect(series.map(({ name, y }) => [name, y])).toEqual([
      ['zz, n', [1, 3]],
      ['zz, m', [4, 6]],
      ['WW, n', [2, null]],
      ['WW, m', [5, null]],
    ]);
    expect(series[2]!.color).toBe('#123456');
  });

  it('name the columns that there are', () => {
    const draw = (x: string) =>
      tableFigure([{ name: 't', columns: { method: ['a'], n: [1] } }], { x: { field: x } });
    expect(() => draw('methd')).toThrow("x names the column 'methd'");
    expect(() => tableFigure([{ name: 't', columns: { method: ['a'] } }], {})).toThrow(
      'no column of numbers',
    );
  });
});
