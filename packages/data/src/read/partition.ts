/** A range of rows `[start, stop)`. */
export type Range = [start: number, stop: number];

/**
 * The clusters of part `part` of `parts`, as row ranges in order: a cluster belongs to the part in which its
 * middle lies. So parts are known before a file is opened, and each cluster is read by exactly one of them.
 */
export function clustersOf(starts: readonly number[], entries: number, part: number, parts: number): Range[] {
  const ranges: Range[] = [];
  for (let i = 0; i < starts.length; i++) {
    const start = starts[i]!;
    const stop = starts[i + 1] ?? entries;
    if (stop <= start) continue;
    if (parts === 1 || Math.floor(((start + stop) * parts) / (2 * entries)) === part)
      ranges.push([start, stop]);
  }
  return ranges;
}

/** Rows of a batch: enough to keep a kernel busy, few enough that a batch stays small. */
const LEAST = 16_384;
const MOST = 131_072;

/**
 * Batches for the row ranges of clusters, cut to `[from, to)`: neighbouring small clusters are read together, a
 * huge one in pieces.
 */
export function batchesOf(clusters: readonly Range[], from = 0, to = Number.POSITIVE_INFINITY): Range[] {
  const batches: Range[] = [];
  for (const [first, last] of clusters) {
    const start = Math.max(first, from);
    const stop = Math.min(last, to);
    if (stop <= start) continue;
    const before = batches.at(-1);
    if (before && before[1] === start && before[1] - before[0] < LEAST && stop - before[0] <= MOST) {
      before[1] = stop;
      continue;
    }
    const pieces = Math.ceil((stop - start) / MOST);
    const size = Math.ceil((stop - start) / pieces);
    for (let at = start; at < stop; at += size) batches.push([at, Math.min(at + size, stop)]);
  }
  return batches;
}
