import type { Json, Operator } from '@fasthep/flow';
import { describe, expect, test } from 'vitest';
import { stepsOf } from '../testing/steps.ts';
import { define, filter, group, hist, project, redefine, regions, weight } from './index.ts';

const bodies: [Operator, Json, object][] = [
  [
    define,
    { b: 'a * 2', one: 1, yes: true },
    { do: 'define', fields: { b: 'a * 2', one: '1', yes: 'True' } },
  ],
  [redefine, { a: 'a + 1' }, { do: 'define', fields: { a: 'a + 1' }, replace: true }],
  [filter, 'a > 1', { do: 'keep', expr: 'a > 1' }],
  [filter, ['a > 1', 'b > 2'], { do: 'keep', expr: { all: ['a > 1', 'b > 2'] } }],
  [filter, { any: ['a > 1', { not: 'b' }] }, { do: 'keep', expr: { any: ['a > 1', { not: 'b' }] } }],
  [
    filter,
    { expr: { all: { low: 'a > 1', high: { any: ['b', 'c'] } } } },
    { do: 'keep', expr: { all: ['a > 1', { any: ['b', 'c'] }] } },
  ],
  [
    weight,
    { w: 'w', pu: { nominal: 'p', up: 'p * 2', down: 0.5 } },
    { do: 'weight', factors: { w: 'w', pu: { nominal: 'p', up: 'p * 2', down: '0.5' } } },
  ],
  [project, ['a', 'Jet.pt'], { do: 'project', fields: { a: 'a', 'Jet.pt': 'Jet.pt' } }],
  [project, { fields: { x: 'a + 1' } }, { do: 'project', fields: { x: 'a + 1' } }],
];

describe('steps', () => {
  test.each(bodies)('$name %j', (operator, args, body) => {
    const { steps, outputs } = stepsOf(operator, args);
    expect(steps).toEqual([{ id: 'task/rows', from: 'above', ...body }]);
    expect(outputs).toEqual({ rows: 'task/rows' });
  });
});

describe('regions', () => {
  const args = { signal: 'n > 1', control: { not: 'n > 1' } };

  test('a label named after the task, and a port for each', () => {
    const { steps, outputs } = stepsOf(regions, args);
    expect(steps).toEqual([
      {
        id: 'task/rows',
        from: 'above',
        do: 'branch',
        label: 'task',
        cases: { signal: 'n > 1', control: { not: 'n > 1' } },
      },
      { id: 'task/only signal', from: 'task/rows', do: 'only', label: 'task', value: 'signal' },
      { id: 'task/only control', from: 'task/rows', do: 'only', label: 'task', value: 'control' },
    ]);
    expect(outputs).toEqual({ rows: 'task/rows', signal: 'task/only signal', control: 'task/only control' });
    expect(Object.keys((regions.outputs as (args: Json) => object)(args))).toEqual([
      'rows',
      'signal',
      'control',
    ]);
  });
});

describe('hist', () => {
  const fill = (args: Json) => stepsOf(hist, args).steps[0]!.fill;

  test.each<[string, Json, object]>([
    [
      'regular',
      { x: { field: 'pt', bins: [2, 0, 10] } },
      { axes: [{ name: 'pt', field: 'pt', bins: [2, 0, 10] }], storage: 'weighted' },
    ],
    [
      'short pair',
      { x: { field: 'pt', bins: [2, [0, 10]] } },
      { axes: [{ name: 'pt', field: 'pt', bins: [2, 0, 10] }], storage: 'weighted' },
    ],
    [
      'named bins',
      { x: { field: 'pt', bins: { low: 0, high: 10, nbins: 2 } } },
      { axes: [{ name: 'pt', field: 'pt', bins: [2, 0, 10] }], storage: 'weighted' },
    ],
    [
      'dotted name',
      { x: { field: 'MET.pt', edges: [0, 1, 5], label: 'MET', flow: false } },
      {
        axes: [{ name: 'MET.pt', field: 'MET.pt', label: 'MET', edges: [0, 1, 5], flow: false }],
        storage: 'weighted',
      },
    ],
    [
      'expression',
      { x: 'num(jet)', y: { field: 'a + b', bins: [1, 0, 1], name: 'sum' } },
      {
        axes: [
          { name: 'x', field: 'num(jet)' },
          { name: 'sum', field: 'a + b', bins: [1, 0, 1] },
        ],
        storage: 'weighted',
      },
    ],
    [
      'by name',
      { axes: { mass: { field: 'm', bins: [1, 0, 1] } } },
      { axes: [{ name: 'mass', field: 'm', bins: [1, 0, 1] }], storage: 'weighted' },
    ],
    [
      'mean',
      { x: 'n', sample: 'MET.pt', storage: 'mean', weight: 1 },
      { axes: [{ name: 'n', field: 'n' }], storage: 'mean', weight: 1, sample: 'MET.pt' },
    ],
    [
      'weights',
      { x: 'n', weight: ['a', 'b'], storage: 'count' },
      { axes: [{ name: 'n', field: 'n' }], storage: 'count', weight: ['a', 'b'] },
    ],
    [
      'weight 2',
      { x: 'n', weight: 2 },
      { axes: [{ name: 'n', field: 'n' }], storage: 'weighted', weight: '2' },
    ],
  ])('%s', (_, args, expected) => {
    expect(fill(args)).toEqual({ kind: 'hist', ...expected });
  });

  test('places lead back into the arguments', () => {
    const { places } = stepsOf(hist, { x: { field: 'pt', bins: [2, 0, 10] }, axes: { m: 'mass' } });
    const pairs = Object.fromEntries(places!['task/histogram']!);
    expect(pairs).toMatchObject({
      'fill/axes/0/field': 'x/field',
      'fill/axes/1/field': 'axes/m',
      'fill/weight': 'weight',
    });
  });
});

describe('group', () => {
  const fill = (args: Json) => stepsOf(group, args).steps[0]!.fill;

  test.each<[string, Json, object]>([
    ['no keys', { agg: { n: 'count()' } }, { by: [], agg: { n: 'count()' } }],
    [
      'list',
      { by: ['a', 'b % 2', { field: 'm', bins: [2, 0, 1] }], agg: { n: 'count()' } },
      {
        by: [
          { name: 'a', field: 'a' },
          { name: 'b % 2', field: 'b % 2' },
          { name: 'm', field: 'm', bins: [2, 0, 1] },
        ],
        agg: { n: 'count()' },
      },
    ],
    [
      'map',
      { by: { key: { field: 'm', edges: [0, 1] }, other: 'k' }, agg: { s: 'sum(x)' } },
      {
        by: [
          { name: 'key', field: 'm', edges: [0, 1] },
          { name: 'other', field: 'k' },
        ],
        agg: { s: 'sum(x)' },
      },
    ],
    ['one', { by: 'a', agg: { n: 'count()' } }, { by: [{ name: 'a', field: 'a' }], agg: { n: 'count()' } }],
  ])('%s', (_, args, expected) => {
    expect(fill(args)).toEqual({ kind: 'group', ...expected });
  });
});
