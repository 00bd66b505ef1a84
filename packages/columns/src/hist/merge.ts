import { ColumnsError } from '../error.ts';
import { cellAdder } from './accumulate.ts';
import { binCount } from './axis.ts';
import { growthMap, isGrowing } from './grow.ts';
import { cellArrays, copyHistogram } from './make.ts';
import { type CellMap, regrid, sameCells } from './regrid.ts';
import type { Axis, Histogram, RegularAxis } from './types.ts';

/**
 * The sum of two histograms; both stay as they are. Growing axes are united (categories of `b` after those of
 * `a`), all others must be the same but for their labels. Throws `hist.storage`, `hist.axes`.
 */
export function mergeHistograms(a: Histogram, b: Histogram): Histogram {
  const sum = copyHistogram(a);
  addHistogram(sum, b);
  return sum;
}

/** Adds `more` to `sum`, in place; as `mergeHistograms`. */
export function addHistogram(sum: Histogram, more: Histogram): void {
  if (sum.storage !== more.storage)
    throw new ColumnsError(
      'hist.storage',
      `histograms of storage ${sum.storage} and ${more.storage} cannot be added`,
      'fill both with one storage',
    );
  if (sum.axes.length !== more.axes.length)
    throw new ColumnsError(
      'hist.axes',
      `histograms of ${sum.axes.length} and ${more.axes.length} axes cannot be added`,
    );
  const united = sum.axes.map((axis, k) => uniteAxes(axis, more.axes[k]!));
  const same = (side: 'left' | 'right') => united.every((axis) => axis[side] === undefined);
  const axes = united.map(({ axis }) => axis);
  const mapsOf = (from: Histogram, side: 'left' | 'right') =>
    united.map((axis, k) => axis[side] ?? sameCells(from.axes[k]!));
  if (!same('left')) Object.assign(sum, regrid(sum, axes, mapsOf(sum, 'left')));
  const other = same('right') ? more : regrid(more, axes, mapsOf(more, 'right'));
  const add = cellAdder(sum.storage, cellArrays(sum), cellArrays(other));
  for (let i = 0; i < sum.values.length; i++) add(i, i);
}

/** The sum of histograms, from left to right. Throws as `mergeHistograms`; for none `hist.axes`. */
export function mergeAll(histograms: readonly Histogram[]): Histogram {
  const [first, ...rest] = histograms;
  if (!first) throw new ColumnsError('hist.axes', 'no histograms to add up');
  const sum = copyHistogram(first);
  for (const more of rest) addHistogram(sum, more);
  return sum;
}

/** Whether two axes have the same name and bins; labels do not count. */
export function sameAxis(a: Axis, b: Axis): boolean {
  const [x, y] = [normal(a), normal(b)];
  return x === y;
}

function normal(axis: Axis): string {
  const { label: _, ...rest } = axis;
  const entries = Object.entries(rest).filter(([, value]) => value !== false && value !== undefined);
  return JSON.stringify(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** An axis that holds both, and where their cells lie on it if not in the same places. */
interface United {
  axis: Axis;
  left?: CellMap;
  right?: CellMap;
}

function uniteAxes(a: Axis, b: Axis): United {
  if (sameAxis(a, b)) return { axis: a };
  const united =
    a.name === b.name && isGrowing(a) && isGrowing(b)
      ? (uniteCategories(a, b) ?? uniteRanges(a, b))
      : undefined;
  if (united) return united;
  throw new ColumnsError(
    'hist.axes',
    `axis '${a.name}' (${describe(a)}) and axis '${b.name}' (${describe(b)}) are not the same`,
    'only histograms of the same axes can be added',
  );
}

function uniteCategories(a: Axis, b: Axis): United | undefined {
  if (!('categories' in a) || !('categories' in b) || a.kind !== b.kind || a.overflow !== b.overflow)
    return undefined;
  const categories = [...new Set<string | number>([...a.categories, ...b.categories])];
  const axis = { ...a, categories } as Axis;
  const places = new Map(categories.map((category, i) => [category, i]));
  const map = (from: readonly (string | number)[]): CellMap =>
    Int32Array.from([
      ...from.map((category) => places.get(category)!),
      ...(a.overflow ? [categories.length] : []),
    ]);
  return { axis, left: map(a.categories), right: map(b.categories) };
}

function uniteRanges(a: Axis, b: Axis): United | undefined {
  if (a.kind === 'integer' && b.kind === 'integer' && sameFlow(a, b)) {
    const axis = { ...a, low: Math.min(a.low, b.low), high: Math.max(a.high, b.high) };
    const map = (one: typeof a) =>
      growthMap(one, axis, one.low - axis.low, one.high - one.low, axis.high - axis.low);
    return { axis, left: map(a), right: map(b) };
  }
  if (a.kind !== 'regular' || b.kind !== 'regular' || !sameFlow(a, b)) return undefined;
  const [width, width2] = [widthOf(a), widthOf(b)];
  const shift = (b.low - a.low) / width;
  const whole = Math.round(shift);
  if (Math.abs(width - width2) > 1e-9 * width || Math.abs(shift - whole) > 1e-6) return undefined;
  const first = Math.min(0, whole);
  const bins = Math.max(a.bins, whole + b.bins) - first;
  const axis: RegularAxis = {
    ...a,
    bins,
    low: first === 0 ? a.low : b.low,
    high: whole + b.bins > a.bins ? b.high : a.high,
  };
  return {
    axis,
    left: growthMap(a, axis, -first, binCount(a), bins),
    right: growthMap(b, axis, whole - first, binCount(b), bins),
  };
}

function sameFlow(a: { underflow: boolean; overflow: boolean }, b: typeof a): boolean {
  return a.underflow === b.underflow && a.overflow === b.overflow;
}

function widthOf(axis: RegularAxis): number {
  return (axis.high - axis.low) / axis.bins;
}

/** An axis in a few words, for messages. */
function describe(axis: Axis): string {
  switch (axis.kind) {
    case 'regular':
      return `${axis.bins} bins from ${axis.low} to ${axis.high}`;
    case 'variable':
      return `${axis.edges.length - 1} bins from ${axis.edges[0]} to ${axis.edges.at(-1)}`;
    case 'integer':
      return `whole numbers from ${axis.low} to ${axis.high - 1}`;
    case 'boolean':
      return 'false and true';
    default:
      return `${axis.categories.length} categories`;
  }
}
