import { cellAdder } from './accumulate.ts';
import { cellCount, stridesOf } from './axis.ts';
import { cellArrays, makeHistogram } from './make.ts';
import type { Axis, Histogram } from './types.ts';

/** For each cell along an axis the cell along the new one, -1 to leave it out. */
export type CellMap = Int32Array;

/** Every cell keeps its place. */
export function sameCells(axis: Axis): CellMap {
  return Int32Array.from({ length: cellCount(axis) }, (_, i) => i);
}

/**
 * The same content on other axes: the cells along axis k go where `maps[k]` says, and are added up where several
 * meet. Slices, projections, rebinning and growth are all this.
 */
export function regrid(histogram: Histogram, axes: readonly Axis[], maps: readonly CellMap[]): Histogram {
  const out = makeHistogram(axes, histogram.storage);
  const add = cellAdder(histogram.storage, cellArrays(out), cellArrays(histogram));
  const strides = stridesOf(axes);
  const depth = maps.length;
  let from = 0;
  const walk = (k: number, to: number): void => {
    if (k === depth) {
      if (to >= 0) add(to, from);
      from++;
      return;
    }
    const map = maps[k]!;
    for (let i = 0; i < map.length; i++) walk(k + 1, to < 0 || map[i]! < 0 ? -1 : to + map[i]! * strides[k]!);
  };
  walk(0, 0);
  return out;
}
