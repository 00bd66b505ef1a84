import type { Figure, FigureAxis } from '../figure/types.ts';
import type { Scale } from '../scale/scale.ts';
import type { Ticks } from '../scale/ticks.ts';
import { linearTicks, logTicks } from '../scale/ticks.ts';
import { cutText, richWidth, textWidth } from '../text/measure.ts';
import { parseRich, plainText } from '../text/rich.ts';
import { envelope, xDomain, yDomain } from './extent.ts';
import type { Box, Sizes } from './geometry.ts';
import { sizesFor } from './geometry.ts';
import type { LegendPlace } from './legend.ts';
import { legendEntries, legendSize, placeLegend } from './legend.ts';
import { ratioDomain } from './ratio.ts';

/** Categories under an axis: cut to fit, level or turned. */
interface CategoryLabels {
  texts: string[];
  turned: boolean;
}

/** Where everything stands. */
export interface Layout {
  sizes: Sizes;
  main: Box;
  ratio?: Box;
  colorbar?: Box;
  x: Scale;
  y: Scale;
  ratioY?: Scale;
  z?: Scale;
  xTicks: Ticks;
  yTicks: Ticks;
  ratioTicks?: Ticks;
  zTicks?: Ticks;
  categories?: CategoryLabels;
  /** Categories on the y axis of a map. */
  yCategories?: string[];
  legend?: LegendPlace;
}

const GAP = 7;

/** Ticks for an axis of so many pixels: labels of x are wide, those of y are not. */
function ticksFor(
  axis: FigureAxis,
  domain: readonly [number, number],
  pixels: number,
  size: number,
  wide: boolean,
): Ticks {
  const make = axis.log ? logTicks : linearTicks;
  // Where all edges are whole numbers, so are the ticks.
  const whole = !axis.log && (axis.whole || axis.edges?.every(Number.isInteger));
  let most = Math.max(2, Math.floor(pixels / (wide ? size * 3.4 : size * 2.9)));
  if (most > 10) most = 10;
  for (;;) {
    const ticks = whole ? wholeOnly(make(domain[0], domain[1], most)) : make(domain[0], domain[1], most);
    if (!wide || most <= 1 || ticks.major.length < 3 || labelsFit(ticks, domain, pixels, size, axis.log))
      return ticks;
    most--;
  }
}

function wholeOnly(ticks: Ticks): Ticks {
  const minor = ticks.minor.filter(Number.isInteger);
  if (ticks.major.every(Number.isInteger)) return { ...ticks, minor };
  const kept = ticks.major.flatMap((value, index) => (Number.isInteger(value) ? [index] : []));
  const major = kept.map((index) => ticks.major[index]!);
  const labels = major.map((value) => [{ text: String(value).replace('-', '−') }]);
  return { major, labels, minor };
}

function labelsFit(
  ticks: Ticks,
  domain: readonly [number, number],
  pixels: number,
  size: number,
  log?: boolean,
): boolean {
  let end = Number.NEGATIVE_INFINITY;
  for (const [index, value] of ticks.major.entries()) {
    const part = log
      ? Math.log(value / domain[0]) / Math.log(domain[1] / domain[0])
      : (value - domain[0]) / (domain[1] - domain[0]);
    const half = richWidth(ticks.labels[index]!, size) / 2;
    if (part * pixels - half < end + size * 0.5) return false;
    end = part * pixels + half;
  }
  return true;
}

/** Labels of `count` categories under an axis of `pixels`. */
function categoryLabels(names: readonly string[], pixels: number, size: number): CategoryLabels {
  const room = pixels / Math.max(1, names.length);
  const widest = Math.max(0, ...names.map((name) => textWidth(name, size)));
  if (widest <= room - size * 0.5) return { texts: [...names], turned: false };
  return { texts: names.map((name) => cutText(name, size, 200)), turned: true };
}

/** Every n-th category is named, so that turned names do not lie on each other. */
export function categoryStride(count: number, pixels: number, size: number): number {
  return Math.max(1, Math.ceil((count * size * 1.25) / Math.max(1, pixels)));
}

/** Width of the widest tick label. */
function widest(ticks: Ticks, size: number): number {
  return Math.max(0, ...ticks.labels.map((label) => richWidth(label, size)));
}

/** Finds margins, scales, ticks and the legend's place, such that nothing is clipped and the legend hides nothing. */
export function layout(figure: Figure): Layout {
  const [width, height] = figure.look.size;
  const sizes = sizesFor(width, height);
  const domainX = xDomain(figure);
  const legend = legendEntries(figure);
  const wanted = figure.kind === 'map' ? 'none' : figure.look.legend;
  const box = legendSize(legend, sizes);
  let outside = wanted === 'right' && legend.length > 0;
  let domainY =
    figure.map && figure.y.categories
      ? ([0, figure.y.categories.length] as [number, number])
      : mapOrY(figure);
  for (let round = 0; ; round++) {
    const place = arrange(figure, sizes, domainX, domainY, outside ? box.width + 2 * GAP : 0);
    if (wanted === 'none' || legend.length === 0) return place;
    if (outside)
      return {
        ...place,
        legend: { entries: legend, x: place.main.x1 + 2 * GAP, y: place.main.y0, columns: 1, ...box },
      };
    const found = placeLegend(legend, figure, envelope(figure), place, sizes, domainY, wanted === 'inside');
    if (found === 'outside') {
      outside = true;
      continue;
    }
    // The range was stretched: tick labels and with them margins may have changed.
    if (found.domain[1] === domainY[1] || round > 1) return { ...place, legend: found.place };
    domainY = found.domain;
  }
}

function mapOrY(figure: Figure): [number, number] {
  if (!figure.map) return yDomain(figure, envelope(figure));
  const edges = figure.y.edges ?? [0, 1];
  return xDomain({ ...figure, x: { ...figure.y, edges } });
}

