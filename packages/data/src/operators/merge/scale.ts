import { type Axis, cellCount, type Histogram, withCells } from '@fasthep/columns';
import { DataError } from '../../error.ts';

/**
 * Weights times a factor that may differ between labels: sums times `f`, sums of squares times `f²`. Counts become
 * sums of weights, unless every factor is 1. Throws `data.merge` for a mean without weights.
 */
export function scaleHistogram(
  histogram: Histogram,
  factorOf: (labels: Record<string, string>) => number,
): Histogram {
  const factors = cellFactors(histogram.axes, factorOf);
  if (factors.every((factor) => factor === 1)) return histogram;
  const times = (array: Float64Array, power: number) => array.map((value, i) => value * factors[i]! ** power);
  const { axes } = histogram;
  switch (histogram.storage) {
    case 'weighted':
      return withCells(axes, 'weighted', [times(histogram.values, 1), times(histogram.variances, 2)]);
    case 'count':
      return withCells(axes, 'weighted', [times(histogram.values, 1), times(histogram.values, 2)]);
    case 'double':
      return withCells(axes, 'double', [times(histogram.values, 1)]);
    case 'weighted_mean': {
      const { sumw, sumw2, values, deltas } = histogram;
      return withCells(axes, 'weighted_mean', [
        times(sumw, 1),
        times(sumw2, 2),
        values.slice(),
        times(deltas, 1),
      ]);
    }
    case 'mean':
      throw new DataError('data.merge', 'a mean without weights cannot be scaled', 'fill it with weights');
  }
}

/** The factor of each cell. */
function cellFactors(
  axes: readonly Axis[],
  factorOf: (labels: Record<string, string>) => number,
): Float64Array {
  const shape = axes.map(cellCount);
  const factors = new Float64Array(shape.reduce((a, b) => a * b, 1));
  const known = new Map<string, number>();
  const at = shape.map(() => 0);
  for (let i = 0; i < factors.length; i++) {
    const labels: Record<string, string> = {};
    axes.forEach((axis, k) => {
      if (axis.kind === 'category_str') labels[axis.name] = axis.categories[at[k]!] ?? '';
    });
    const key = Object.values(labels).join('\n');
    let factor = known.get(key);
    if (factor === undefined) {
      factor = factorOf(labels);
      known.set(key, factor);
    }
    factors[i] = factor;
    for (let k = at.length - 1; k >= 0 && ++at[k]! === shape[k]; k--) at[k] = 0;
  }
  return factors;
}
