import type { FigureKind } from '../figure/types.ts';

/** Arguments of `plot`, by name, defaults filled in. */
export interface PlotArguments {
  out: string;
  kind?: FigureKind;
  /** Name of the category axis whose entries are stacked. */
  stack?: string;
  /** Uncertainty band: `stat`, names of variations, or `all`. */
  band?: string | string[];
  ratio?: boolean;
  x?: AxisArgument;
  y?: AxisArgument;
  z?: AxisArgument;
  style?: Style;
}

/** What is drawn on an axis of a table, and how any axis looks. */
export interface AxisArgument {
  /** Columns of a table. */
  field?: string | string[];
  label?: string;
  log?: boolean;
  range?: [number | null, number | null];
}

/** The look of a figure. Documented by `STYLE_SCHEMA`; keys not listed are names of category axes. */
export interface Style {
  title?: string;
  size?: [number, number];
  label?: { experiment?: string; status?: string; lumi?: string; energy?: string; info?: string };
  palette?: string | string[];
  colormap?: string;
  legend?: 'auto' | 'inside' | 'right' | 'none';
  grid?: boolean;
  errors?: boolean;
  /** Contents divided by bin widths. */
  density?: boolean;
  /** Every entry scaled to a sum of one. */
  normalise?: boolean;
  /** Names of several products in one figure, in their order. */
  names?: string[];
  ratio?: { label?: string; range?: [number, number] };
  [axis: string]: unknown;
}

/** One entry of an axis in a style: `process: {top: {label: "t$\\bar t$", color: "#c00"}}`. */
export interface EntryStyle {
  label?: string;
  color?: string;
  /** `data` is drawn as points, whatever the catalogue says. */
  kind?: string;
}
