import type { Range } from '@fasthep/columns';
import type { Branch } from './types.ts';

/** A written basket that holds some of the wanted rows. */
export interface BasketPlan {
  index: number;
  /** First row. */
  row: number;
  rows: number;
  range: Range;
}

/** Baskets of a branch with rows of `[start, stop)`; those inside the tree need no reading. */
export function basketsFor(branch: Branch, start: number, stop: number): BasketPlan[] {
  const { basketEntry, basketSeek, basketBytes } = branch;
  const plans: BasketPlan[] = [];
  for (let index = firstBasket(basketEntry, start); index < basketSeek.length; index++) {
    const row = basketEntry[index]!;
    const end = basketEntry[index + 1]!;
    if (row >= stop) break;
    const seek = basketSeek[index]!;
    // Without a place in the file it lies in the tree.
    if (end <= start || end === row || seek === 0) continue;
    plans.push({ index, row, rows: end - row, range: [seek, seek + basketBytes[index]!] });
  }
  return plans;
}

/** The last basket that begins at or before a row. */
function firstBasket(basketEntry: readonly number[], row: number): number {
  let low = 0;
  let high = Math.max(0, basketEntry.length - 1);
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (basketEntry[middle]! <= row) low = middle;
    else high = middle - 1;
  }
  // Empty baskets share their first row with the next one.
  while (low > 0 && basketEntry[low - 1] === basketEntry[low]) low--;
  return low;
}
