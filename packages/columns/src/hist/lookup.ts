/**
 * From values to bins, with the arithmetic of boost-histogram. An index is -1 for underflow and the number of
 * bins for overflow, which NaN is too. The formulas are short on purpose: kernels write them out in their loops.
 */
import { binCount, hasOverflow, hasUnderflow } from './axis.ts';
import type { Axis } from './types.ts';

/** What can be filled along an axis. */
export type AxisValue = number | bigint | string | boolean;

/** `z = (x - low) / delta`, with `delta = high - low`; the bin is `z * bins` without its fraction. */
export function regularIndex(x: number, low: number, delta: number, bins: number): number {
  const z = (x - low) / delta;
  return z < 1 ? (z >= 0 ? (z * bins) | 0 : -1) : bins;
}

/** As `regularIndex`, for an axis that wraps around. */
export function circularIndex(x: number, low: number, delta: number, bins: number): number {
  const z = (x - low) / delta;
  return Number.isFinite(z) ? ((z - Math.floor(z)) * bins) | 0 : bins;
}

/** Binary search; `edges` ascend. */
export function variableIndex(x: number, edges: ArrayLike<number>): number {
  let low = 0;
  let high = edges.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (x < edges[middle]!) high = middle;
    else low = middle + 1;
  }
  return low - 1;
}

/** One bin for each whole number from `low` on. */
export function integerIndex(x: number, low: number, bins: number): number {
  const z = Math.floor(x) - low;
  return z < bins ? (z >= 0 ? z : -1) : bins;
}

/** A function from a value to its index along the axis (-1 underflow, number of bins for overflow). */
export function indexer(axis: Axis): (x: AxisValue) => number {
  switch (axis.kind) {
    case 'regular': {
      const { low, bins, overflow } = axis;
      const delta = axis.high - low;
      if (axis.circular) return (x) => circularIndex(Number(x), low, delta, bins);
      if (overflow) return (x) => regularIndex(Number(x), low, delta, bins);
      return (x) => ((Number(x) - low) / delta === 1 ? bins - 1 : regularIndex(Number(x), low, delta, bins));
    }
    case 'variable': {
      const edges = Float64Array.from(axis.edges);
      const bins = edges.length - 1;
      const [first, last] = [edges[0]!, edges[bins]!];
      const span = last - first;
      if (axis.circular)
        return (x) => variableIndex(Number(x) - Math.floor((Number(x) - first) / span) * span, edges);
      if (axis.overflow) return (x) => variableIndex(Number(x), edges);
      return (x) => (Number(x) === last ? bins - 1 : variableIndex(Number(x), edges));
    }
    case 'integer': {
      const bins = axis.high - axis.low;
      if (!axis.circular) return (x) => integerIndex(Number(x), axis.low, bins);
      return (x) => {
        const z = Math.floor(Number(x)) - axis.low;
        return Number.isFinite(z) ? z - Math.floor(z / bins) * bins : bins;
      };
    }
    case 'boolean':
      return (x) => (x ? 1 : 0);
    default: {
      const bins = axis.categories.length;
      const places = new Map<AxisValue, number>(axis.categories.map((category, i) => [category, i]));
      if (axis.kind === 'category_str') return (x) => places.get(x) ?? bins;
      return (x) => places.get(Number(x)) ?? bins;
    }
  }
}

/** A function from a value to its cell along the axis, flow included; -1 where the axis has no cell for it. */
export function cellIndexer(axis: Axis): (x: AxisValue) => number {
  const index = indexer(axis);
  const cellOf = cellOfIndex(axis);
  return (x) => cellOf(index(x));
}

/** A function from an index (-1 underflow, number of bins for overflow) to a cell, -1 if there is none. */
export function cellOfIndex(axis: Axis): (index: number) => number {
  const first = hasUnderflow(axis) ? 1 : 0;
  const bins = binCount(axis);
  const over = hasOverflow(axis);
  return (index) => (index >= bins ? (over ? bins + first : -1) : index < 0 ? first - 1 : index + first);
}