function arrange(
  figure: Figure,
  sizes: Sizes,
  domainX: [number, number],
  domainY: [number, number],
  right: number,
): Layout {
  const [width, height] = figure.look.size;
  const { look } = figure;
  const head = look.experiment || look.status || look.info ? sizes.title * 1.5 : 0;
  const title = look.title ? sizes.title * 1.6 : 0;
  const domainZ = figure.map ? zDomain(figure) : undefined;
  const approxHeight = height - 90;
  const yTicks = ticksFor(figure.y, domainY, approxHeight * (figure.ratio ? 0.66 : 1), sizes.tick, false);
  const domainR = figure.ratio && ratioDomain(figure.ratio);
  const ratioTicks = domainR && linearTicks(domainR[0], domainR[1], 4);
  const yCategories = figure.map && figure.y.categories?.map((name) => cutText(name, sizes.tick, 120));
  const yWide = yCategories
    ? Math.max(...yCategories.map((name) => textWidth(name, sizes.tick)))
    : Math.max(widest(yTicks, sizes.tick), ratioTicks ? widest(ratioTicks, sizes.tick) : 0);
  // Power of ten above the axis needs a line of its own, unless the head is there.
  const powerLine = yTicks.power !== undefined && head === 0 ? sizes.tick * 1.4 : 0;
  const zTicks = figure.map && domainZ && ticksFor(figure.map.z, domainZ, approxHeight, sizes.tick, false);
  const bar = zTicks ? sizes.tick * 1.6 + 12 + GAP + widest(zTicks, sizes.tick) + sizes.label * 1.7 : 0;
  let left = GAP + sizes.label * 1.25 + yWide + 10;
  const x1Room = Math.max(16, bar, right);
  const top = Math.max(10, 6 + title + Math.max(head, powerLine));
  let categories: CategoryLabels | undefined;
  let bottom = sizes.tick * 1.5 + sizes.label * 1.75;
  if (figure.x.categories) {
    categories = categoryLabels(figure.x.categories, width - left - x1Room, sizes.tick);
    if (categories.turned) {
      const longest = Math.max(...categories.texts.map((text) => textWidth(text, sizes.tick)));
      bottom += longest * Math.sin(TURN) + 2;
      // The first label hangs out to the left.
      const room = (width - left - x1Room) / categories.texts.length;
      const over = Math.max(
        ...categories.texts.map(
          (text, index) => textWidth(text, sizes.tick) * Math.cos(TURN) - (index + 0.5) * room,
        ),
      );
      left = Math.max(left, over + GAP);
    }
  }
  const frame: Box = { x0: left, y0: top, x1: width - x1Room, y1: height - bottom };
  const xTicks = figure.x.categories
    ? { major: [], labels: [], minor: [] }
    : ticksFor(figure.x, domainX, frame.x1 - frame.x0, sizes.tick, true);
  // The last label of x may reach over the frame.
  const lastTick = xTicks.major.at(-1);
  if (lastTick !== undefined && x1Room < 40) {
    const over = richWidth(xTicks.labels.at(-1)!, sizes.tick) / 2 + 4 - x1Room;
    if (over > 0) frame.x1 -= over;
  }
  const x: Scale = { log: !!figure.x.log, domain: domainX, range: [frame.x0, frame.x1] };
  const main = { ...frame };
  let ratio: Box | undefined;
  if (figure.ratio) {
    const all = frame.y1 - frame.y0;
    main.y1 = frame.y0 + all * 0.7;
    ratio = { ...frame, y0: main.y1 + 9 };
  }
  return {
    sizes,
    main,
    x,
    y: { log: !!figure.y.log, domain: domainY, range: [main.y1, main.y0] },
    xTicks,
    yTicks: ticksFor(figure.y, domainY, main.y1 - main.y0, sizes.tick, false),
    ...(categories ? { categories } : {}),
    ...(yCategories ? { yCategories } : {}),
    ...(ratio && domainR && ratioTicks
      ? { ratio, ratioTicks, ratioY: { log: false, domain: domainR, range: [ratio.y1, ratio.y0] as const } }
      : {}),
    ...(figure.map && domainZ && zTicks
      ? {
          zTicks,
          colorbar: { x0: main.x1 + 12, x1: main.x1 + 12 + sizes.tick * 1.3, y0: main.y0, y1: main.y1 },
          z: { log: !!figure.map.z.log, domain: domainZ, range: [main.y1, main.y0] as const },
        }
      : {}),
  };
}

/** Angle of turned labels. */
export const TURN = Math.PI / 5;

/** Range of colours: from the least to the greatest content; from 0 where nothing is negative. */
function zDomain(figure: Figure): [number, number] {
  const map = figure.map!;
  const values = map.cells
    .flat()
    .filter((v): v is number => v !== null && Number.isFinite(v) && (!map.z.log || v > 0));
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  if (low > high) [low, high] = map.z.log ? [0.1, 1] : [0, 1];
  if (!map.z.log) low = Math.min(0, low);
  if (low < 0 && !map.z.range) {
    high = Math.max(high, -low);
    low = -high;
  }
  const from = map.z.range?.[0] ?? low;
  let to = map.z.range?.[1] ?? high;
  if (!(to > from)) to = map.z.log ? from * 10 : from + 1;
  return [map.z.log && from <= 0 ? to / 1000 : from, to];
}

/** Runs of a label, cut where it is longer than its axis. */
export function axisLabel(text: string, size: number, pixels: number): ReturnType<typeof parseRich> {
  const runs = parseRich(text);
  if (richWidth(runs, size) <= pixels) return runs;
  return [{ text: cutText(plainText(runs), size, pixels) }];
}
