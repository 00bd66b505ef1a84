import { columnFrom, makeTable } from '../table/build.ts';
import { stringColumn } from '../table/text.ts';
import type { Column, Table } from '../table/types.ts';
import { binCount, categoriesOf, cellCount, edgesOf, hasUnderflow } from './axis.ts';
import { sampleVariances } from './read.ts';
import type { Axis, Histogram } from './types.ts';

/**
 * One row for each cell, flow included, in C order. An axis with edges gives `<name>_low` and `<name>_high`
 * (underflow begins at -inf, overflow ends at inf), one with categories `<name>` (missing in the bin of all
 * others). Then what a bin holds: `count` · `value` · `sumw, sumw2` · `count, mean, variance` ·
 * `sumw, sumw2, mean, variance`.
 */
export function histogramTable(histogram: Histogram): Table {
  const columns: Record<string, Column> = {};
  const { axes } = histogram;
  let outer = 1;
  let inner = histogram.values.length;
  for (const axis of axes) {
    const cells = cellCount(axis);
    inner /= cells;
    Object.assign(columns, axisColumns(axis, repeated(outer, cells, inner)));
    outer *= cells;
  }
  return makeTable({ ...columns, ...contentColumns(histogram) });
}

/** The cell along an axis for each row. */
function repeated(outer: number, cells: number, inner: number): Int32Array {
  const out = new Int32Array(outer * cells * inner);
  for (let i = 0, at = 0; i < outer; i++)
    for (let j = 0; j < cells; j++, at += inner) out.fill(j, at, at + inner);
  return out;
}

function axisColumns(axis: Axis, cells: Int32Array): Record<string, Column> {
  const categories = categoriesOf(axis);
  if (categories)
    return {
      [axis.name]: categoryColumn(
        axis,
        Array.from(cells, (cell) => categories[cell] ?? null),
      ),
    };
  const edges = edgesOf(axis);
  const first = Number(hasUnderflow(axis));
  const bins = binCount(axis);
  const low = Float64Array.from(cells, (cell) =>
    cell < first ? Number.NEGATIVE_INFINITY : edges[cell - first]!,
  );
  const high = Float64Array.from(cells, (cell) =>
    cell - first >= bins ? Number.POSITIVE_INFINITY : edges[cell - first + 1]!,
  );
  return { [`${axis.name}_low`]: numbers(low), [`${axis.name}_high`]: numbers(high) };
}

function categoryColumn(axis: Axis, values: (string | number | boolean | null)[]): Column {
  if (axis.kind === 'category_str' && !axis.overflow) return stringColumn(values as string[]);
  const kind = axis.kind === 'category_str' ? 'string' : axis.kind === 'boolean' ? 'bool' : 'int64';
  return columnFrom(values, values.includes(null) ? { kind, nullable: true } : { kind }, axis.name);
}

function contentColumns(histogram: Histogram): Record<string, Column> {
  const variance = numbers(sampleVariances(histogram) ?? new Float64Array(0));
  switch (histogram.storage) {
    case 'count':
      return { count: columnFrom(histogram.values, { kind: 'int64' }, 'count') };
    case 'double':
      return { value: numbers(histogram.values) };
    case 'weighted':
      return { sumw: numbers(histogram.values), sumw2: numbers(histogram.variances) };
    case 'mean':
      return { count: numbers(histogram.counts), mean: numbers(histogram.values), variance };
    case 'weighted_mean':
      return {
        sumw: numbers(histogram.sumw),
        sumw2: numbers(histogram.sumw2),
        mean: numbers(histogram.values),
        variance,
      };
  }
}

function numbers(values: Float64Array): Column {
  return { kind: 'primitive', type: 'float64', length: values.length, values };
}
