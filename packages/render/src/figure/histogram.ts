import { seriesColors } from '../draw/colors.ts';
import { RenderError } from '../error.ts';
import type { PlotArguments } from '../plot/types.ts';
import { areCounts, errorEnds } from '../stats/interval.ts';
import { bandOf, totalOf } from './band.ts';
import type { Entry } from './entries.ts';
import { categoryAxis, contents, entriesOf, VARIATION } from './entries.ts';
import { axisOf, contentLabel, finite, lookOf } from './look.ts';
import { mapFigure } from './map.ts';
import { ratioPanel } from './ratio.ts';
import type { Figure, FigureKind, Series } from './types.ts';
import type { Part, ViewAxis } from './view.ts';

type Asked = Omit<PlotArguments, 'out'>;

/** Draws histograms into one figure: as a map where two axes have numbers, along one axis otherwise. */
export function histogramFigure(parts: readonly Part[], asked: Asked): Figure {
  const first = parts[0]!;
  const numeric = first.view.axes.flatMap((axis, index) => (axis.edges ? [index] : []));
  if (numeric.length > 2)
    throw new RenderError(
      'plot.dimensions',
      `a histogram with ${numeric.length} axes of numbers cannot be drawn: ${numeric.map((index) => first.view.axes[index]!.name).join(', ')}`,
      'fill a histogram of one or two of them',
    );
  if (numeric.length === 2) return mapFigure(parts, asked);
  if (asked.kind === 'map')
    throw new RenderError(
      'plot.kind',
      'kind map needs a histogram with two axes of numbers',
      "use 'lines' or 'stack'",
    );

  return curves(parts, numeric[0], asked);
}

function curves(parts: readonly Part[], numeric: number | undefined, asked: Asked): Figure {
  const style = asked.style ?? {};
  const first = parts[0]!.view;
  const stacked = asked.stack === undefined ? undefined : categoryAxis(first, asked.stack, 'stack');
  const along = numeric ?? ownCategory(parts[0]!, stacked);
  const axis = first.axes[along]!;
  const entries = parts.flatMap((part) => {
    sameAxis(axis, part.view.axes[along]);
    return entriesOf(part.view, part.fixed, [along], style).map((entry) => ({
      ...entry,
      name: parts.length > 1 ? [part.name, entry.name].filter(Boolean).join(', ') : entry.name,
    }));
  });
  if (stacked !== undefined) oneStack(parts, stacked, along);
  const kind: FigureKind =
    asked.kind ?? (stacked !== undefined ? 'stack' : numeric === undefined ? 'bar' : 'lines');
  const label = asked.x?.label ?? axis.label ?? axis.name;
  const seriesList = series(entries, along, axis, kind, asked);
  const what = first.mean ?? (style.normalise ? 'Fraction of entries' : 'Entries');
  const simulated = entries.filter((entry) => !entry.data);
  // Without a stack, a band or ratio is about the first entry.
  const base = kind === 'stack' ? simulated : entries.slice(0, 1);
  const scale = factor(axis, base, along, asked);
  const band =
    asked.band === undefined || base.length === 0
      ? undefined
      : scaled(bandOf(base, along, asked.band), scale);
  const figure: Figure = {
    format: 1,
    kind,
    x: axisOf(
      label,
      asked.x,
      axis.edges
        ? { edges: axis.edges, ...(axis.whole ? { whole: true } : {}) }
        : { categories: axis.categories ?? [] },
    ),
    y: axisOf(first.mean ?? contentLabel(what, label, axis.edges, !!style.density), asked.y),
    series: seriesList,
    ...(band ? { band } : {}),
    look: lookOf(style, !!asked.ratio),
  };
  if (asked.ratio && base.length > 0) {
    const denominator = totalOf(base, along).values.map((value, bin) => value * scale[bin]!);
    const over = kind === 'stack' ? seriesList.filter((one) => one.draw === 'points') : seriesList.slice(1);
    const uncertainty = band ?? scaled(bandOf(base, along, 'stat'), scale);
    const name =
      kind === 'stack' ? 'Data / MC' : seriesList.length === 2 ? 'Ratio' : `Ratio to ${seriesList[0]!.name}`;
    figure.ratio = ratioPanel(over, denominator, uncertainty, style.ratio, name);
  }
  return figure;
}

