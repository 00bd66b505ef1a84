import { ColumnsError } from '../error.ts';
import type { Axis } from './types.ts';

/** Number of bins without flow. */
export function binCount(axis: Axis): number {
  switch (axis.kind) {
    case 'regular':
      return axis.bins;
    case 'variable':
      return axis.edges.length - 1;
    case 'integer':
      return axis.high - axis.low;
    case 'boolean':
      return 2;
    default:
      return axis.categories.length;
  }
}

/** Whether the axis has a cell below its first bin. */
export function hasUnderflow(axis: Axis): boolean {
  return 'underflow' in axis && axis.underflow;
}

/** Whether the axis has a cell above its last bin, or for other categories. */
export function hasOverflow(axis: Axis): boolean {
  return 'overflow' in axis && axis.overflow;
}

/** Number of cells: bins and flow. */
export function cellCount(axis: Axis): number {
  return binCount(axis) + Number(hasUnderflow(axis)) + Number(hasOverflow(axis));
}

/** Number of cells of a histogram with these axes. */
export function totalCells(axes: readonly Axis[]): number {
  return axes.reduce((product, axis) => product * cellCount(axis), 1);
}

/** How far apart neighbouring cells of each axis lie; the last axis is fastest. */
export function stridesOf(axes: readonly Axis[]): number[] {
  const strides = new Array<number>(axes.length);
  let stride = 1;
  for (let k = axes.length - 1; k >= 0; k--) {
    strides[k] = stride;
    stride *= cellCount(axes[k]!);
  }
  return strides;
}

/** Whether the axis has categories instead of edges. */
export function isCategory(axis: Axis): axis is Axis & { kind: 'category_str' | 'category_int' | 'boolean' } {
  return axis.kind === 'category_str' || axis.kind === 'category_int' || axis.kind === 'boolean';
}

/** The categories of an axis, or `undefined` for one with edges. */
export function categoriesOf(axis: Axis): readonly (string | number | boolean)[] | undefined {
  if (axis.kind === 'boolean') return [false, true];
  return isCategory(axis) ? axis.categories : undefined;
}

/** The edges of the bins, flow left out; categories are numbered from 0. */
export function edgesOf(axis: Axis): Float64Array {
  if (axis.kind === 'variable') return Float64Array.from(axis.edges);
  const bins = binCount(axis);
  const edges = new Float64Array(bins + 1);
  if (axis.kind === 'regular') {
    const stop = axis.low + (axis.high - axis.low);
    for (let i = 0; i < bins; i++) edges[i] = (1 - i / bins) * axis.low + (i / bins) * stop;
    edges[bins] = axis.high;
    return edges;
  }
  const low = axis.kind === 'integer' ? axis.low : 0;
  for (let i = 0; i <= bins; i++) edges[i] = low + i;
  return edges;
}

/** Throws `hist.axis` unless the axis can exist. */
export function checkAxis(axis: Axis): void {
  const fail = (problem: string, help?: string): never => {
    throw new ColumnsError('hist.axis', `axis '${axis.name}' ${problem}`, help);
  };
  const { kind } = axis;
  if (kind === 'regular') {
    if (!Number.isInteger(axis.bins) || axis.bins < 1) fail(`has ${axis.bins} bins`, 'give at least one');
    if (!Number.isFinite(axis.low) || !Number.isFinite(axis.high) || !(axis.low < axis.high))
      fail(`goes from ${axis.low} to ${axis.high}`, 'the lower end must be below the upper end');
  } else if (kind === 'variable') {
    const { edges } = axis;
    if (edges.length < 2) fail(`has ${edges.length} edges`, 'give at least two');
    for (let i = 0; i < edges.length; i++) {
      if (Number.isNaN(edges[i])) fail('has an edge that is no number');
      if (i > 0 && !(edges[i - 1]! < edges[i]!))
        fail(`has the edge ${edges[i]} after ${edges[i - 1]}`, 'edges must ascend');
    }
  } else if (kind === 'integer') {
    if (!Number.isSafeInteger(axis.low) || !Number.isSafeInteger(axis.high) || axis.low > axis.high)
      fail(`goes from ${axis.low} to ${axis.high}`, 'give whole numbers, the lower one first');
  } else if (kind !== 'boolean') {
    const seen = new Set<string | number>();
    for (const category of axis.categories) {
      if (seen.has(category)) fail(`has the category ${JSON.stringify(category)} twice`);
      if (kind === 'category_int' && !Number.isSafeInteger(category))
        fail(`has the category ${category}`, 'give whole numbers');
      seen.add(category);
    }
  }
  if ('circular' in axis && axis.circular && (axis.underflow || ('growing' in axis && axis.growing)))
    fail('is circular and has underflow or grows', 'a circular axis has neither');
}
