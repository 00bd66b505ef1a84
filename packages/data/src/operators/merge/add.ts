import {
  type Histogram,
  mergeAll,
  pickBins,
  projectHistogram,
  stackHistograms,
  type TextAxis,
} from '@fasthep/columns';
import { DataError } from '../../error.ts';

/**
 * Adds up over the label `label`: all of its values, or (with `groupOf`) those of one group, which then are the
 * values of the label `by` in its place. Throws `data.merge` where there is no such label.
 */
export function mergeOver(
  histogram: Histogram,
  label: string,
  by?: { name: string; groupOf(value: string): string },
): Histogram {
  const axis = labelAxis(histogram, label);
  const parts = axis.categories.map((value) => pickBins(histogram, { [label]: value }));
  if (!by)
    return parts.length === 0 ? projectHistogram(histogram, namesBut(histogram, label)) : mergeAll(parts);
  const groups = new Map<string, Histogram[]>();
  axis.categories.forEach((value, i) => {
    const group = by.groupOf(value);
    groups.set(group, [...(groups.get(group) ?? []), parts[i]!]);
  });
  const sums = Object.fromEntries([...groups].map(([name, list]) => [name, mergeAll(list)]));
  const names = histogram.axes.map((one) => (one.name === label ? by.name : one.name));
  return projectHistogram(stackHistograms(by.name, sums), names);
}

const namesBut = (histogram: Histogram, label: string) =>
  histogram.axes.map((axis) => axis.name).filter((name) => name !== label);

function labelAxis(histogram: Histogram, label: string): TextAxis {
  const found = histogram.axes.find((axis) => axis.name === label);
  if (found?.kind === 'category_str') return found;
  if (found)
    throw new DataError('data.merge', `'${label}' is an axis of the histogram, not a label`, undefined, [
      'over',
    ]);
  const labels = histogram.axes.filter((axis) => axis.kind === 'category_str').map((axis) => axis.name);
  throw new DataError(
    'data.merge',
    `the histogram has no label '${label}'`,
    labels.length > 0 ? `it has ${labels.join(', ')}` : 'it has none: nothing to add up',
    ['over'],
  );
}
