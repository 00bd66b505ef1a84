import type { Json, RowWiseRun } from '@fasthep/flow';
import { expect, test } from 'vitest';
import { cutflow } from './cutflow.ts';
import { cutsOf } from './names.ts';

const made = (args: Json) =>
  (cutflow.run as RowWiseRun).steps(cutflow.normalise!(args), {
    input: 'above',
    id: (local) => `sel/${local}`,
    node: 'sel',
  });
const ports = (args: Json) => Object.keys((cutflow.outputs as (args: Json) => object)(args));

test('cuts in sequence and alone, and a report that counts both', () => {
  const { steps, outputs } = made({ a: 'x > 1', b: { any: ['y', { not: 'z' }] }, c: ['p', 'q'] });
  expect(steps).toEqual([
    { id: 'sel/ all', from: 'above', do: 'keep', expr: { all: [] } },
    { id: 'sel/a', from: 'sel/ all', do: 'keep', expr: 'x > 1' },
    { id: 'sel/b', from: 'sel/a', do: 'keep', expr: { any: ['y', { not: 'z' }] } },
    { id: 'sel/b alone', from: 'sel/ all', do: 'keep', expr: { any: ['y', { not: 'z' }] } },
    { id: 'sel/c', from: 'sel/b', do: 'keep', expr: { all: ['p', 'q'] } },
    { id: 'sel/c alone', from: 'sel/ all', do: 'keep', expr: { all: ['p', 'q'] } },
    {
      id: 'sel/report',
      from: 'sel/c',
      do: 'fill',
      fill: {
        kind: 'counts',
        rows: {
          all: { '': 'sel/ all', _alone: 'sel/ all', _before: 'sel/ all' },
          a: { '': 'sel/a', _alone: 'sel/a', _before: 'sel/ all' },
          b: { '': 'sel/b', _alone: 'sel/b alone', _before: 'sel/a' },
          c: { '': 'sel/c', _alone: 'sel/c alone', _before: 'sel/b' },
        },
      },
    },
  ]);
  expect(outputs).toEqual({ rows: 'sel/c', report: 'sel/report', a: 'sel/a', b: 'sel/b', c: 'sel/c' });
});

test('ports: rows, report, one for each cut', () => {
  expect(ports({ a: 'x', b: 'y' })).toEqual(['rows', 'report', 'a', 'b']);
});

test('a list of cuts is named by their texts', () => {
  const args = ['n >= 2', { any: ['a > 1', { all: ['b', 'c'] }] }, { not: 'd' }, 'n >= 2'];
  expect(Object.keys(cutsOf(args))).toEqual(['n >= 2', 'any(a > 1, all(b, c))', 'not(d)', 'n >= 2 (2)']);
  expect(ports(args)).toContain('any(a > 1, all(b, c))');
  expect(cutflow.normalise!(cutflow.normalise!(args))).toEqual(cutflow.normalise!(args));
});

test('places lead back to the text of a cut', () => {
  const { places } = made({ a: 'x', b: { any: ['y', { not: 'z' }] } });
  expect(places!['sel/b alone']).toContainEqual(['expr/any/1/not', 'b/any/1/not']);
});
