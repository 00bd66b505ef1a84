/** Rows of one segment that another looks up: the partitions of the same dataset, in order. */
import { lookupDataset } from '../interpret/lookups.ts';
import type { SegmentFamily } from '../types/plan.ts';
import { contentKey, datasetRanges, partitionKeys, rowsKey } from './keys.ts';

/** Partitions `[first, last)` that hold the rows for a dataset; none where the segment has no such dataset. */
export function lookupRange(
  segment: SegmentFamily,
  dataset: string,
): { index: number; range: [number, number] } {
  const index = lookupDataset(
    segment.datasets.map(({ name }) => name),
    dataset,
  );
  return { index, range: datasetRanges(segment)[index] ?? [0, 0] };
}

/** Content key of what an output of a segment gives for a dataset, before anything is added up. */
export function lookupKey(segment: SegmentFamily | undefined, output: string, dataset: string): string {
  if (!segment) return '';
  const { index, range } = lookupRange(segment, dataset);
  const template = segment.outputs.find(({ id }) => id === output)?.templates[index] ?? '';
  const [first, last] = range;
  return contentKey(['lookup', template, last > first ? rowsKey(partitionKeys(segment), first, last) : '']);
}
