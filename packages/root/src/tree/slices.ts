import { RootError } from '../error/error.ts';
import type { Basket } from './basket.ts';

/** Rows `[from, to)` of a basket, by its own count. */
export interface Slice {
  basket: Basket;
  from: number;
  to: number;
}

/** The parts of baskets that make up rows `[start, stop)`; throws unless they cover them all. */
export function slicesOf(baskets: readonly Basket[], start: number, stop: number): Slice[] {
  const slices: Slice[] = [];
  let at = start;
  for (const basket of baskets) {
    const from = Math.max(0, at - basket.start);
    const to = Math.min(basket.entries, stop - basket.start);
    if (to <= from) continue;
    if (basket.start > at) break;
    slices.push({ basket, from, to });
    at = basket.start + to;
  }
  if (at < stop) throw new RootError('ROOT-E03', `rows ${at} to ${stop} are in none of its baskets`);
  return slices;
}

/** Gives baskets without offsets those that follow from the lengths of their rows. */
export function offsetsFromLengths(basket: Basket, lengths: Int32Array, width: number): void {
  const offsets = new Int32Array(basket.entries + 1);
  let at = 0;
  for (let i = 0; i < basket.entries; i++) {
    const length = lengths[i] ?? 0;
    if (length < 0) throw new RootError('ROOT-E03', `a row of ${length} items`);
    at += length * width;
    if (at > basket.data.length)
      throw new RootError('ROOT-E03', `rows need more than the ${basket.data.length} bytes of their basket`);
    offsets[i + 1] = at;
  }
  if (at !== basket.data.length)
    throw new RootError('ROOT-E03', `rows need ${at} of the ${basket.data.length} bytes of their basket`);
  basket.offsets = offsets;
}
