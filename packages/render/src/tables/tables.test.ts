import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { HistogramLike } from '../figure/fromhistogram.ts';
import type { TableView } from '../figure/table.ts';
import { cutflowText, gridText, histogramText, tableText, textColumns } from './index.ts';

const hzz = JSON.parse(readFileSync(new URL('../../fixtures/hzz.json', import.meta.url), 'utf8')) as Record<
  string,
  HistogramLike
>;

const report: TableView = {
  name: 'select',
  columns: {
    dataset: ['zz', 'zz', 'zz', 'ww', 'ww', 'ww'],
    cut: ['all', 'two_muons', 'z', 'all', 'two_muons', 'z'],
    n: [2421, 1118, 1050, 4580, 244, 0],
    sumw: [16.9, 8.7, 8.2, 229.9, 12.6, 0],
    sumw2: [0.16, 0.08, 0.07, 12, 1, 0],
    n_before: [2421, 2421, 1118, 4580, 4580, 244],
  },
};

it('shows a cutflow with its datasets side by side', () => {
  expect(cutflowText(report)).toMatchInlineSnapshot(`
    "          │ zz                       │ ww
    cut       │ rows     %      weighted │ rows    %     weighted
    ──────────┼──────────────────────────┼───────────────────────
    all       │ 2421   100  16.90 ± 0.40 │ 4580  100  229.9 ± 3.5
    two_muons │ 1118  46.2   8.70 ± 0.28 │  244  5.3   12.6 ± 1.0
    z         │ 1050  93.9   8.20 ± 0.26 │    0  0.0            0
    "
  `);
});

it('puts datasets below each other where they do not fit, in ASCII where it must', () => {
  expect(cutflowText(report, { width: 40, ascii: true })).toMatchInlineSnapshot(`
    "          | zz
    cut       | rows     %       weighted
    ----------+--------------------------
    all       | 2421   100  16.90 +- 0.40
    two_muons | 1118  46.2   8.70 +- 0.28
    z         | 1050  93.9   8.20 +- 0.26

              | ww
    cut       | rows    %      weighted
    ----------+------------------------
    all       | 4580  100  229.9 +- 3.5
    two_muons |  244  5.3   12.6 +- 1.0
    z         |    0  0.0             0
    "
  `);
});

it('aligns the points of numbers, and cuts texts before numbers', () => {
  const table = {
    name: 't',
    columns: {
      name: ['a', 'a much longer text than there is room for', null],
      x: [1.5, 22.25, -3.125],
      n: [1, 20, 300],
      tiny: [1e-9, 5, 2e6],
    },
  };
  expect(tableText(table, { width: 46 })).toMatchInlineSnapshot(`
    "name                           x    n     tiny
    ──────────────────────────────────────────────
    a                          1.500    1   1×10⁻⁹
    a much longer text than…  22.250   20        5
    –                         −3.125  300  2000000
    "
  `);
  expect(tableText({ name: 't', columns: {} })).toBe('(no columns)\n');
  expect(tableText({ name: 't', columns: { a: [1, 2, 3] } }, { rows: 1 })).toContain('(2 more rows)');
});

describe('histograms', () => {
  it('of numbers, with statistics', () => {
    expect(histogramText(hzz.one_h_pt!, { width: 60 })).toMatchInlineSnapshot(`
      "pt
        20 … 25 ▕████▌                               1.23 ± 0.11
        25 … 30 ▕█████████▏                          2.47 ± 0.15
        30 … 40 ▕███████████████████▉                5.40 ± 0.22
        40 … 60 ▕███████████████████████████████████ 9.45 ± 0.29
       60 … 100 ▕██████████████████████▎             6.02 ± 0.23
      100 … 200 ▕██████▎                             1.71 ± 0.12
      sum 26.2645   mean 56.89   std 30.63   overflow 0.108549
      "
    `);
    expect(histogramText(hzz.one_h_n!, { width: 60, ascii: true })).toMatchInlineSnapshot(`
      "n_good
      0 |###                                      0.746 +- 0.080
      1 |########################################   8.63 +- 0.28
      2 |#######################################    8.57 +- 0.28
      3 |                                         0.146 +- 0.036
      4 |                                         0.038 +- 0.019
      sum 18.1384   mean 1.454   std 0.599
      "
    `);
  });

  it('of negative contents', () => {
    const text = histogramText(
      {
        storage: 'weighted',
        axes: [{ kind: 'regular', name: 'x', bins: 3, low: 0, high: 3 }],
        values: [4, -4, 0],
        variances: [1, 1, 0],
      },
      { width: 50 },
    );
    expect(text).toMatchInlineSnapshot(`
      "x
      0 … 1 ▕               ███████████████  4.0 ± 1.0
      1 … 2 ▕▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒                −4.0 ± 1.0
      2 … 3 ▕                                        0
      sum 0
      "
    `);
  });

  it('of many bins, several to a line', () => {
    const text = histogramText({
      storage: 'count',
      axes: [{ kind: 'regular', name: 'x', bins: 1000, low: 0, high: 1000 }],
      values: Array(1000).fill(1),
    });
    expect(text.split('\n')).toHaveLength(43);
    expect(text).toContain('25 bins a line');
  });

  it('of two dimensions', () => {
    const values = [0, 0, 1, 0, 4, 0, 9, 0, 16];
    const axis = (name: string) => ({ kind: 'regular', name, bins: 3, low: 0, high: 3 });
    expect(histogramText({ storage: 'count', axes: [axis('x'), axis('y')], values })).toMatchInlineSnapshot(`
      "│░ █│
      │ ▒ │
      │  ▓│
      └───┘
      right: x 0 … 3   up: y 0 … 3   sum 30
      "
    `);
  });

  it('of nothing', () => {
    expect(
      histogramText({
        storage: 'count',
        axes: [{ kind: 'regular', name: 'x', bins: 2, low: 0, high: 1 }],
        values: [0, 0],
      }),
    ).toContain('sum 0');
    expect(() => histogramText({ storage: 'count', axes: [], values: [1] })).toThrow('no axes');
  });
});

it('keeps lines in the width as long as numbers fit', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.string({ unit: 'grapheme', maxLength: 60 }), fc.integer({ min: 0, max: 99999 })), {
        minLength: 1,
      }),
      fc.integer({ min: 30, max: 120 }),
      fc.boolean(),
      (rows, width, ascii) => {
        const text = gridText(
          [{ title: 'name' }, { title: 'n', align: 'right' }],
          rows.map(([name, n]) => [name, String(n)]),
          { width, ascii },
        );
        for (const line of text.split('\n')) {
          expect(textColumns(line)).toBeLessThanOrEqual(width);
          if (ascii) expect(line).toMatch(/^[\x20-\x7e]*$/u);
        }
      },
    ),
  );
});

it('shows the nominal rows of a cutflow with variations', () => {
  const { cut, n } = report.columns;
  const varied = {
    name: 'select',
    columns: { variation: ['nominal', 'up', 'nominal', 'up', 'nominal', 'up'], cut: cut!, n: n! },
  };
  const text = cutflowText(varied);
  expect(text).toContain('(nominal; 1 variation in the file)');
  expect(text.split('\n')).toHaveLength(7);
});
