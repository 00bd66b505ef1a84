import { ColumnsError } from '../error.ts';
import { cellArrays, makeHistogram, withCells } from './make.ts';
import { addHistogram } from './merge.ts';
import type { Histogram, TextAxis } from './types.ts';

/**
 * Histograms of the same axes side by side: one histogram with a new first axis `label`, whose categories are
 * the names in their order. Growing axes are united. Throws `hist.axes`, `hist.storage`.
 */
export function stackHistograms(label: string, histograms: Readonly<Record<string, Histogram>>): Histogram {
  const parts = Object.entries(histograms);
  const [first] = parts;
  if (!first) throw new ColumnsError('hist.axes', `no histograms to stack along '${label}'`);
  const frame = makeHistogram(first[1].axes, first[1].storage);
  for (const [, part] of parts) addHistogram(frame, part);
  const arrays = cellArrays(frame);
  const cells = frame.values.length;
  const stacked = arrays.map(() => new Float64Array(cells * parts.length));
  parts.forEach(([, part], i) => {
    const own = makeHistogram(frame.axes, frame.storage);
    addHistogram(own, part);
    cellArrays(own).forEach((array, k) => {
      stacked[k]!.set(array, i * cells);
    });
  });
  const axis: TextAxis = {
    kind: 'category_str',
    name: label,
    categories: parts.map(([name]) => name),
    overflow: false,
  };
  const axes = [axis, ...frame.axes];
  makeHistogram(axes, frame.storage);
  return withCells(axes, frame.storage, stacked);
}
