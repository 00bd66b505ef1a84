import { ColumnsError } from '../error.ts';
import { checkAxis, totalCells } from './axis.ts';
import type { Axis, CellField, Histogram, Storage } from './types.ts';

/** The arrays of each storage, in the order of UHI. */
export const STORAGE_FIELDS: Readonly<Record<Storage, readonly CellField[]>> = {
  count: ['values'],
  double: ['values'],
  weighted: ['values', 'variances'],
  mean: ['counts', 'values', 'deltas'],
  weighted_mean: ['sumw', 'sumw2', 'values', 'deltas'],
};

/** More cells than this are refused: 8 bytes each. */
const MOST_CELLS = 2 ** 28;

/** An empty histogram. Throws `hist.axis`, `hist.axes`, `hist.size`. */
export function makeHistogram(axes: readonly Axis[], storage: Storage = 'weighted'): Histogram {
  const names = new Set<string>();
  for (const axis of axes) {
    checkAxis(axis);
    if (names.has(axis.name))
      throw new ColumnsError(
        'hist.axes',
        `two axes have the name '${axis.name}'`,
        'give one of them another name',
      );
    names.add(axis.name);
  }
  const cells = totalCells(axes);
  if (cells > MOST_CELLS)
    throw new ColumnsError(
      'hist.size',
      `the axes ${[...names].join(', ')} make ${cells} cells`,
      'use fewer bins or axes',
    );
  const arrays = STORAGE_FIELDS[storage].map((field) => [field, new Float64Array(cells)] as const);
  return { axes, storage, ...Object.fromEntries(arrays) } as Histogram;
}

/** The arrays of a histogram, in the order of `STORAGE_FIELDS`. */
export function cellArrays(histogram: Histogram): Float64Array[] {
  const arrays = histogram as unknown as Record<CellField, Float64Array>;
  return STORAGE_FIELDS[histogram.storage].map((field) => arrays[field]);
}

/** A copy that shares nothing that changes. */
export function copyHistogram(histogram: Histogram): Histogram {
  return withCells(
    histogram.axes,
    histogram.storage,
    cellArrays(histogram).map((array) => array.slice()),
  );
}

/** A histogram of given cells, in the order of `STORAGE_FIELDS`. */
export function withCells(
  axes: readonly Axis[],
  storage: Storage,
  arrays: readonly Float64Array[],
): Histogram {
  const entries = STORAGE_FIELDS[storage].map((field, i) => [field, arrays[i]!] as const);
  return { axes, storage, ...Object.fromEntries(entries) } as Histogram;
}

/** The place of an axis; throws `hist.axis` with the names there are. */
export function axisPlace(histogram: Histogram, name: string): number {
  const place = histogram.axes.findIndex((axis) => axis.name === name);
  if (place >= 0) return place;
  const names = histogram.axes.map((axis) => axis.name).join(', ');
  throw new ColumnsError('hist.axis', `the histogram has no axis '${name}'`, names && `it has ${names}`);
}
