import { ColumnsError } from '../error.ts';
import { entryAdder } from './accumulate.ts';
import { binCount, stridesOf } from './axis.ts';
import { growAxis, growthMap } from './grow.ts';
import { type AxisValue, cellIndexer } from './lookup.ts';
import { cellArrays } from './make.ts';
import { regrid, sameCells } from './regrid.ts';
import type { Axis, Histogram } from './types.ts';

/** Values of a whole batch, or one for all entries. */
export type FillValues = ArrayLike<AxisValue> | AxisValue;

/** What belongs to the entries of a fill. */
export interface FillOptions {
  /** One weight for each entry, or one for all; 1 if absent. */
  weight?: ArrayLike<number> | number;
  /** For storages `mean` and `weighted_mean`: the quantity that is averaged. */
  sample?: ArrayLike<number> | number;
}

/**
 * Adds entries, in their order: `values` holds one array for each axis, in the order of the axes. Changes the
 * histogram; growing axes and their cells are replaced. Throws `hist.fill`, `hist.growth`.
 */
export function fillHistogram(
  histogram: Histogram,
  values: readonly FillValues[],
  options: FillOptions = {},
): void {
  const { axes, storage } = histogram;
  if (values.length !== axes.length)
    throw new ColumnsError('hist.fill', `${values.length} arrays of values for ${axes.length} axes`);
  const { weight, sample } = options;
  if ((storage === 'mean' || storage === 'weighted_mean') !== (sample !== undefined))
    throw new ColumnsError(
      'hist.fill',
      sample === undefined ? `storage ${storage} needs a sample` : `storage ${storage} takes no sample`,
    );
  if (storage === 'count' && weight !== undefined)
    throw new ColumnsError('hist.fill', 'storage count takes no weight', 'use storage weighted');
  const length = commonLength([...values, weight, sample]);
  const columns = values.map((column) => (isMany(column) ? column : [column]));
  grow(histogram, columns);

  const cells = new Int32Array(length);
  const strides = stridesOf(histogram.axes);
  histogram.axes.forEach((axis, k) => {
    locate(cells, axis, columns[k]!, strides[k]!);
  });
  const add = entryAdder(storage, cellArrays(histogram));
  const weightAt = entryReader(weight, 1);
  const sampleAt = entryReader(sample, 0);
  for (let i = 0; i < length; i++) if (cells[i]! >= 0) add(cells[i]!, weightAt(i), sampleAt(i));
}

/** Adds each entry's place along one axis to its cell number; -1 stays -1. */
function locate(cells: Int32Array, axis: Axis, column: ArrayLike<AxisValue>, stride: number): void {
  const cellOf = cellIndexer(axis);
  const one = column.length === 1 ? cellOf(column[0]!) : undefined;
  for (let i = 0; i < cells.length; i++) {
    if (cells[i]! < 0) continue;
    const cell = one ?? cellOf(column[i]!);
    cells[i] = cell < 0 ? -1 : cells[i]! + cell * stride;
  }
}

function grow(histogram: Histogram, columns: readonly ArrayLike<AxisValue>[]): void {
  const before = histogram.axes;
  const after = before.map((axis, k) => growAxis(axis, columns[k]!));
  if (after.every((axis, k) => axis === before[k])) return;
  const maps = before.map((axis, k) => {
    const now = after[k]!;
    if (axis === now) return sameCells(axis);
    const [bins, binsNow] = [binCount(axis), binCount(now)];
    return growthMap(axis, now, shiftOf(axis, now), bins, binsNow);
  });
  Object.assign(histogram, regrid(histogram, after, maps));
}

/** How many bins were put before the first. */
function shiftOf(before: Axis, after: Axis): number {
  if (before.kind === 'integer' && after.kind === 'integer') return before.low - after.low;
  if (before.kind === 'variable' && after.kind === 'variable') return after.edges.indexOf(before.edges[0]!);
  if (before.kind !== 'regular' || after.kind !== 'regular') return 0;
  return Math.round((before.low - after.low) / ((after.high - after.low) / after.bins));
}

function isMany(values: unknown): values is ArrayLike<AxisValue> {
  return typeof values === 'object' && values !== null;
}

function commonLength(columns: readonly unknown[]): number {
  const lengths = new Set(columns.filter(isMany).map((column) => column.length));
  if (lengths.size > 1)
    throw new ColumnsError(
      'hist.fill',
      `arrays of ${[...lengths].join(' and ')} entries are filled together`,
    );
  for (const length of lengths) return length;
  return 1;
}

function entryReader(
  values: ArrayLike<number> | number | undefined,
  otherwise: number,
): (i: number) => number {
  if (typeof values === 'object') return (i) => values[i]!;
  const one = values ?? otherwise;
  return () => one;
}
