/** The comparison of kernel and interpreter of `engines.test.ts` with many more random programs. */
import { expect, it } from 'vitest';
import { compareFills, compareValues } from '../../testing/engines.ts';

it('values: kernel = interpreter', { timeout: 600_000 }, () => {
  expect(compareValues(1000)).toBeGreaterThan(200);
});

it('fills with selections, regions, weights and variations: kernel = interpreter', {
  timeout: 600_000,
}, () => {
  expect(compareFills(400)).toBeGreaterThan(4);
});
