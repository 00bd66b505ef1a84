import type { Band, Figure, Series } from '../figure/types.ts';
import type { Scale } from '../scale/scale.ts';
import { place, placeInside } from '../scale/scale.ts';
import { element, num } from '../svg/writer.ts';
import { binEdges, stackTotals } from './extent.ts';
import type { Box } from './geometry.ts';

/** One panel to draw into: its scales and its box. */
export interface Panel {
  box: Box;
  x: Scale;
  y: Scale;
  /** Edges of bins, where x has bins. */
  edges?: number[];
  /** For ids. */
  id: string;
  markerSize: number;
}

/** All series of the main panel, from the back to the front. */
export function drawSeries(figure: Figure, panel: Panel, series: readonly Series[], errors: boolean): string {
  const parts: string[] = [];
  const areas = series.filter((one) => one.draw === 'area');
  for (const [index, total] of stackTotals(areas).entries()) parts.push(area(areas[index]!, total, panel));
  const bars = series.filter((one) => one.draw === 'bars');
  for (const [index, one] of bars.entries()) parts.push(barMarks(one, panel, index, bars.length));
  const lines = series.filter((one) => one.draw === 'steps');
  // One histogram alone is filled a little: a shape is seen faster than a line.
  const alone = lines.length === 1 && series.length === 1 && figure.kind === 'lines';
  for (const one of lines) parts.push(steps(one, panel, alone));
  for (const one of series) if (one.draw === 'line') parts.push(polyline(one, panel));
  if (errors) for (const one of lines) parts.push(errorBars(one, panel, one.color, 'series'));
  return parts.join('\n');
}

/** Points of the series that are drawn as points, above everything else. */
export function drawPoints(panel: Panel, series: readonly Series[]): string {
  const chosen = series.filter((one) => one.draw === 'points');
  return chosen.map((one, index) => points(one, panel, index)).join('\n');
}

/** Area between two curves, hatched or of one colour. */
export function drawBand(band: Band, panel: Panel, fill: string, opacity?: number): string {
  const { edges } = panel;
  if (!edges) return '';
  let path = '';
  for (const [bin, low] of band.low.entries()) {
    const high = band.high[bin];
    if (low === null || high === null || high === undefined || !(high > low)) continue;
    const [left, right] = binPixels(panel, bin);
    const [bottom, top] = [placeInside(panel.y, low), placeInside(panel.y, high)];
    if (!(right > left) || bottom === top) continue;
    path += `M${num(left)} ${num(bottom)}H${num(right)}V${num(top)}H${num(left)}Z`;
  }
  return path && element('path', { class: 'band', d: path, fill, 'fill-opacity': opacity, stroke: 'none' });
}

/** Left and right pixel of a bin, inside the frame. */
export function binPixels(panel: Panel, bin: number): [number, number] {
  const { edges = [], x } = panel;
  return [placeInside(x, edges[bin]!), placeInside(x, edges[bin + 1]!)];
}

/** Outline of a histogram; gaps where there is no number. */
function outline(values: readonly (number | null)[], panel: Panel, close: boolean): string {
  let path = '';
  let open = false;
  let start = 0;
  const zero = num(placeInside(panel.y, 0));
  const end = () => {
    if (open && close) path += `V${zero}H${num(start)}Z`;
    open = false;
  };
  for (const [bin, value] of values.entries()) {
    const [left, right] = binPixels(panel, bin);
    if (value === null || !Number.isFinite(value) || !(right > left)) {
      end();
      continue;
    }
    const y = num(placeInside(panel.y, value));
    if (!open) {
      path += close ? `M${num(left)} ${zero}V${y}` : `M${num(left)} ${y}`;
      start = left;
      open = true;
    } else path += `V${y}`;
    path += `H${num(right)}`;
  }
  end();
  return path;
}

