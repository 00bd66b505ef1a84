import { makeHistogram, toRows } from '@fasthep/columns';
import { expect, test } from 'vitest';
import { efficiencyTable } from './efficiency.ts';

const pt = {
  kind: 'regular',
  name: 'pt',
  bins: 2,
  low: 0,
  high: 10,
  underflow: true,
  overflow: true,
} as const;
const passed = { kind: 'boolean', name: 'passed' } as const;

test('rows are the inner bins of the other axes', () => {
  const histogram = makeHistogram([pt, passed], 'count');
  // underflow, two bins, overflow; false and true in each
  histogram.values.set([9, 9, 5, 5, 0, 0, 9, 9]);
  const rows = toRows(efficiencyTable(histogram, 'passed'));
  expect(rows).toHaveLength(2);
  expect(rows[0]).toMatchObject({ pt_low: 0, pt_high: 5, passed: 5, all: 10, efficiency: 0.5 });
  expect(rows[0]!.low).toBeCloseTo(0.3048149081730022, 12);
  expect(rows[1]).toMatchObject({
    pt_low: 5,
    pt_high: 10,
    passed: 0,
    all: 0,
    efficiency: Number.NaN,
    low: Number.NaN,
  });
  expect(Object.keys(rows[0]!)).toEqual(['pt_low', 'pt_high', 'passed', 'all', 'efficiency', 'low', 'high']);
});

test('weights of one value do not change the interval', () => {
  const weighted = makeHistogram([passed], 'weighted');
  if (weighted.storage !== 'weighted') throw new Error();
  weighted.values.set([10, 10]);
  weighted.variances.set([20, 20]);
  const [row] = toRows(efficiencyTable(weighted, 'passed'));
  expect(row).toMatchObject({ passed: 10, all: 20, efficiency: 0.5 });
  expect(row!.low).toBeCloseTo(0.3048149081730022, 12);
});

test('an axis that does not say who passed', () => {
  const histogram = makeHistogram([{ ...pt, bins: 3 }], 'count');
  expect(() => efficiencyTable(histogram, 'pt')).toThrow("axis 'pt' is not boolean");
  expect(() => efficiencyTable(histogram, 'passed')).toThrow("no axis 'passed'");
});
