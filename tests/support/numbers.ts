import { type Histogram, pickBins, type Table, toRows } from '@fasthep/columns';
import { expect } from 'vitest';
import type { Ran } from './run-workflow.ts';

/** A histogram among the products. */
export function histogram(ran: Ran, name: string, picks: Record<string, string> = {}): Histogram {
  const product = ran.products.get(name);
  if (product?.type !== 'histogram')
    throw new Error(`no histogram '${name}' among ${[...ran.products.keys()].join(', ')}`);
  return pickBins(product.value as Histogram, picks);
}

/** Rows of a table or report among the products, 64-bit integers as numbers. */
export function rows(ran: Ran, name: string): Record<string, number | string | boolean | null>[] {
  const product = ran.products.get(name);
  if (product?.type !== 'table' && product?.type !== 'report')
    throw new Error(`no table '${name}' among ${[...ran.products.keys()].join(', ')}`);
  return toRows(product.value as Table).map((row) =>
    Object.fromEntries(
      Object.entries(row).map(([key, value]) => [
        key,
        typeof value === 'bigint' ? Number(value) : (value as number),
      ]),
    ),
  );
}

/** Equal to `tolerance` of the larger one; NaN equals NaN. */
export function expectClose(
  got: ArrayLike<number>,
  wanted: ArrayLike<number>,
  tolerance = 1e-9,
  what = '',
): void {
  expect(got.length, `${what} length`).toBe(wanted.length);
  for (let i = 0; i < wanted.length; i++) {
    const [a, b] = [got[i]!, wanted[i]!];
    if (Object.is(a, b) || (Number.isNaN(a) && Number.isNaN(b))) continue;
    const scale = Math.max(Math.abs(a), Math.abs(b));
    if (!(Math.abs(a - b) <= tolerance * scale)) expect.fail(`${what}[${i}]: ${a}, expected ${b}`);
  }
}
