import {
  assemble,
  columnFrom,
  type FillStep,
  type Program,
  type Step,
  startProgram,
  type Table,
  toRows,
} from '@fasthep/columns';
import type { Json, RowWiseRun } from '@fasthep/flow';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cutTree } from './cut-tree.ts';

const NAMES = ['a', 'b', 'c', 'd'];
type Cuts = string | { all: Cuts[] } | { any: Cuts[] };
type Row = Record<string, boolean>;

const cuts: fc.Arbitrary<Cuts> = fc.letrec<{ cut: Cuts }>((tie) => ({
  cut: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom(...NAMES),
    fc.record({ all: fc.array(tie('cut'), { minLength: 1, maxLength: 3 }) }),
    fc.record({ any: fc.array(tie('cut'), { minLength: 1, maxLength: 3 }) }),
  ),
})).cut;

const passes = (cut: Cuts, row: Row): boolean =>
  typeof cut === 'string'
    ? row[cut]!
    : 'all' in cut
      ? cut.all.every((one) => passes(one, row))
      : cut.any.some((one) => passes(one, row));

/** What each row should say, event by event: in sequence, alone, before. */
function expected(cut: Cuts, rows: Row[]): number[][] {
  const made: number[][] = [];
  const count = (test: (row: Row) => boolean) => rows.filter(test).length;
  const inside = (one: Cuts, left: (row: Row) => boolean): void => {
    if (typeof one === 'string') return;
    const list = 'all' in one ? one.all : one.any;
    list.forEach((child, i) => {
      const earlier = list.slice(0, i);
      if ('all' in one) {
        const before = (row: Row) => earlier.every((other) => passes(other, row));
        made.push([
          count((row) => before(row) && passes(child, row)),
          count((row) => passes(child, row)),
          count(before),
        ]);
        inside(child, (row) => left(row) && before(row));
      } else {
        const some = (row: Row) => left(row) && list.slice(0, i + 1).some((other) => passes(other, row));
        made.push([count(some), count((row) => passes(child, row)), count(left)]);
        inside(child, left);
      }
    });
  };
  const whole = count((row) => passes(cut, row));
  made.push([whole, whole, rows.length]);
  inside(cut, () => true);
  return made;
}

function report(cut: Cuts, rows: Row[]): Table {
  const { steps, outputs } = (cutTree.run as RowWiseRun).steps(
    { cuts: cut as Json },
    {
      input: '',
      id: (local) => `sel/${local}`,
      node: 'sel',
    },
  );
  const program: Program = {
    schema: Object.fromEntries(NAMES.map((name) => [name, { kind: 'bool' }])),
    steps: steps as unknown as Step[],
  };
  const run = startProgram(program);
  run.push({
    length: rows.length,
    columns: Object.fromEntries(
      NAMES.map((name) => [
        name,
        columnFrom(
          rows.map((row) => row[name]),
          { kind: 'bool' },
        ),
      ]),
    ),
  });
  const id = outputs.report!;
  const { fill } = program.steps.find((step) => step.id === id) as FillStep;
  return assemble(fill, [{ labels: {}, partial: run.finish()[id]! }], []) as Table;
}

test('every condition is counted, however deep it stands', () => {
  const row = fc.record(Object.fromEntries(NAMES.map((name) => [name, fc.boolean()])));
  fc.assert(
    fc.property(cuts, fc.array(row, { maxLength: 30 }), (cut, rows) => {
      const made = toRows(report(cut, rows)).map(({ n, n_alone, n_before }) =>
        [n, n_alone, n_before].map(Number),
      );
      expect(made).toEqual(expected(cut, rows));
    }),
    { numRuns: 60 },
  );
});

test('rows are called by their texts, and are told apart', () => {
  const table = report({ all: ['a', { any: ['b', 'a'] }, { any: ['c'] }] }, []);
  expect(toRows(table).map((row) => row.cut)).toEqual(['all', 'a', 'any', 'b', 'a (2)', 'any (2)', 'c']);
});
