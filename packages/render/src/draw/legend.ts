import type { Figure, Series } from '../figure/types.ts';
import { valueAt } from '../scale/scale.ts';
import { cutText, richWidth } from '../text/measure.ts';
import type { Run } from '../text/rich.ts';
import { parseRich, plainText } from '../text/rich.ts';
import type { Envelope } from './extent.ts';
import type { Box, Sizes } from './geometry.ts';

/** One line of the legend. */
export interface LegendEntry {
  text: Run[];
  series?: Series;
  band?: boolean;
}

/** A legend with its place: upper left corner. */
export interface LegendPlace {
  entries: LegendEntry[];
  x: number;
  y: number;
  width: number;
  height: number;
  columns: number;
}

const PAD = 4;
const WIDEST = 230;

/** Data first, then the stack from the top, then lines and the band. A single unnamed series needs no legend. */
export function legendEntries(figure: Figure): LegendEntry[] {
  const named = figure.series.filter((series) => series.name !== '');
  const points = named.filter((series) => series.draw === 'points');
  const areas = named.filter((series) => series.draw === 'area').reverse();
  const others = named.filter((series) => series.draw !== 'points' && series.draw !== 'area');
  const entries: LegendEntry[] = [...points, ...areas, ...others].map((series) => ({
    text: shortened(series.name),
    series,
  }));
  if (figure.band && (entries.length > 0 || figure.band.name !== ''))
    entries.push({ text: shortened(figure.band.name), band: true });
  return entries;
}

function shortened(name: string): Run[] {
  const runs = parseRich(name);
  if (richWidth(runs, 13) <= WIDEST) return runs;
  return [{ text: cutText(plainText(runs), 13, WIDEST) }];
}

/** Size of the sample beside each text. */
export function swatch(sizes: Sizes): { width: number; height: number; row: number } {
  return { width: sizes.legend * 1.9, height: sizes.legend * 0.75, row: sizes.legend * 1.42 };
}

/** Size of a legend in so many columns. */
export function legendSize(
  entries: readonly LegendEntry[],
  sizes: Sizes,
  columns = 1,
): { width: number; height: number } {
  const { width, row } = swatch(sizes);
  const text = Math.max(0, ...entries.map((entry) => richWidth(entry.text, sizes.legend)));
  return {
    width: columns * (width + 6 + text) + (columns - 1) * 12 + 2 * PAD,
    height: Math.ceil(entries.length / columns) * row + 2 * PAD,
  };
}

/**
 * The place inside the frame that needs the least stretching of y so that the legend stands above everything
 * drawn below it: right, left or middle, in one to three columns. `outside` where it would take half the panel.
 */
export function placeLegend(
  entries: LegendEntry[],
  figure: Figure,
  shown: Envelope,
  at: { main: Box; x: { domain: readonly [number, number]; log: boolean } },
  sizes: Sizes,
  domain: [number, number],
  forced: boolean,
): { place: LegendPlace; domain: [number, number] } | 'outside' {
  const { main } = at;
  const margin = sizes.major + 3;
  const high = main.y1 - main.y0;
  const fixed = typeof figure.y.range?.[1] === 'number';
  let best: { cost: number; place: LegendPlace; domain: [number, number] } | undefined;
  for (const columns of [1, 2, 3]) {
    if (columns > entries.length) break;
    const size = legendSize(entries, sizes, columns);
    const free = main.x1 - main.x0 - 2 * margin;
    if (size.width > free) continue;
    for (const [rank, x] of [
      main.x1 - margin - size.width,
      main.x0 + margin,
      main.x0 + (main.x1 - main.x0 - size.width) / 2,
    ].entries()) {
      const top = topUnder(shown, at, main, x - 4, x + size.width + 4);
      const need = (margin + size.height + 6) / high;
      const stretched = stretch(domain, !!figure.y.log, top, need);
      if (stretched === undefined) continue;
      const cost = fraction(domain, stretched, !!figure.y.log) + rank * 0.02 + (columns - 1) * 0.05;
      if (!best || cost < best.cost - 1e-9)
        best = {
          cost,
          place: { entries, x, y: main.y0 + margin, columns, ...size },
          domain: [domain[0], stretched],
        };
    }
  }
  if (!best) return forced ? asItIs(entries, sizes, main, margin, domain) : 'outside';
  const grew = best.domain[1] > domain[1];
  if (grew && fixed) return forced ? { place: best.place, domain } : 'outside';
  if (!forced && (best.place.height > high * 0.5 || best.cost > 0.55)) return 'outside';
  return best;
}

function asItIs(entries: LegendEntry[], sizes: Sizes, main: Box, margin: number, domain: [number, number]) {
  const size = legendSize(entries, sizes);
  return {
    place: { entries, x: main.x1 - margin - size.width, y: main.y0 + margin, columns: 1, ...size },
    domain,
  };
}

/** Highest value drawn between two pixels of x. */
function topUnder(
  shown: Envelope,
  at: { x: { domain: readonly [number, number]; log: boolean } },
  main: Box,
  from: number,
  to: number,
): number {
  const value = (pixel: number) => valueAt(at.x.domain, at.x.log, (pixel - main.x0) / (main.x1 - main.x0));
  const [left, right] = [value(from), value(to)];
  let top = Number.NEGATIVE_INFINITY;
  for (let index = 0; index < shown.high.length; index++)
    if (shown.to[index]! >= left && shown.from[index]! <= right) top = Math.max(top, shown.high[index]!);
  return top;
}

/** New upper end of y with which `top` lies below the fraction `need` from the top; undefined where that cannot be. */
function stretch(domain: [number, number], log: boolean, top: number, need: number): number | undefined {
  const [low, high] = domain;
  if (need >= 0.85) return undefined;
  if (log) {
    if (!(top > low)) return high;
    return Math.max(high, low * (top / low) ** (1 / (1 - need)));
  }
  if (!(top > low)) return high;
  return Math.max(high, low + (top - low) / (1 - need));
}

/** How much longer the axis becomes. */
function fraction(domain: [number, number], high: number, log: boolean): number {
  const [low, before] = domain;
  return log ? Math.log(high / low) / Math.log(before / low) - 1 : (high - low) / (before - low) - 1;
}
