import fc from 'fast-check';
import { expect, test } from 'vitest';
import { BLOCK, blockMembers, mergeLevels } from './merge.ts';

/** Dataset sizes → ranges of partitions that follow each other. */
function ranges(sizes: number[]): [number, number][] {
  let start = 0;
  return sizes.map((size) => {
    const range: [number, number] = [start, start + size];
    start += size;
    return range;
  });
}

test('a dataset with one partition needs no merging', () => {
  expect(mergeLevels(ranges([1, 1, 0]))).toEqual([]);
});

test('blocks of 16 in order, dataset by dataset, until one is left for each', () => {
  expect(mergeLevels(ranges([17, 3]))).toEqual([
    [
      [0, 16],
      [17, 20],
    ],
    [[0, 17]],
  ]);
});

test('every level adds up blocks of the one below, and the last covers each dataset', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 3000 }), { maxLength: 5 }), (sizes) => {
      const datasets = ranges(sizes);
      const levels = mergeLevels(datasets);
      const made = new Set(
        datasets.flatMap(([first, last]) => Array.from({ length: last - first }, (_, i) => `${first + i}`)),
      );
      levels.forEach((blocks, index) => {
        for (const block of blocks) {
          const members = blockMembers(block, index + 1);
          const known = members.every(([first, last]) =>
            made.has(last - first === 1 ? `${first}` : `${first}-${last}`),
          );
          if (!known || members.length < 2 || members.length > BLOCK) throw new Error(`block ${block}`);
        }
        for (const [first, last] of blocks) made.add(`${first}-${last}`);
      });
      for (const [first, last] of datasets) {
        if (last - first > 1) expect(made.has(`${first}-${last}`)).toBe(true);
      }
    }),
  );
});
