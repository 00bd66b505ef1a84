import type { RowWiseRun } from '@fasthep/flow';
import { expect, test } from 'vitest';
import { vary } from './vary.ts';

test('one step, named after the task; all fields move together', () => {
  const args = {
    'Jet.pt': { up: 'Jet.pt * 1.02', down: 'Jet.pt * 0.98' },
    'MET.pt': { up: 'MET.pt + 1', down: 'MET.pt - 1' },
  };
  const { steps, outputs } = (vary.run as RowWiseRun).steps(args, {
    input: 'above',
    id: (local) => `jes/${local}`,
    node: 'jes',
  });
  expect(steps).toEqual([{ id: 'jes/rows', from: 'above', do: 'vary', name: 'jes', fields: args }]);
  expect(outputs).toEqual({ rows: 'jes/rows' });
});
