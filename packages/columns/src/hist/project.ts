import { ColumnsError } from '../error.ts';
import { binCount, categoriesOf, cellCount, hasUnderflow } from './axis.ts';
import { cellIndexer } from './lookup.ts';
import { axisPlace, cellArrays, withCells } from './make.ts';
import { type CellMap, regrid, sameCells } from './regrid.ts';
import type { Axis, Histogram } from './types.ts';

/** What is kept of an axis that is left out: everything into one cell, or one of its cells. */
const ONE: Axis = { kind: 'category_int', name: '', categories: [0], overflow: false };

function leaveOut(histogram: Histogram, place: number, map: CellMap): Histogram {
  const { axes } = histogram;
  const maps = axes.map((axis, k) => (k === place ? map : sameCells(axis)));
  // A name that no other axis can have.
  const one: Axis = { ...ONE, name: `${axes.map((axis) => axis.name).join()}?` };
  const flat = regrid(histogram, axes.with(place, one), maps);
  return withCells(axes.toSpliced(place, 1), histogram.storage, cellArrays(flat));
}

/** The histogram on the named axes, in this order; all others are summed up, flow included. Throws `hist.axis`. */
export function projectHistogram(histogram: Histogram, names: readonly string[]): Histogram {
  const places = names.map((name) => axisPlace(histogram, name));
  if (new Set(places).size < places.length)
    throw new ColumnsError('hist.axis', `an axis is named twice: ${names.join(', ')}`);
  let out = histogram;
  for (const axis of histogram.axes)
    if (!names.includes(axis.name)) {
      const place = axisPlace(out, axis.name);
      out = leaveOut(out, place, new Int32Array(cellCount(axis)));
    }
  return reorder(out, names);
}

function reorder(histogram: Histogram, names: readonly string[]): Histogram {
  const order = names.map((name) => axisPlace(histogram, name));
  if (order.every((place, i) => place === i)) return histogram;
  const axes = order.map((place) => histogram.axes[place]!);
  const from = histogram.axes.map(cellCount);
  const arrays = cellArrays(histogram).map((array) => {
    const out = new Float64Array(array.length);
    const at = new Array<number>(from.length).fill(0);
    for (let i = 0; i < array.length; i++) {
      let to = 0;
      for (const place of order) to = to * from[place]! + at[place]!;
      out[to] = array[i]!;
      for (let k = at.length - 1; k >= 0 && ++at[k]! === from[k]; k--) at[k] = 0;
    }
    return out;
  });
  return withCells(axes, histogram.storage, arrays);
}

/**
 * One bin of some axes, which vanish: `{ region: 'signal', variation: 'nominal' }`. A number names the bin that
 * holds it. Throws `hist.axis`, `hist.bin`.
 */
export function pickBins(
  histogram: Histogram,
  picks: Readonly<Record<string, string | number | boolean>>,
): Histogram {
  let out = histogram;
  for (const [name, value] of Object.entries(picks)) {
    const place = axisPlace(out, name);
    const axis = out.axes[place]!;
    const known = categoriesOf(axis);
    const cell = known && !known.includes(value) ? -1 : cellIndexer(axis)(value);
    if (cell < 0)
      throw new ColumnsError(
        'hist.bin',
        `axis '${name}' has no bin for ${JSON.stringify(value)}`,
        known && `it has ${known.join(', ')}`,
      );
    const map = new Int32Array(cellCount(axis)).fill(-1);
    map[cell] = 0;
    out = leaveOut(out, place, map);
  }
  return out;
}

/** All inner bins added up: a histogram without axes, whose arrays have one cell. With `flow` also the flow. */
export function sumHistogram(histogram: Histogram, flow = false): Histogram {
  let out = histogram;
  for (const axis of histogram.axes) {
    const map = new Int32Array(cellCount(axis));
    if (!flow) {
      const first = Number(hasUnderflow(axis));
      map.fill(-1).fill(0, first, first + binCount(axis));
    }
    out = leaveOut(out, 0, map);
  }
  return out;
}