/** Straight from point to point, in their order; gaps where there is no number. */
function polyline(series: Series, panel: Panel): string {
  let path = '';
  let open = false;
  for (const [at, value] of series.y.entries()) {
    const x = center(series, panel, at);
    // Beyond the frame a line is clipped, not bent.
    const y = value === null ? Number.NaN : place(panel.y, value);
    if (!Number.isFinite(x) || !Number.isFinite(y)) {
      open = false;
      continue;
    }
    path += `${open ? 'L' : 'M'}${num(x)} ${num(y)}`;
    open = true;
  }
  const bars = [...series.y.keys()]
    .map((at) => whisker(center(series, panel, at), series, at, panel))
    .join('');
  return (
    element('path', {
      class: 'series',
      d: path,
      fill: 'none',
      stroke: series.color,
      'stroke-width': 1.8,
      'stroke-dasharray': series.dash,
      'stroke-linejoin': 'round',
    }) +
    (bars &&
      element('path', { class: 'series', d: bars, stroke: series.color, 'stroke-width': 1, fill: 'none' }))
  );
}

function steps(series: Series, panel: Panel, filled: boolean): string {
  let text = '';
  if (filled)
    text += element('path', {
      d: outline(series.y, panel, true),
      fill: series.color,
      'fill-opacity': 0.16,
      stroke: 'none',
    });
  return (
    text +
    element('path', {
      class: 'series',
      d: outline(series.y, panel, false),
      fill: 'none',
      stroke: series.color,
      'stroke-width': 1.8,
      'stroke-dasharray': series.dash,
      'stroke-linejoin': 'miter',
    })
  );
}

function area(series: Series, total: { low: number[]; high: number[] }, panel: Panel): string {
  let top = '';
  let back = '';
  let edge = '';
  for (const [bin, high] of total.high.entries()) {
    const [left, right] = binPixels(panel, bin);
    if (!(right > left) || !Number.isFinite(high)) continue;
    const y = num(placeInside(panel.y, high));
    const low = num(placeInside(panel.y, total.low[bin]!));
    top += top === '' ? `M${num(left)} ${y}H${num(right)}` : `V${y}H${num(right)}`;
    edge = `V${low}H${num(left)}`;
    back = edge + back;
  }
  if (top === '') return '';
  return element('path', {
    class: 'series',
    d: `${top}${back}Z`,
    fill: series.color,
    stroke: 'black',
    'stroke-width': 0.5,
    'stroke-opacity': 0.55,
  });
}

function barMarks(series: Series, panel: Panel, index: number, count: number): string {
  let path = '';
  let errors = '';
  const zero = placeInside(panel.y, 0);
  for (const [bin, value] of series.y.entries()) {
    if (value === null || !Number.isFinite(value)) continue;
    const [left, right] = panel.edges ? binPixels(panel, bin) : [Number.NaN, Number.NaN];
    if (!(right > left)) continue;
    const room = (right - left) * 0.8;
    const x = left + (right - left) * 0.1 + (room * index) / count;
    const y = placeInside(panel.y, value);
    path += `M${num(x)} ${num(zero)}V${num(y)}H${num(x + room / count)}V${num(zero)}Z`;
    errors += whisker(x + room / count / 2, series, bin, panel);
  }
  return (
    element('path', { class: 'series', d: path, fill: series.color, stroke: 'none' }) +
    (errors &&
      element('path', { class: 'ink', d: errors, stroke: 'black', 'stroke-width': 1.2, fill: 'none' }))
  );
}

/** Vertical line from end to end of an error bar. */
function whisker(x: number, series: Series, index: number, panel: Panel): string {
  const low = series.low?.[index];
  const high = series.high?.[index];
  if (typeof low !== 'number' || typeof high !== 'number' || !(high > low)) return '';
  const [bottom, top] = [placeInside(panel.y, low), placeInside(panel.y, high)];
  return bottom - top < 0.5 ? '' : `M${num(x)} ${num(bottom)}V${num(top)}`;
}

