import type { Figure, FigureAxis, Series } from '../figure/types.ts';

/** Edges of the bins on the x axis: categories have unit bins at 0, 1, … */
export function binEdges(axis: FigureAxis): number[] | undefined {
  if (axis.edges) return axis.edges;
  if (axis.categories) return Array.from({ length: axis.categories.length + 1 }, (_, index) => index);
  return undefined;
}

/** Range shown on x. On a log axis only what is positive. */
export function xDomain(figure: Figure): [number, number] {
  const { x } = figure;
  const edges = binEdges(x);
  let values: number[] = [];
  if (edges) values = edges.filter((edge) => Number.isFinite(edge) && (!x.log || edge > 0));
  else for (const series of figure.series) values.push(...present(series.x ?? [], x.log));
  let [low, high] = ends(values);
  if (!edges && values.length > 0) {
    // Points are not drawn on the frame.
    if (x.log) [low, high] = [low / 1.3, high * 1.3];
    else {
      const pad = (high - low || Math.abs(high) || 1) * 0.05;
      [low, high] = [low - pad, high + pad];
    }
  }
  return settle(x, low, high);
}

/** Sum of the areas of a stack, from below; null where nothing of it has a value. */
export function stackTotals(series: readonly Series[]): { low: number[]; high: number[] }[] {
  const totals: { low: number[]; high: number[] }[] = [];
  let below: number[] | undefined;
  for (const one of series.filter((any) => any.draw === 'area')) {
    const low: number[] = below ?? one.y.map(() => 0);
    const high = low.map((value, index) => value + (one.y[index] ?? 0));
    totals.push({ low, high });
    below = high;
  }
  return totals;
}

/** Highest and lowest drawn value of each bin (or point), for ranges and for the legend. */
export interface Envelope {
  /** Left and right end on x of each entry. */
  from: number[];
  to: number[];
  low: number[];
  high: number[];
}

/** Everything of the main panel that must be visible. */
export function envelope(figure: Figure): Envelope {
  const found: Envelope = { from: [], to: [], low: [], high: [] };
  const edges = binEdges(figure.x);
  const add = (from: number, to: number, ...values: (number | null | undefined)[]) => {
    const finite = values.filter(
      (value): value is number => typeof value === 'number' && Number.isFinite(value),
    );
    if (finite.length === 0) return;
    found.from.push(from);
    found.to.push(to);
    found.low.push(Math.min(...finite));
    found.high.push(Math.max(...finite));
  };
  const top = stackTotals(figure.series).at(-1)?.high;
  if (edges && top) for (const [bin, value] of top.entries()) add(edges[bin]!, edges[bin + 1]!, value);
  for (const series of figure.series) {
    const bars = series.draw === 'points' || figure.look.errors !== false;
    for (const [index, y] of series.y.entries()) {
      // Empty bins have no error bars.
      const empty = edges && y === 0;
      const low = !empty && bars && series.draw !== 'area' ? series.low?.[index] : undefined;
      const high = !empty && bars && series.draw !== 'area' ? series.high?.[index] : undefined;
      if (edges) add(edges[index]!, edges[index + 1]!, y, low, high);
      else {
        const x = series.x?.[index];
        if (typeof x === 'number') add(x, x, y, low, high);
      }
    }
  }
  if (edges && figure.band)
    for (const [bin, high] of figure.band.high.entries())
      add(edges[bin]!, edges[bin + 1]!, high, figure.band.low[bin]);
  return found;
}

/** Range of y that holds everything, before room is made for the legend. */
export function yDomain(figure: Figure, shown: Envelope): [number, number] {
  const { y } = figure;
  if (y.log) {
    const positive = [...shown.low, ...shown.high].filter((value) => value > 0);
    // Error bars that reach towards zero must not stretch the axis: contents decide.
    const contents = [
      ...figure.series.flatMap((series) => present(series.y, true)),
      ...shown.high.filter((v) => v > 0),
    ];
    if (positive.length === 0) return settle(y, 0.1, 10);
    const [least] = ends(contents.length > 0 ? contents : positive);
    const [, most] = ends(positive);
    const low = Math.max(least * 0.6, most * 1e-7);
    return settle(y, low, Math.max(most * 1.8, low * 10));
  }
  const [low, high] = ends([...shown.low, ...shown.high]);
  // Points and lines of tables need no zero, unless it is near.
  const free = figure.series.every((series) => series.draw === 'points' || series.draw === 'line');
  const anchored = !free || (low >= 0 && low < 0.4 * high);
  if (!anchored) {
    const pad = (high - low || Math.abs(high) || 1) * 0.07;
    return settle(y, low - pad, high + pad);
  }
  // Error bars may end below the frame where no content is negative.
  const negative = figure.series.some((series) => series.y.some((value) => value !== null && value < 0));
  const bottom = negative ? Math.min(0, low) : 0;
  const top = Math.max(0, high);
  const span = top - bottom || 1;
  return settle(
    y,
    bottom < 0 ? bottom - span * 0.06 : 0,
    top > 0 || bottom === 0 ? (top || 1) + (top ? span * 0.06 : 0) : span * 0.06,
  );
}

/** What the user asked for over what was found; never empty, never upside down. */
function settle(axis: FigureAxis, low: number, high: number): [number, number] {
  let from = axis.range?.[0] ?? low;
  let to = axis.range?.[1] ?? high;
  if (axis.log) {
    if (!(to > 0)) to = 1;
    if (!(from > 0)) from = low > 0 && low < to ? low : to / 1000;
  }
  if (!(to > from)) {
    if (axis.log) return [from / 10, from * 10];
    const pad = Math.abs(from) * 0.1 || 1;
    return [from - pad, from + pad];
  }
  return [from, to];
}

/** Finite numbers of a list (positive ones). */
export function present(values: readonly (number | null)[], positive = false): number[] {
  return values.filter(
    (value): value is number => value !== null && Number.isFinite(value) && (!positive || value > 0),
  );
}

/** Least and greatest; `[0, 1]` of nothing. Works on any length. */
function ends(values: readonly number[]): [number, number] {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return low <= high ? [low, high] : [0, 1];
}
