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
    { id: 'sel/all', from: 'above', do: 'keep', expr: { all: [] } },
    { id: 'sel/cut a', from: 'sel/all', do: 'keep', expr: 'x > 1' },
    { id: 'sel/cut b', from: 'sel/cut a', do: 'keep', expr: { any: ['y', { not: 'z' }] } },
    { id: 'sel/alone b', from: 'sel/all', do: 'keep', expr: { any: ['y', { not: 'z' }] } },
    { id: 'sel/cut c', from: 'sel/cut b', do: 'keep', expr: { all: ['p', 'q'] } },
    { id: 'sel/alone c', from: 'sel/all', do: 'keep', expr: { all: ['p', 'q'] } },
    {
      id: 'sel/report',
      from: 'sel/cut c',
      do: 'fill',
      fill: {
        kind: 'counts',
        rows: {
          all: { '': 'sel/all', _alone: 'sel/all', _before: 'sel/all' },
          a: { '': 'sel/cut a', _alone: 'sel/cut a', _before: 'sel/all' },
          b: { '': 'sel/cut b', _alone: 'sel/alone b', _before: 'sel/cut a' },
          c: { '': 'sel/cut c', _alone: 'sel/alone c', _before: 'sel/cut b' },
        },
      },
    },
  ]);
  expect(outputs).toEqual({
    rows: 'sel/cut c',
    report: 'sel/report',
    a: 'sel/cut a',
    b: 'sel/cut b',
    c: 'sel/cut c',
  });
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
  expect(places!['sel/alone b']).toContainEqual(['expr/any/1/not', 'b/any/1/not']);
});

test('a cut that is called like a port or the first row takes nothing away', () => {
  const { steps, outputs } = made({ all: 'x', rows: 'y', report: 'z' });
  const { fill } = steps.at(-1) as unknown as { fill: { rows: object } };
  expect(Object.keys(fill.rows)).toEqual(['all', 'all (cut)', 'rows', 'report']);
  expect(outputs).toMatchObject({ rows: 'sel/cut report', report: 'sel/report' });
  expect(new Set(steps.map((step) => step.id)).size).toBe(steps.length);
});
