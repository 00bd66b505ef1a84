/** What a histogram says: contents, errors, densities, quantiles. */
import { ColumnsError } from '../error.ts';
import { binCount, cellCount, edgesOf, hasUnderflow, isCategory } from './axis.ts';
import type { Axis, Histogram } from './types.ts';

/** Cell numbers of the inner bins, in C order. */
export function innerCells(axes: readonly Axis[]): Int32Array {
  let cells = [0];
  for (const axis of axes) {
    const [count, first, bins] = [cellCount(axis), Number(hasUnderflow(axis)), binCount(axis)];
    cells = cells.flatMap((cell) => Array.from({ length: bins }, (_, i) => cell * count + first + i));
  }
  return Int32Array.from(cells);
}

/** Entries, sums of weights or means of the inner bins (or, with `flow`, of all cells) in C order. */
export function binValues(histogram: Histogram, flow = false): Float64Array {
  return flow ? histogram.values.slice() : pick(histogram.values, innerCells(histogram.axes));
}

/**
 * The variances of `binValues`: of a count itself, of a sum of weights the sum of their squares, of a mean its
 * squared error (NaN for fewer than two entries). Double storage counts as unweighted.
 */
export function binVariances(histogram: Histogram, flow = false): Float64Array {
  const spread = sampleVariances(histogram);
  const entries = effectiveCounts(histogram);
  const all = spread ? spread.map((variance, i) => variance / entries[i]!) : squaredSums(histogram);
  return flow ? all : pick(all, innerCells(histogram.axes));
}

function squaredSums(histogram: Histogram): Float64Array {
  return histogram.storage === 'weighted' ? histogram.variances.slice() : histogram.values.slice();
}

/** Variance of the sample in each cell, NaN where it is undefined; `undefined` for storages without sample. */
export function sampleVariances(histogram: Histogram): Float64Array | undefined {
  if (histogram.storage === 'mean')
    return histogram.deltas.map((deltas, i) => {
      const count = histogram.counts[i]!;
      return count > 1 ? deltas / (count - 1) : Number.NaN;
    });
  if (histogram.storage !== 'weighted_mean') return undefined;
  const { sumw, sumw2, deltas } = histogram;
  return deltas.map((sum, i) => sum / (sumw[i]! - sumw2[i]! / sumw[i]!));
}

/** Effective number of entries of each cell: (Σw)² / Σw² where there are weights. */
export function effectiveCounts(histogram: Histogram): Float64Array {
  const effective = (sumw: Float64Array, sumw2: Float64Array) =>
    sumw.map((sum, i) => (sumw2[i] === 0 ? 0 : (sum * sum) / sumw2[i]!));
  if (histogram.storage === 'mean') return histogram.counts.slice();
  if (histogram.storage === 'weighted_mean') return effective(histogram.sumw, histogram.sumw2);
  if (histogram.storage === 'weighted') return effective(histogram.values, histogram.variances);
  return histogram.values.slice();
}

/** Contents divided by their sum and by the bins' volumes (a category has width 1); inner bins, C order. */
export function density(histogram: Histogram): Float64Array {
  refuseMeans(histogram, 'density');
  const values = binValues(histogram);
  const volumes = histogram.axes.reduce<number[]>(
    (before, axis) => {
      const edges = edgesOf(axis);
      const widths = Array.from({ length: binCount(axis) }, (_, i) => edges[i + 1]! - edges[i]!);
      return before.flatMap((volume) => widths.map((width) => volume * width));
    },
    [1],
  );
  const total = values.reduce((a, b) => a + b, 0);
  return values.map((value, i) => value / (total * volumes[i]!));
}

/**
 * The place below which the fraction `q` of a one-dimensional histogram lies, linear within a bin, flow left
 * out; NaN for an empty histogram. Throws `hist.quantile`.
 */
export function quantile(histogram: Histogram, q: number): number {
  const [axis, second] = histogram.axes;
  refuseMeans(histogram, 'quantile');
  if (!axis || second || isCategory(axis))
    throw new ColumnsError('hist.quantile', 'quantiles need one axis with edges', 'project onto it first');
  if (!(q >= 0 && q <= 1)) throw new ColumnsError('hist.quantile', `${q} does not lie between 0 and 1`);
  const values = binValues(histogram);
  const edges = edgesOf(axis);
  if (values.some((value) => value < 0))
    throw new ColumnsError('hist.quantile', 'a histogram with negative bins has no quantiles');
  const wanted = q * values.reduce((a, b) => a + b, 0);
  let below = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (value > 0 && below + value >= wanted) {
      const part = Math.max(0, (wanted - below) / value);
      return edges[i]! + part * (edges[i + 1]! - edges[i]!);
    }
    below += value;
  }
  // Rounding may leave the last step open.
  const last = values.findLastIndex((value) => value > 0);
  return last < 0 ? Number.NaN : edges[last + 1]!;
}

function refuseMeans(histogram: Histogram, what: string): void {
  if (histogram.storage === 'mean' || histogram.storage === 'weighted_mean')
    throw new ColumnsError(`hist.${what}`, `a histogram of means has no ${what}`);
}

function pick(values: Float64Array, cells: Int32Array): Float64Array {
  return Float64Array.from(cells, (cell) => values[cell]!);
}
