import fc from 'fast-check';
import { expect, test } from 'vitest';
import { batchesOf, clustersOf } from './partition.ts';

const clusters = fc
  .array(fc.integer({ min: 1, max: 300_000 }), { minLength: 1, maxLength: 40 })
  .map((sizes) => ({
    starts: sizes.map((_, i) => sizes.slice(0, i).reduce((a, b) => a + b, 0)),
    entries: sizes.reduce((a, b) => a + b, 0),
  }));

test('parts take every cluster once, in order', () => {
  fc.assert(
    fc.property(clusters, fc.integer({ min: 1, max: 50 }), ({ starts, entries }, parts) => {
      const all = Array.from({ length: parts }, (_, part) => clustersOf(starts, entries, part, parts)).flat();
      expect(all).toEqual(clustersOf(starts, entries, 0, 1));
    }),
  );
});

test('a cluster belongs where its middle lies', () => {
  expect(clustersOf([0, 90], 100, 0, 2)).toEqual([[0, 90]]);
  expect(clustersOf([0, 90], 100, 1, 2)).toEqual([[90, 100]]);
  expect(clustersOf([0, 10], 100, 0, 2)).toEqual([[0, 10]]);
  expect(clustersOf([0], 100, 1, 4)).toEqual([]);
  expect(clustersOf([0], 100, 2, 4)).toEqual([[0, 100]]);
});

test('batches cover the same rows, none too large', () => {
  fc.assert(
    fc.property(clusters, ({ starts, entries }) => {
      const batches = batchesOf(clustersOf(starts, entries, 0, 1));
      expect(batches[0]![0]).toBe(0);
      expect(batches.at(-1)![1]).toBe(entries);
      batches.forEach(([start, stop], i) => {
        expect(stop - start).toBeGreaterThan(0);
        expect(stop - start).toBeLessThanOrEqual(131_072);
        if (i > 0) expect(start).toBe(batches[i - 1]![1]);
      });
    }),
  );
});

test('batches are cut to a range of rows', () => {
  expect(
    batchesOf(
      [
        [0, 10],
        [10, 20],
      ],
      5,
      12,
    ),
  ).toEqual([[5, 12]]);
  expect(batchesOf([[0, 10]], 20)).toEqual([]);
});