function errorBars(series: Series, panel: Panel, color: string, className: string): string {
  let path = '';
  for (const bin of series.y.keys()) {
    if (!series.y[bin]) continue;
    const [left, right] = binPixels(panel, bin);
    if (right > left) path += whisker((left + right) / 2, series, bin, panel);
  }
  return (
    path && element('path', { class: className, d: path, stroke: color, 'stroke-width': 1, fill: 'none' })
  );
}

/** Shapes differ as well as colours. */
const SHAPES = ['circle', 'square', 'triangle', 'diamond'] as const;

function points(series: Series, panel: Panel, index: number): string {
  const r = panel.markerSize;
  let marks = '';
  let bars = '';
  let beyond = '';
  for (const [at, value] of series.y.entries()) {
    if (value === null || !Number.isFinite(value)) continue;
    // An empty bin of a counted histogram is no measurement worth a marker.
    if (panel.edges && value === 0 && !series.x) continue;
    const x = center(series, panel, at);
    if (!(x >= panel.box.x0 - 0.01 && x <= panel.box.x1 + 0.01)) continue;
    bars += whisker(x, series, at, panel);
    const y = place(panel.y, value);
    if (y >= panel.box.y0 - 0.01 && y <= panel.box.y1 + 0.01)
      marks += marker(SHAPES[index % SHAPES.length]!, x, y, r);
    else if (Number.isFinite(y)) {
      // Outside the shown range: an arrow at the edge says so.
      const up = y < panel.box.y0;
      const tip = up ? panel.box.y0 + 1 : panel.box.y1 - 1;
      beyond += `M${num(x)} ${num(tip)}l${num(-r)} ${num(up ? r * 1.6 : -r * 1.6)}h${num(2 * r)}Z`;
    }
  }
  const ink = series.color === 'black' ? 'ink' : 'series';
  const filled = series.color === 'black' ? 'ink-fill' : 'series';
  return (
    (bars &&
      element('path', { class: ink, d: bars, stroke: series.color, 'stroke-width': 1.3, fill: 'none' })) +
    (marks && element('path', { class: filled, d: marks, fill: series.color })) +
    (beyond &&
      element('path', { class: `${filled} beyond`, d: beyond, fill: series.color, 'fill-opacity': 0.6 }))
  );
}

function center(series: Series, panel: Panel, at: number): number {
  const own = series.x?.[at];
  if (typeof own === 'number') return place(panel.x, own);
  if (series.x || !panel.edges) return Number.NaN;
  const [left, right] = [place(panel.x, panel.edges[at]!), place(panel.x, panel.edges[at + 1]!)];
  return Number.isFinite(left) ? (left + right) / 2 : Number.NaN;
}

/** Path of one marker; also used by the legend. */
export function marker(shape: (typeof SHAPES)[number] | number, x: number, y: number, r: number): string {
  const kind = typeof shape === 'number' ? SHAPES[shape % SHAPES.length]! : shape;
  const [a, b] = [num(x), num(y)];
  if (kind === 'square') return `M${num(x - r)} ${num(y - r)}h${num(2 * r)}v${num(2 * r)}h${num(-2 * r)}Z`;
  if (kind === 'triangle')
    return `M${a} ${num(y - 1.2 * r)}l${num(1.2 * r)} ${num(2.1 * r)}h${num(-2.4 * r)}Z`;
  if (kind === 'diamond')
    return `M${a} ${num(y - 1.4 * r)}L${num(x + 1.2 * r)} ${b}L${a} ${num(y + 1.4 * r)}L${num(x - 1.2 * r)} ${b}Z`;
  return `M${num(x - r)} ${b}a${num(r)} ${num(r)} 0 1 0 ${num(2 * r)} 0a${num(r)} ${num(r)} 0 1 0 ${num(-2 * r)} 0Z`;
}

/** Edges for a panel of this figure. */
export function panelEdges(figure: Figure): number[] | undefined {
  return binEdges(figure.x);
}
