import { expect, it } from 'vitest';
import type { Histogram } from '../hist/index.ts';
import { tableFromRows } from '../table/index.ts';
import { assemble } from './assemble.ts';
import { startProgram } from './run.ts';
import type { Fill, Program } from './types.ts';

const fill: Fill = { kind: 'hist', axes: [{ name: 'n', field: 'n' }], storage: 'count' };
const program: Program = {
  schema: { n: { kind: 'int32' } },
  steps: [{ id: 'h', from: '', do: 'fill', fill }],
};

function partOf(dataset: string, values: number[]) {
  const run = startProgram(program, { outputs: ['h'] });
  run.push(
    tableFromRows(
      values.map((n) => ({ n })),
      program.schema,
    ),
  );
  return { labels: { dataset }, partial: run.finish().h! };
}

it('an axis without bins has one for each value of any dataset, sorted', () => {
  const parts = [partOf('a', [3, 1, 3]), partOf('b', [2, 3])];
  const { axes, values } = assemble(fill, parts, ['dataset']) as Histogram;
  expect(axes[1]).toMatchObject({ categories: [1, 2, 3] });
  expect([...values]).toEqual([1, 0, 2, 0, 1, 1]);
});

it('is the same for one dataset', () => {
  const { values } = assemble(fill, [partOf('a', [3, 1, 3])], ['dataset']) as Histogram;
  expect([...values]).toEqual([1, 2]);
});
