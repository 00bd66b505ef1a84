/** Random expressions on random jagged data: kernel and interpreter agree bit for bit, however the rows are cut. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { compareFills, compareValues, results, row, schema, tableOf } from '../../testing/engines.ts';
import { concatTables, sliceTable } from '../table/index.ts';
import type { Program } from './types.ts';

// Few of them here; `engines.long.test.ts` has more.
it('values: kernel = interpreter', () => {
  expect(compareValues(40)).toBeGreaterThan(4);
});

it('fills with selections, regions, weights and variations: kernel = interpreter', () => {
  compareFills(15);
});

it('does not see where tables begin in their arrays', () => {
  const rows = fc.sample(row, { seed: 1, numRuns: 40 });
  const program: Program = {
    schema,
    steps: [
      {
        id: 'd',
        from: '',
        do: 'define',
        fields: { x: 'sum(A.pt[A.ok]) + sum(fill_none(A.miss, 1)) + num(B)', y: 'sum(sum(A.trk))' },
      },
      { id: 'out', from: 'd', do: 'fill', fill: { kind: 'collect', fields: ['x', 'y', 's', 'o'] } },
    ],
  };
  const table = tableOf(rows);
  const cut = concatTables([sliceTable(table, 0, 13), sliceTable(table, 13, 40)]);
  const late = sliceTable(concatTables([table, table]), 40, 80);
  const want = results(program, [table], 'interpreted');
  for (const tables of [[cut], [late], [sliceTable(late, 0, 7), sliceTable(late, 7, 40)]])
    expect(results(program, tables, 'compiled')).toEqual(want);
});
