import type { HistogramView, ViewAxis } from './view.ts';

/** What figures need of a histogram; those of `@fasthep/columns` are of this shape. */
export interface HistogramLike {
  axes: readonly AxisLike[];
  storage: string;
  values: ArrayLike<number>;
  variances?: ArrayLike<number>;
  counts?: ArrayLike<number>;
  sumw?: ArrayLike<number>;
  sumw2?: ArrayLike<number>;
  deltas?: ArrayLike<number>;
}

/** An axis of any kind. */
interface AxisLike {
  kind: string;
  name: string;
  label?: string;
  bins?: number;
  low?: number;
  high?: number;
  edges?: readonly number[];
  categories?: readonly (string | number)[];
  underflow?: boolean;
  overflow?: boolean;
  /** Category → kind of its dataset: `data` is drawn as points. */
  kinds?: Readonly<Record<string, string>>;
}

/** Whether a value is a histogram. */
export function isHistogram(value: unknown): value is HistogramLike {
  return (
    typeof value === 'object' &&
    value !== null &&
    'axes' in value &&
    Array.isArray(value.axes) &&
    'storage' in value &&
    'values' in value
  );
}

/** A histogram as figures see it. Contents of mean storages are means with the variance of the mean. */
export function viewOf(histogram: HistogramLike): HistogramView {
  const axes = histogram.axes.map(axisOf);
  const { values } = histogram;
  if (histogram.storage === 'mean' || histogram.storage === 'weighted_mean') {
    const variances = Float64Array.from(values, (_, cell) => meanVariance(histogram, cell));
    // A bin without entries has no mean.
    const entries = histogram.counts ?? histogram.sumw;
    const means = Float64Array.from(values, (value, cell) =>
      entries && !(entries[cell]! > 0) ? Number.NaN : value,
    );
    return { axes, values: means, variances, mean: 'Mean' };
  }
  return { axes, values, ...(histogram.variances ? { variances: histogram.variances } : {}) };
}

/**
 * Variance of a bin's mean: the sample variance Σw(x−x̄)²/(W − W₂/W), over the effective number of entries W²/W₂
 * (W = Σw, W₂ = Σw²; both are n for plain entries).
 */
function meanVariance(histogram: HistogramLike, cell: number): number {
  const sum = histogram.counts?.[cell] ?? histogram.sumw?.[cell] ?? 0;
  const squares = histogram.sumw2?.[cell] ?? sum;
  const free = sum - squares / sum;
  if (!(free > 0)) return 0;
  return ((histogram.deltas?.[cell] ?? 0) / free) * (squares / (sum * sum));
}

function axisOf(axis: AxisLike): ViewAxis {
  const base = {
    name: axis.name,
    ...(axis.label ? { label: axis.label } : {}),
    under: !!axis.underflow,
    over: !!axis.overflow,
  };
  const { kind, low = 0, high = 0 } = axis;
  if (kind === 'boolean') return { ...base, size: 2, categories: ['False', 'True'] };
  if (kind === 'variable') return { ...base, size: axis.edges!.length - 1, edges: [...axis.edges!] };
  if (kind === 'regular') {
    const bins = axis.bins!;
    const edges = Array.from({ length: bins + 1 }, (_, k) =>
      k === bins ? high : round(low + ((high - low) * k) / bins),
    );
    return { ...base, size: bins, edges };
  }
  if (kind === 'integer') return { ...base, ...wholeNumbers(low, high) };
  if (kind === 'category_int' && axis.categories!.length > 2) {
    // One bin for each value that occurs: without gaps between them that is an axis of numbers.
    const first = Number(axis.categories![0]);
    if (axis.categories!.every((value, k) => value === first + k))
      return { ...base, ...wholeNumbers(first, first + axis.categories!.length) };
  }
  const categories = axis.categories!.map(String);
  return {
    ...base,
    size: categories.length,
    categories,
    ...(axis.kinds ? { kinds: { ...axis.kinds } } : {}),
  };
}

/** Whole numbers of [low, high) stand in the middle of their bins. */
function wholeNumbers(low: number, high: number): Pick<ViewAxis, 'size' | 'edges' | 'whole'> {
  const edges = Array.from({ length: high - low + 1 }, (_, k) => low + k - 0.5);
  return { size: high - low, edges, whole: true };
}

/** Drawn edges need no more than 12 digits, and are shorter in the numbers beside the figure. */
function round(value: number): number {
  return Number(value.toPrecision(12));
}
