import type { Figure, FigureAxis, Series } from '../figure/types.ts';
import { place, placeInside } from '../scale/scale.ts';
import { element, tooltip } from '../svg/writer.ts';
import { showNumber, showUncertain } from '../text/numbers.ts';
import { parseRich, plainText } from '../text/rich.ts';
import { stackTotals } from './extent.ts';
import type { Layout } from './layout.ts';
import { mapEdges } from './map.ts';
import type { Panel } from './marks.ts';
import { binPixels } from './marks.ts';

/** More cells than this would make a figure heavy; the report reads them from the numbers instead. */
const MOST_CELLS = 400;

/** Invisible rectangles over the bins whose tooltips give contents and errors. */
export function drawHover(figure: Figure, at: Layout, panel: Panel): string {
  const body = figure.map
    ? cells(figure, at)
    : panel.edges
      ? bins(figure, at, panel)
      : pointTips(figure, panel);
  return body && element('g', { class: 'hover', fill: 'none', 'pointer-events': 'all' }, body);
}

function bins(figure: Figure, at: Layout, panel: Panel): string {
  const edges = panel.edges!;
  const bottom = (at.ratio ?? at.main).y1;
  const top = stackTotals(figure.series).at(-1)?.high;
  const stacked = figure.series.filter((series) => series.draw === 'area').length;
  let text = '';
  for (let bin = 0; bin + 1 < edges.length; bin++) {
    const [left, right] = binPixels(panel, bin);
    if (!(right > left)) continue;
    const lines = [binName(figure.x, edges, bin)];
    for (const series of figure.series) lines.push(`${nameOf(series)}${content(series, bin)}`);
    if (top && stacked > 1) lines.push(`sum: ${showNumber(top[bin])}`);
    const low = figure.band?.low[bin];
    const high = figure.band?.high[bin];
    if (typeof low === 'number' && typeof high === 'number')
      lines.push(`${figure.band!.name}: ${showNumber(low)} … ${showNumber(high)}`);
    text += element(
      'rect',
      { x: left, y: at.main.y0, width: right - left, height: bottom - at.main.y0 },
      tooltip(lines.join('\n')),
    );
  }
  return text + flows(figure, at);
}

/** Under- and overflow: small triangles beside the frame, named by their tooltips. */
function flows(figure: Figure, at: Layout): string {
  let text = '';
  for (const side of ['under', 'over'] as const) {
    const lines = figure.series
      .filter((series) => series.flow?.[side])
      .map((series) => `${nameOf(series)}${showNumber(series.flow![side])}`);
    if (lines.length === 0) continue;
    const x = side === 'under' ? at.main.x0 - 2 : at.main.x1 + 2;
    const y = (at.ratio ?? at.main).y1 - 5;
    const points =
      side === 'under'
        ? `${x},${y - 4} ${x - 6},${y} ${x},${y + 4}`
        : `${x},${y - 4} ${x + 6},${y} ${x},${y + 4}`;
    text += element(
      'polygon',
      {
        class: 'flow',
        points: points.replace(/\d+\.\d+/gu, (n) => String(Math.round(Number(n) * 100) / 100)),
        fill: '#888888',
      },
      tooltip([`${side}flow (not shown)`, ...lines].join('\n')),
    );
  }
  return text;
}

function pointTips(figure: Figure, panel: Panel): string {
  let text = '';
  for (const series of figure.series) {
    if (series.y.length > 500) continue;
    for (const [index, y] of series.y.entries()) {
      const x = series.x?.[index];
      if (typeof x !== 'number' || y === null) continue;
      const [px, py] = [place(panel.x, x), placeInside(panel.y, y)];
      if (!(px >= panel.box.x0 && px <= panel.box.x1) || !Number.isFinite(py)) continue;
      const lines = [
        `${plain(figure.x.label)}: ${showNumber(x)}`,
        `${nameOf(series)}${content(series, index)}`,
      ];
      text += element('circle', { cx: px, cy: py, r: 6 }, tooltip(lines.join('\n')));
    }
  }
  return text;
}

function cells(figure: Figure, at: Layout): string {
  const map = figure.map!;
  const edges = mapEdges(figure);
  if ((edges.x.length - 1) * (edges.y.length - 1) > MOST_CELLS) return '';
  let text = '';
  for (const [i, column] of map.cells.entries())
    for (const [j, value] of column.entries()) {
      const [left, right] = [placeInside(at.x, edges.x[i]!), placeInside(at.x, edges.x[i + 1]!)];
      const [bottom, top] = [placeInside(at.y, edges.y[j]!), placeInside(at.y, edges.y[j + 1]!)];
      if (value === null || !(right > left) || !(bottom > top)) continue;
      const lines = [
        binName(figure.x, edges.x, i),
        binName(figure.y, edges.y, j),
        `${plain(map.z.label)}: ${withError(value, map.variances?.[i]?.[j])}`,
      ];
      text += element(
        'rect',
        { x: left, y: top, width: right - left, height: bottom - top },
        tooltip(lines.join('\n')),
      );
    }
  return text;
}

function withError(value: number, variance: number | null | undefined): string {
  if (typeof variance !== 'number') return showNumber(value);
  const error = Math.sqrt(Math.max(0, variance));
  return showUncertain(value, error, error);
}

function plain(label: string): string {
  return plainText(parseRich(label));
}

function nameOf(series: Series): string {
  return series.name === '' ? '' : `${plain(series.name)}: `;
}

function content(series: Series, index: number): string {
  const value = series.y[index];
  const low = series.low?.[index];
  const high = series.high?.[index];
  if (typeof value !== 'number') return '–';
  if (typeof low !== 'number' || typeof high !== 'number') return showNumber(value);
  return showUncertain(value, value - low, high - value);
}

function binName(axis: FigureAxis, edges: readonly number[], bin: number): string {
  const label = plain(axis.label);
  if (axis.categories) return `${label}: ${axis.categories[bin]}`;
  if (axis.whole) return `${label}: ${showNumber((edges[bin]! + edges[bin + 1]!) / 2)}`;
  return `${label}: ${showNumber(edges[bin]!, 6)} … ${showNumber(edges[bin + 1]!, 6)}`;
}
