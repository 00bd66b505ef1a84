/**
 * A figure as plain data: all numbers that are drawn, and how. It is what stands in the `.json` beside a
 * figure, and what `drawFigure` turns into SVG. Missing numbers (NaN, infinite) are null.
 */
export interface Figure {
  format: 1;
  kind: FigureKind;
  x: FigureAxis;
  y: FigureAxis;
  /** Drawn in this order; those of a stack from the bottom. */
  series: Series[];
  /** Around the sum of the stack, or around the first series. */
  band?: Band;
  ratio?: RatioPanel;
  /** Of kind `map`: contents on x × y, with the colour axis. */
  map?: MapCells;
  look: Look;
}

export type FigureKind = 'lines' | 'stack' | 'map' | 'bar' | 'points';

export interface FigureAxis {
  /** With its unit in brackets: `m(μμ) [GeV]`. */
  label: string;
  log?: boolean;
  /** What is shown; absent: everything. */
  range?: [number | null, number | null];
  /** n + 1 edges of n bins. */
  edges?: number[];
  /** Ticks at whole numbers only. */
  whole?: boolean;
  /** One bin for each. */
  categories?: string[];
}

export interface Series {
  /** In the legend. */
  name: string;
  draw: 'steps' | 'area' | 'points' | 'bars' | 'line';
  /** Places of points that have no bins. */
  x?: (number | null)[];
  /** One for each bin or point. */
  y: (number | null)[];
  /** Ends of the error bars. */
  low?: (number | null)[];
  high?: (number | null)[];
  /** Contents below and above the axis. */
  flow?: { under?: number; over?: number };
  color: string;
  /** Line pattern, where colours repeat. */
  dash?: string;
}

export interface Band {
  name: string;
  low: (number | null)[];
  high: (number | null)[];
}

export interface RatioPanel {
  label: string;
  range?: [number, number];
  series: Series[];
  /** The uncertainty of the denominator, around 1. */
  band?: Band;
}

export interface MapCells {
  z: FigureAxis;
  /** `cells[i][j]`: bin i of x, bin j of y. */
  cells: (number | null)[][];
  /** Variances, if they say more than the contents. */
  variances?: (number | null)[][];
  /** Content outside the axes. */
  outside?: number;
}

/** Everything about the look that is not a number of the data. */
export interface Look {
  /** Width and height in pixels. */
  size: [number, number];
  title?: string;
  /** Bold, upper left; then `status` in italics; `info` upper right. */
  experiment?: string;
  status?: string;
  info?: string;
  grid?: boolean;
  legend: 'auto' | 'inside' | 'right' | 'none';
  /** Error bars of lines; points always have them. */
  errors?: boolean;
  /** Of a map: colours from low to high. */
  colormap?: string;
}
