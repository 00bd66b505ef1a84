import { describe, expect, it } from 'vitest';
import type { Json, JsonObject, ValueType } from '../types/index.ts';
import { checkResult } from './check.ts';

/** Columns; of one row, or of several. */
const table: ValueType = {
  name: 'table',
  encode: () => new Uint8Array(),
  decode: () => undefined,
  field: (value, path) => (value as JsonObject)[path.join('.')] as Json | undefined,
};
const one = { n: 5, eff: 1.2 };
const many = { n: [1, 2, 3, 4], eff: [0.5, 1.5, null, 2.5], name: ['a', 'b', 'c', 'd'] };

function told(that: string, value: object = many, level: 'warn' | 'fail' = 'fail'): string {
  let warning = 'holds';
  try {
    checkResult({ that: [that], level }, 't', table, value, (message, kind) => {
      warning = `${kind}: ${message}`;
    });
  } catch (error) {
    return `${(error as { code: string }).code}: ${(error as Error).message}`;
  }
  return warning;
}

describe('a check', () => {
  it.each([
    'n > 0',
    'sum(n) == 10',
    'max(eff) < 3 and min(eff) == 0.5',
    'count(eff) == 3',
    'count_nonzero(eff is None) == 1',
    "name in ['a', 'b', 'c', 'd']",
    'n <= max(n)',
    'all(n > 0)',
    'mean(n) == 2.5',
    '1 == 1',
  ])('holds: %s', (that) => {
    expect(told(that)).toBe('holds');
  });

  it.each([
    ['n < 3', many, 'n < 3 (in 2 of 4 rows, first in row 2: n is 3)'],
    ['n < mean(n)', many, 'n < mean(n) (in 2 of 4 rows, first in row 2: n is 3)'],
    ['sum(n) > 10', many, 'sum(n) > 10 (n has 4 rows)'],
    ['0 <= eff <= 1', one, '0 <= eff <= 1 (eff is 1.2)'],
    ['min(eff) < 1', one, 'min(eff) < 1 (eff is 1.2)'],
    ['chi2 < 5', one, "chi2 < 5 (there is no field 'chi2')"],
    ['n', one, 'n (it gives 5, neither true nor false)'],
    ['eff is not None', many, 'eff is not None (in 1 of 4 rows, first in row 2: eff is null)'],
  ])('does not hold: %s', (that, value, why) => {
    expect(told(that, value)).toBe(`FLOW-R018: the check of 't' does not hold: ${why}`);
  });

  it('that only warns goes on', () => {
    expect(told('n > 9', one, 'warn')).toBe("warning: the check of 't' does not hold: n > 9 (n is 5)");
  });
});
