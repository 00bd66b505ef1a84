import { ColumnsError } from '../error.ts';
import { binCount, edgesOf, hasOverflow, hasUnderflow, isCategory } from './axis.ts';
import { axisPlace } from './make.ts';
import { type CellMap, regrid, sameCells } from './regrid.ts';
import type { Axis, Histogram, VariableAxis } from './types.ts';

/**
 * Bins `[start, stop)` of an axis. What is cut off is added to the flow, and lost where the axis has none; of
 * a circular axis it is lost. Throws `hist.axis`, `hist.bin`.
 */
export function sliceAxis(histogram: Histogram, name: string, start: number, stop: number): Histogram {
  const place = axisPlace(histogram, name);
  const axis = histogram.axes[place]!;
  const bins = binCount(axis);
  if (!Number.isInteger(start) || !Number.isInteger(stop) || start < 0 || stop > bins || start >= stop)
    throw new ColumnsError('hist.bin', `axis '${name}' has ${bins} bins, ${start} to ${stop} were asked for`);
  const part = cutAxis(axis, start, stop);
  const first = Number(hasUnderflow(axis));
  const map = new Int32Array(bins + first + Number(hasOverflow(axis)));
  for (let cell = 0; cell < map.length; cell++) {
    const bin = cell - first;
    const below = hasUnderflow(part) ? 0 : -1;
    const above = hasOverflow(part) ? first + stop - start : -1;
    // Categories have one flow bin, for all others.
    const before = isCategory(axis) ? above : below;
    map[cell] = bin < start ? before : bin >= stop ? above : bin - start + first;
  }
  const circularCut = 'circular' in axis && axis.circular && stop - start < bins;
  if (circularCut) for (let bin = 0; bin < bins; bin++) if (bin < start || bin >= stop) map[bin + first] = -1;
  return replaceAxis(histogram, place, part, map);
}

function cutAxis(axis: Axis, start: number, stop: number): Axis {
  if (start === 0 && stop === binCount(axis)) return axis;
  const edges = edgesOf(axis);
  const [low, high] = [edges[start]!, edges[stop]!];
  switch (axis.kind) {
    case 'regular':
      return { ...axis, bins: stop - start, low, high, circular: false };
    case 'variable':
      return { ...axis, edges: axis.edges.slice(start, stop + 1), circular: false };
    case 'integer':
      return { ...axis, low, high, circular: false };
    case 'boolean':
      throw new ColumnsError('hist.bin', `axis '${axis.name}' is false and true`, 'pick one of them instead');
    default:
      return { ...axis, categories: axis.categories.slice(start, stop) } as Axis;
  }
}

/**
 * Neighbouring bins joined: `factor` at a time, or at `edges`, each of which must be an edge of the axis
 * (bins outside go to the flow, and are lost without). Throws `hist.axis`, `hist.rebin`.
 */
export function rebinAxis(histogram: Histogram, name: string, how: number | readonly number[]): Histogram {
  const place = axisPlace(histogram, name);
  const axis = histogram.axes[place]!;
  if (isCategory(axis))
    throw new ColumnsError('hist.rebin', `axis '${name}' has categories, not edges`, 'pick or project them');
  const bins = binCount(axis);
  const kept = typeof how === 'number' ? everyEdge(name, bins, how) : findEdges(axis, how);
  const joined = joinedAxis(axis, kept, typeof how === 'number');
  const first = Number(hasUnderflow(axis));
  const map = new Int32Array(bins + first + Number(hasOverflow(axis)));
  let bin = -1;
  for (let cell = 0; cell < map.length; cell++) {
    while (bin + 1 < kept.length && cell - first >= kept[bin + 1]!) bin++;
    if (bin < 0) map[cell] = first ? 0 : -1;
    else if (bin >= kept.length - 1) map[cell] = hasOverflow(joined) ? first + kept.length - 1 : -1;
    else map[cell] = bin + first;
  }
  return replaceAxis(histogram, place, joined, map);
}

function everyEdge(name: string, bins: number, factor: number): number[] {
  if (!Number.isInteger(factor) || factor < 1 || bins % factor !== 0) {
    const factors = Array.from({ length: bins }, (_, i) => i + 1).filter((one) => bins % one === 0);
    throw new ColumnsError(
      'hist.rebin',
      `the ${bins} bins of axis '${name}' cannot be joined ${factor} at a time`,
      `possible are ${factors.join(', ')}`,
    );
  }
  return Array.from({ length: bins / factor + 1 }, (_, i) => i * factor);
}

function findEdges(axis: Axis, wanted: readonly number[]): number[] {
  const edges = edgesOf(axis);
  const width = (edges.at(-1)! - edges[0]!) / (edges.length - 1);
  const near = Number.isFinite(width) ? 1e-9 * width : 0;
  const places = wanted.map((edge) => {
    const place = edges.findIndex((one) => one === edge || Math.abs(one - edge) <= near);
    if (place >= 0) return place;
    const closest = edges.reduce((a, b) => (Math.abs(b - edge) < Math.abs(a - edge) ? b : a));
    throw new ColumnsError(
      'hist.rebin',
      `${edge} is no edge of axis '${axis.name}'`,
      `the nearest edge is ${closest}`,
    );
  });
  if (places.length < 2 || places.some((place, i) => i > 0 && place <= places[i - 1]!))
    throw new ColumnsError('hist.rebin', 'give at least two edges, ascending');
  return places;
}

function joinedAxis(axis: Axis, kept: readonly number[], even: boolean): Axis {
  const edges = edgesOf(axis);
  const { name, label } = axis;
  const { underflow, overflow, circular } = axis as VariableAxis;
  const shared = label === undefined ? { name } : { name, label };
  const whole = kept[0] === 0 && kept.at(-1) === edges.length - 1;
  const flow = { underflow, overflow, ...(circular && whole ? { circular } : {}) };
  const [low, high] = [edges[kept[0]!]!, edges[kept.at(-1)!]!];
  if (even && axis.kind !== 'variable')
    return { kind: 'regular', ...shared, bins: kept.length - 1, low, high, ...flow };
  return { kind: 'variable', ...shared, edges: kept.map((place) => edges[place]!), ...flow };
}

function replaceAxis(histogram: Histogram, place: number, axis: Axis, map: CellMap): Histogram {
  const maps = histogram.axes.map((one, k) => (k === place ? map : sameCells(one)));
  return regrid(histogram, histogram.axes.with(place, axis), maps);
}
