import { type Schema, type Table, tableFromRows, toRows } from '@fasthep/columns';
import type { BatchRun, Json, NamedValue, Operator, TaskContext, WholeRun } from '@fasthep/flow';
import { describe, expect, test } from 'vitest';
import { testRegistry } from '../testing/registry.ts';
import { concat, explode, sort, unique } from './index.ts';

const context: TaskContext = { registry: testRegistry(), log: () => {} };
const schema: Schema = {
  id: { kind: 'int64' },
  name: { kind: 'string' },
  x: { kind: 'float64', nullable: true },
};
const table = tableFromRows(
  [
    { id: 2n ** 60n + 1n, name: 'b', x: 3 },
    { id: 2n ** 60n, name: 'a', x: null },
    { id: 2n ** 60n + 1n, name: 'c', x: Number.NaN },
    { id: 5n, name: 'a', x: 1 },
  ],
  schema,
);
const value = (one: Table, more: object = {}): NamedValue => ({
  name: 'above',
  type: 'table',
  value: one,
  ...more,
});
const apply = async (operator: Operator, args: Json, inputs: Record<string, NamedValue[]>) =>
  Object.values(await (operator.run as WholeRun).apply(args, inputs, context))[0] as Table;
const column = (one: Table, name: string) => toRows(one).map((row) => row[name]);

describe('sort', () => {
  test.each<[Json, string[]]>([
    [{ by: ['x'] }, ['a', 'b', 'c', 'a']],
    [{ by: ['x'], descending: true, limit: 2 }, ['b', 'a']],
    [{ by: ['name', 'id'] }, ['a', 'a', 'b', 'c']],
    [{ by: 'id' }, ['a', 'a', 'b', 'c']],
  ])('%j', async (args, names) => {
    expect(column(await apply(sort, args, { rows: [value(table)] }), 'name')).toEqual(names);
  });

  test('a field that is not there', async () => {
    await expect(apply(sort, { by: ['y'] }, { rows: [value(table)] })).rejects.toMatchObject({
      code: 'table.column',
    });
  });
});

describe('unique', () => {
  test('the first row of each key, integers compared exactly', async () => {
    expect(column(await apply(unique, { by: ['id'] }, { rows: [value(table)] }), 'name')).toEqual([
      'b',
      'a',
      'a',
    ]);
    expect(column(await apply(unique, { by: ['id', 'x'] }, { rows: [value(table)] }), 'name')).toEqual([
      'b',
      'a',
      'c',
      'a',
    ]);
  });

  test('missing is a key of its own', async () => {
    const rows = tableFromRows([{ x: null }, { x: Number.NaN }, { x: null }, { x: 0 }, { x: -0 }], {
      x: { kind: 'float64', nullable: true },
    });
    expect((await apply(unique, { by: 'x' }, { rows: [value(rows)] })).length).toBe(3);
  });

  test('a field that is not there', async () => {
    await expect(apply(unique, { by: ['nam'] }, { rows: [value(table)] })).rejects.toMatchObject({
      code: 'data.field',
      help: "did you mean 'name'?",
    });
  });
});

describe('concat', () => {
  const one = tableFromRows([{ n: 1n }], { n: { kind: 'int64' } });
  const two = tableFromRows([{ n: 2n, m: 0.5 }], { n: { kind: 'int64' }, m: { kind: 'float64' } });

  test('keys become columns', async () => {
    const made = await apply(
      concat,
      {},
      {
        tables: [
          value(one, { keys: { pt: 20, wp: 'loose' } }),
          value(one, { keys: { pt: 30, wp: 'tight' } }),
        ],
      },
    );
    expect(toRows(made)).toEqual([
      { pt: 20n, wp: 'loose', n: 1n },
      { pt: 30n, wp: 'tight', n: 1n },
    ]);
    const bare = await apply(concat, { keys: false }, { tables: [value(one, { keys: { pt: 20 } })] });
    expect(toRows(bare)).toEqual([{ n: 1n }]);
  });

  test('what one lacks is missing there', async () => {
    expect(toRows(await apply(concat, {}, { tables: [value(one), value(two)] }))).toEqual([
      { n: 1n, m: null },
      { n: 2n, m: 0.5 },
    ]);
  });
});

describe('explode', () => {
  const run = explode.run as BatchRun;
  const lists: Schema = {
    name: { kind: 'string' },
    planet_name: { kind: 'list', item: { kind: 'string' } },
    planet_radius: { kind: 'list', item: { kind: 'float64' } },
  };
  const stars = tableFromRows(
    [
      { name: 's', planet_name: ['a', 'b'], planet_radius: [1, 2] },
      { name: 't', planet_name: [], planet_radius: [] },
      { name: 'u', planet_name: ['c'], planet_radius: [3] },
    ],
    lists,
  );

  test.each<Json>([{ fields: ['planet_name', 'planet_radius'] }, { fields: 'planet' }])('%j', (args) => {
    const made = run.schema(args, lists as unknown as Json, {});
    expect(made.problems).toEqual([]);
    expect(made.reads).toEqual(['planet_name', 'planet_radius']);
    expect(made.schema).toEqual({
      name: { kind: 'string' },
      planet_name: { kind: 'string' },
      planet_radius: { kind: 'float64' },
    });
    expect(toRows(run.apply(args, stars, { ...context, lookups: {} }) as Table)).toEqual([
      { name: 's', planet_name: 'a', planet_radius: 1 },
      { name: 's', planet_name: 'b', planet_radius: 2 },
      { name: 'u', planet_name: 'c', planet_radius: 3 },
    ]);
  });

  test.each<[Json, object]>([
    [
      { fields: ['nam'] },
      { message: "there is no field 'nam'", help: "did you mean 'name'?", path: ['fields', 0] },
    ],
    [
      { fields: 'name' },
      { message: "'name' is not a list: it has one value for each row", path: ['fields'] },
    ],
  ])('%j is refused', (args, problem) => {
    expect(run.schema(args, lists as unknown as Json, {}).problems).toMatchObject([problem]);
  });
});
