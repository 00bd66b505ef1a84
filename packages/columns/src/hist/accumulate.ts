/** One bin's arithmetic: entries added, and cells added up; the formulas of boost-histogram's accumulators. */
import type { Storage } from './types.ts';

/** Adds an entry of weight `w` (and a sample) to cell `i`. */
export type AddEntry = (i: number, w: number, sample: number) => void;

/** How an entry goes into cells given in the order of `STORAGE_FIELDS`. */
export function entryAdder(storage: Storage, arrays: readonly Float64Array[]): AddEntry {
  const [a, b, c, d] = arrays as [Float64Array, Float64Array, Float64Array, Float64Array];
  switch (storage) {
    case 'count':
    case 'double':
      return (i, w) => {
        a[i] = a[i]! + w;
      };
    case 'weighted':
      return (i, w) => {
        a[i] = a[i]! + w;
        b[i] = b[i]! + w * w;
      };
    case 'mean':
      return (i, w, x) => {
        if (w === 0) return;
        const delta = x - b[i]!;
        a[i] = a[i]! + w;
        b[i] = b[i]! + (w * delta) / a[i]!;
        c[i] = c[i]! + w * delta * (x - b[i]!);
      };
    case 'weighted_mean':
      return (i, w, x) => {
        if (w === 0) return;
        const delta = x - c[i]!;
        a[i] = a[i]! + w;
        b[i] = b[i]! + w * w;
        c[i] = c[i]! + (w * delta) / a[i]!;
        d[i] = d[i]! + w * delta * (x - c[i]!);
      };
  }
}

/** Adds cell `j` of `from` to cell `i` of `to`. */
export function cellAdder(
  storage: Storage,
  to: readonly Float64Array[],
  from: readonly Float64Array[],
): (i: number, j: number) => void {
  if (storage === 'mean' || storage === 'weighted_mean') return meanAdder(storage, to, from);
  const [a, b] = to as [Float64Array, Float64Array];
  const [p, q] = from as [Float64Array, Float64Array];
  if (storage !== 'weighted')
    return (i, j) => {
      a[i] = a[i]! + p[j]!;
    };
  return (i, j) => {
    a[i] = a[i]! + p[j]!;
    b[i] = b[i]! + q[j]!;
  };
}

function meanAdder(storage: Storage, to: readonly Float64Array[], from: readonly Float64Array[]) {
  const weighted = storage === 'weighted_mean';
  const [sums, sums2] = [to[0]!, from[0]!];
  const [means, means2] = weighted ? [to[2]!, from[2]!] : [to[1]!, from[1]!];
  const [deltas, deltas2] = [to.at(-1)!, from.at(-1)!];
  return (i: number, j: number) => {
    const [n1, n2] = [sums[i]!, sums2[j]!];
    if (n2 === 0) return;
    const [m1, m2] = [means[i]!, means2[j]!];
    const mean = n1 === 0 ? m2 : (n1 * m1 + n2 * m2) / (n1 + n2);
    sums[i] = n1 + n2;
    if (weighted) to[1]![i] = to[1]![i]! + from[1]![j]!;
    means[i] = mean;
    deltas[i] = deltas[i]! + deltas2[j]! + (n1 * (mean - m1) ** 2 + n2 * (mean - m2) ** 2);
  };
}
