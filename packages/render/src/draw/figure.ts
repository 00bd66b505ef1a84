import type { Figure } from '../figure/types.ts';
import { place } from '../scale/scale.ts';
import { element, escapeText, num, shortHash, svgDocument } from '../svg/writer.ts';
import { parseRich, plainText } from '../text/rich.ts';
import { drawFrame, drawGrid } from './frame.ts';
import { drawHover } from './hover.ts';
import { layout } from './layout.ts';
import { drawLegend } from './legendmarks.ts';
import { drawCells, drawColorbar } from './map.ts';
import type { Panel } from './marks.ts';
import { drawBand, drawPoints, drawSeries, panelEdges } from './marks.ts';

/** Figures with more numbers than this do not carry them in the SVG. */
const MOST_EMBEDDED = 300_000;

/**
 * The figure as an SVG document: equal figures give equal bytes. Text stays text. Its numbers lie in
 * `<metadata>` as JSON (see `readFigure`), unless `embed` is false.
 */
export function drawFigure(figure: Figure, options: { embed?: boolean } = {}): string {
  const at = layout(figure);
  const [width, height] = figure.look.size;
  const json = JSON.stringify(figure);
  const id = `f${shortHash(json)}`;
  const hatch = `url(#${id}-hatch)`;
  const panel: Panel = {
    box: at.main,
    x: at.x,
    y: at.y,
    id,
    markerSize: figure.look.size[0] < 400 ? 2.6 : 3.4,
    ...edgesOf(figure),
  };
  const inside = (body: string, box = at.main, name = 'main') =>
    body &&
    element(
      'clipPath',
      { id: `${id}-${name}` },
      element('rect', { x: box.x0, y: box.y0, width: box.x1 - box.x0, height: box.y1 - box.y0 }),
    ) + element('g', { 'clip-path': `url(#${id}-${name})` }, body);
  const parts: string[] = [];
  if (options.embed !== false && json.length <= MOST_EMBEDDED)
    parts.push(element('metadata', {}, escapeText(json)));
  parts.push(element('rect', { class: 'paper', width, height, fill: 'white' }));
  if (figure.band) parts.push(hatchPattern(`${id}-hatch`));
  if (figure.look.grid) parts.push(drawGrid(at));
  if (figure.map) parts.push(inside(drawCells(figure, at)), drawColorbar(figure, at));
  else {
    const series = drawSeries(figure, panel, figure.series, figure.look.errors !== false);
    const band = figure.band ? drawBand(figure.band, panel, hatch) : '';
    parts.push(inside([series, band, zeroLine(panel), drawPoints(panel, figure.series)].join('')));
  }
  if (figure.ratio && at.ratio && at.ratioY) {
    const lower: Panel = { ...panel, box: at.ratio, y: at.ratioY };
    const { band } = figure.ratio;
    const one = element('path', {
      class: 'ink',
      d: `M${num(at.ratio.x0)} ${num(place(at.ratioY, 1))}H${num(at.ratio.x1)}`,
      stroke: 'black',
      'stroke-width': 1,
      'stroke-dasharray': '4 3',
      fill: 'none',
    });
    const body = [
      band ? drawBand(band, lower, '#888888', 0.35) : '',
      one,
      drawSeries(figure, lower, figure.ratio.series, true),
      drawPoints(lower, figure.ratio.series),
    ];
    parts.push(inside(body.join(''), at.ratio, 'ratio'));
  }
  parts.push(drawFrame(figure, at));
  if (at.legend) parts.push(drawLegend(figure, at.legend, at.sizes, hatch));
  if (figure.series.length === 0 && !figure.map) parts.push(nothing(figure));
  parts.push(drawHover(figure, at, panel));
  return svgDocument(width, height, describe(figure), parts.filter(Boolean).join('\n'));
}

function edgesOf(figure: Figure): { edges?: number[] } {
  const edges = panelEdges(figure);
  return edges ? { edges } : {};
}

/** A line at zero where contents go below it. */
function zeroLine(panel: Panel): string {
  if (panel.y.log || panel.y.domain[0] >= 0 || panel.y.domain[1] <= 0) return '';
  const d = `M${num(panel.box.x0)} ${num(place(panel.y, 0))}H${num(panel.box.x1)}`;
  return element('path', {
    class: 'ink',
    d,
    stroke: 'black',
    'stroke-width': 0.8,
    'stroke-opacity': 0.6,
    fill: 'none',
  });
}

function hatchPattern(id: string): string {
  const line = element('path', {
    class: 'ink',
    d: 'M-1 6L6 -1M4 11L11 4M-1 11L11 -1',
    stroke: 'black',
    'stroke-width': 0.8,
    'stroke-opacity': 0.7,
  });
  const pattern = element('pattern', { id, width: 10, height: 10, patternUnits: 'userSpaceOnUse' }, line);
  return element('defs', {}, pattern);
}

function nothing(figure: Figure): string {
  const [width, height] = figure.look.size;
  return element(
    'text',
    { class: 'ink-fill', x: width / 2, y: height / 2, 'text-anchor': 'middle', 'font-size': 15 },
    'no data',
  );
}

/** What the figure shows, in one line for those who do not see it. */
function describe(figure: Figure): string {
  const plain = (label: string) => plainText(parseRich(label));
  const of = figure.map
    ? `${plain(figure.map.z.label)} by ${plain(figure.x.label)} and ${plain(figure.y.label)}`
    : `${plain(figure.y.label)} by ${plain(figure.x.label)}`;
  const names = figure.series.map((series) => plain(series.name)).filter(Boolean);
  return `${figure.look.title ? `${plain(figure.look.title)}: ` : ''}${of}${names.length > 0 ? ` (${names.join(', ')})` : ''}`;
}
