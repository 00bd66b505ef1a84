/** Histograms as plain data, with the meaning of boost-histogram and the UHI schema. */

interface AxisBase {
  name: string;
  /** Text for plots. */
  label?: string;
}

/** `bins` bins of equal width between `low` and `high`. */
export interface RegularAxis extends AxisBase {
  kind: 'regular';
  bins: number;
  low: number;
  high: number;
  underflow: boolean;
  /** Without overflow the last bin includes its upper edge. */
  overflow: boolean;
  /** Values wrap around; overflow then holds what is not finite. */
  circular?: boolean;
  /** Bins of the same width are added where values fall outside. */
  growing?: boolean;
}

/** Bins `[edges[i], edges[i + 1])`. */
export interface VariableAxis extends AxisBase {
  kind: 'variable';
  edges: readonly number[];
  underflow: boolean;
  overflow: boolean;
  circular?: boolean;
  /** An edge is added where a value falls outside. */
  growing?: boolean;
}

/** One bin for each whole number of `[low, high)`. */
export interface IntegerAxis extends AxisBase {
  kind: 'integer';
  low: number;
  high: number;
  underflow: boolean;
  overflow: boolean;
  circular?: boolean;
  growing?: boolean;
}

/** One bin for each text; `overflow` is the bin of all others. */
export interface TextAxis extends AxisBase {
  kind: 'category_str';
  categories: readonly string[];
  overflow: boolean;
  growing?: boolean;
  /** Category → `data` or `mc`, where categories are datasets or processes: data is drawn as points. */
  kinds?: Readonly<Record<string, string>>;
}

/** One bin for each of these whole numbers; `overflow` is the bin of all others. */
export interface CodeAxis extends AxisBase {
  kind: 'category_int';
  categories: readonly number[];
  overflow: boolean;
  growing?: boolean;
}

/** False, true. */
export interface BooleanAxis extends AxisBase {
  kind: 'boolean';
}

export type Axis = RegularAxis | VariableAxis | IntegerAxis | TextAxis | CodeAxis | BooleanAxis;

/** What a bin holds. */
export type Storage = 'count' | 'double' | 'weighted' | 'mean' | 'weighted_mean';

/** The numbers of a bin: each is an array with one entry for each cell. */
export type CellField = 'values' | 'variances' | 'counts' | 'sumw' | 'sumw2' | 'deltas';

/** Entries, or sums of weights. */
export interface SumCells {
  storage: 'count' | 'double';
  values: Float64Array;
}

/** Sums of weights and of squared weights. */
export interface WeightedCells {
  storage: 'weighted';
  values: Float64Array;
  variances: Float64Array;
}

/** Entries (or sums of weights), means of the sample and sums of squared distances from the mean. */
export interface MeanCells {
  storage: 'mean';
  counts: Float64Array;
  values: Float64Array;
  deltas: Float64Array;
}

/** Sums of weights and of squared weights, weighted means of the sample and sums of weighted squared distances. */
export interface WeightedMeanCells {
  storage: 'weighted_mean';
  sumw: Float64Array;
  sumw2: Float64Array;
  values: Float64Array;
  deltas: Float64Array;
}

/**
 * A histogram. The cells stand in C order (the last axis is fastest); along an axis the underflow cell comes
 * first and the overflow cell last, where the axis has them.
 */
export type Histogram = { axes: readonly Axis[] } & (
  | SumCells
  | WeightedCells
  | MeanCells
  | WeightedMeanCells
);