/** A histogram of categories alone is drawn along its last axis that is not a label of its own use. */
function ownCategory(part: Part, stacked: number | undefined): number {
  for (let index = part.view.axes.length - 1; index >= 0; index--) {
    const axis = part.view.axes[index]!;
    if (!part.fixed.has(index) && index !== stacked && axis.name !== VARIATION) return index;
  }
  if (stacked !== undefined && part.view.axes.length > 0) return stacked;
  throw new RenderError(
    'plot.dimensions',
    'the histogram has no axis left to draw along',
    "take its axis out of 'out'",
  );
}

function oneStack(parts: readonly Part[], stacked: number, along: number): void {
  for (const { view, fixed } of parts)
    for (const [index, axis] of view.axes.entries())
      if (
        axis.categories &&
        axis.size > 1 &&
        index !== stacked &&
        index !== along &&
        !fixed.has(index) &&
        axis.name !== VARIATION
      )
        throw new RenderError(
          'plot.stack',
          `a stack along '${view.axes[stacked]!.name}' cannot hold ${axis.size} values of '${axis.name}' as well`,
          `one figure for each: put {${axis.name}} into 'out'`,
        );
}

function sameAxis(axis: ViewAxis, other: ViewAxis | undefined): void {
  const same =
    other?.size === axis.size &&
    (axis.edges ?? []).every((edge, index) => other.edges?.[index] === edge) &&
    (axis.categories ?? []).every((name, index) => other.categories?.[index] === name);
  if (!same)
    throw new RenderError(
      'plot.axes',
      `histograms with different axes cannot share a figure: '${axis.name}' has not the bins of '${other?.name ?? 'nothing'}'`,
      "one figure for each: put {task} into 'out'",
    );
}

/** What every bin is multiplied with: 1, over its width, over the sum. */
function factor(axis: ViewAxis, entries: readonly Entry[], along: number, asked: Asked): number[] {
  const width = (bin: number) =>
    asked.style?.density && axis.edges ? 1 / (axis.edges[bin + 1]! - axis.edges[bin]!) : 1;
  let by = 1;
  if (asked.style?.normalise && entries.length > 0) {
    const sum = totalOf(entries, along).values.reduce((a, b) => a + b, 0);
    if (sum > 0) by = 1 / sum;
  }
  return Array.from({ length: axis.size }, (_, bin) => width(bin) * by);
}

function scaled<T extends { low: (number | null)[]; high: (number | null)[] }>(
  band: T,
  by: readonly number[],
): T {
  const times = (values: (number | null)[]) =>
    values.map((value, bin) => (value === null ? null : finite(value * by[bin]!)));
  return { ...band, low: times(band.low), high: times(band.high) };
}

function series(
  entries: readonly Entry[],
  along: number,
  axis: ViewAxis,
  kind: FigureKind,
  asked: Asked,
): Series[] {
  const drawn = entries.filter((entry) => !entry.data);
  const colors = seriesColors(asked.style?.palette, drawn.length);
  const stack = kind === 'stack';
  const common = stack ? factor(axis, drawn, along, asked) : undefined;
  const made = entries.map((entry): Series => {
    const found = contents(entry.view, entry.cell, along);
    const by = (entry.data ? undefined : common) ?? factor(axis, [entry], along, asked);
    const color = entry.data ? { color: 'black' } : colors[drawn.indexOf(entry)]!;
    const points = entry.data || kind === 'points';
    const counts = areCounts(found.values, found.variances);
    const ends = found.values.map((value, bin) => errorEnds(value, found.variances[bin]!, counts));
    // Beyond the ends there are entries; a mean of them says nothing here.
    const flow = entry.view.mean
      ? {}
      : {
          ...(found.under ? { under: found.under } : {}),
          ...(found.over ? { over: found.over } : {}),
        };
    return {
      name: entry.name,
      draw: points ? 'points' : stack ? 'area' : kind === 'bar' ? 'bars' : 'steps',
      y: found.values.map((value, bin) => finite(value * by[bin]!)),
      low: ends.map(([low], bin) => finite(low * by[bin]!)),
      high: ends.map(([, high], bin) => finite(high * by[bin]!)),
      ...(Object.keys(flow).length > 0 ? { flow } : {}),
      ...color,
      ...(entry.color ? { color: entry.color } : {}),
    };
  });
  // Many curves with error bars hide each other.
  if (!stack && kind === 'lines' && drawn.length > 4 && asked.style?.errors !== true)
    for (const one of made) if (one.draw === 'steps') withoutErrors(one);
  return made;
}

function withoutErrors(one: Series): void {
  delete one.low;
  delete one.high;
}
