/**
 * A histogram as figures need it: every axis either numeric (edges) or of categories, contents as two flat
 * arrays in row-major order with flow bins.
 */
export interface HistogramView {
  axes: ViewAxis[];
  values: ArrayLike<number>;
  /** Absent: counts, whose variance is their value. */
  variances?: ArrayLike<number>;
  /** Contents are means of a sample, with their standard error squared as variance; `name` of what. */
  mean?: string;
}

export interface ViewAxis {
  name: string;
  label?: string;
  /** Bins without flow. */
  size: number;
  under: boolean;
  over: boolean;
  /** n + 1 edges of a numeric axis. */
  edges?: number[];
  /** Bins are whole numbers, in their middle. */
  whole?: boolean;
  categories?: string[];
  /** Category → kind of its dataset (`data`, `mc`), where known. */
  kinds?: Record<string, string>;
}

/** One histogram of a figure: which bins its category axes are fixed to, and its name where there are several. */
export interface Part {
  view: HistogramView;
  fixed: Map<number, number>;
  name: string;
}

/** Chosen bins by axis index; −1 and `size` are under- and overflow. */
export type Cell = number[];

/** Bins of an axis with flow. */
function extent(axis: ViewAxis): number {
  return axis.size + (axis.under ? 1 : 0) + (axis.over ? 1 : 0);
}

/** Flat index of a cell, or −1 where it does not exist. */
function flatIndex(view: HistogramView, cell: Cell): number {
  let index = 0;
  for (const [at, axis] of view.axes.entries()) {
    const bin = cell[at]!;
    if (bin < (axis.under ? -1 : 0) || bin > axis.size - (axis.over ? 0 : 1)) return -1;
    index = index * extent(axis) + bin + (axis.under ? 1 : 0);
  }
  return index;
}

/** Content and variance of a cell; zero where it does not exist. */
export function contentAt(view: HistogramView, cell: Cell): { value: number; variance: number } {
  const index = flatIndex(view, cell);
  if (index < 0) return { value: 0, variance: 0 };
  const value = view.values[index] ?? 0;
  return { value, variance: view.variances ? (view.variances[index] ?? 0) : value };
}
