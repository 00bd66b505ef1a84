import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Table, toRows } from '@fasthep/columns';
import { dataPlugin } from '@fasthep/data';
import type { JsonObject } from '@fasthep/flow';
import { hepPlugin } from '@fasthep/hep';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { rowsFormat } from '../packages/data/src/testing/rows-format.ts';
import { planWorkflow, runWorkflow } from './support/run-workflow.ts';

// Measured and simulated datasets do not have the same columns, nor the same tasks above operators that make rows.
const plugins = [dataPlugin, hepPlugin, { name: 'test', formats: [rowsFormat] }];
let folder = '';
let count = 0;

const save = (name: string, rows: JsonObject[], other: JsonObject[] = []) =>
  writeFile(join(folder, name), JSON.stringify({ tables: { events: rows, other }, cluster: 2 }));
const events = (n: number, more: JsonObject = {}) =>
  Array.from({ length: n }, (_, id) => ({ id, list: [1, 2], ...more }));
async function workflow(names: readonly string[], tasks: string): Promise<string> {
  const kinds: Record<string, string> = {
    measured: '{name: measured, kind: data, files: [measured.rows]}',
    simulated: '{name: simulated, kind: mc, files: [simulated.rows]}',
    alike: '{name: alike, kind: data, files: [alike.rows]}',
  };
  const file = join(folder, `flow${count++}.yaml`);
  await writeFile(file, `catalogue: [${names.map((name) => kinds[name]).join(', ')}]\ntasks:\n${tasks}`);
  return file;
}
async function table(names: readonly string[], tasks: string, name: string) {
  const ran = await runWorkflow(await workflow(names, tasks), { plugins });
  return toRows(ran.products.get(name)!.value as Table).map((row) =>
    Object.fromEntries(
      Object.entries(row).map(([key, value]) => [key, typeof value === 'bigint' ? Number(value) : value]),
    ),
  );
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mixed-'));
  await save('measured.rows', events(4));
  await save('simulated.rows', events(6, { gen: 2 }), [{ id: 1, y: 5 }]);
  await save('alike.rows', events(4, { gen: 3 }));
});
afterAll(() => rm(folder, { recursive: true }));

const read = '  e: {read: {datasets: "${catalogue}", tree: events}}\n';
const weights = "  w: {when: dataset.kind == 'mc', weight: {generator: gen}}\n";
const sums = '  n: {group: {agg: {n: count(), sumw: sumw()}}}\n';
const orders = [
  ['measured', 'simulated'],
  ['simulated', 'measured'],
  ['alike', 'simulated'],
  ['simulated', 'alike'],
];

describe.each(orders)('%s before %s', (...names) => {
  const expected = names.map((dataset) =>
    dataset === 'simulated' ? { dataset, n: 12, sumw: 24 } : { dataset, n: 8, sumw: 8 },
  );

  test('a column that one of them lacks is used below explode', async () => {
    expect(await table(names, `${read}  x: {explode: list}\n${weights}${sums}`, 'n')).toEqual(expected);
  });

  test('weights that one of them has pass explode', async () => {
    expect(await table(names, `${read}${weights}  x: {explode: list}\n${sums}`, 'n')).toEqual(expected);
  });

  test('weights that one of them has pass sort, and are 1 for the other', async () => {
    expect(await table(names, `${read}${weights}  s: {sort: id}\n${sums}`, 'n')).toEqual([
      { n: 10, sumw: 16 },
    ]);
  });
});

test('rows put together lack what their dataset lacks', async () => {
  const tasks = `${read}  s: {sort: {by: id, limit: 2}}\n  n: {group: {agg: {n: count(), gen: "sum(fill_none(gen, -1))"}}}\n`;
  expect(await table(['measured', 'simulated'], tasks, 'n')).toEqual([{ n: 2, gen: 1 }]);
});

describe('labels do not become part of the rows unseen', () => {
  test.each([
    ['variation', '  v: {vary: {id: {up: id * 2}}}\n'],
    ['v', '  v: {regions: {low: id < 3, all: id < 10}}\n'],
  ])('%s', async (label, tasks) => {
    const file = await workflow(['simulated'], `${read}${tasks}  s: {sort: id}\n${sums}`);
    await expect(planWorkflow(file, { plugins })).rejects.toThrow(
      `the label '${label}' does not pass through task 's'`,
    );
    const written = await workflow(['simulated'], `${read}${tasks}  s: {sort: id}\n  out: {write: x.csv}\n`);
    await expect(planWorkflow(written, { plugins })).resolves.toBeDefined();
  });
});

describe('a condition on datasets stands where it can be kept', () => {
  const mc = "when: dataset.kind == 'mc'";
  test.each([
    [`  x: {${mc}, explode: list}\n`, "'explode' cannot be left out for some datasets"],
    [`  x: {${mc}, sort: id}\n`, "'sort' cannot be left out for some datasets"],
    [`  out: {${mc}, write: x.csv}\n`, "'write' cannot be left out for some datasets"],
    [`  s: {sort: id}\n  f: {${mc}, filter: id > 1}\n`, "'s' puts the rows of all datasets together"],
  ])('%s', async (tasks, message) => {
    const file = await workflow(['measured', 'simulated'], `${read}${tasks}${sums}`);
    await expect(planWorkflow(file, { plugins })).rejects.toThrow(`FLOW-W009: ${message}`);
  });
});

test('files of a source that is left out need not be there', async () => {
  const file = await workflow(['measured'], `${read}${sums}  no: {when: never, read: nowhere.rows}\n`);
  await expect(planWorkflow(file, { plugins })).resolves.toBeDefined();
});

test('a word of the catalogue counts in content keys also below operators that make rows', async () => {
  const keys = async (xsec: number) => {
    const file = join(folder, `flow${count++}.yaml`);
    const text = `tasks:
  e: {read: {datasets: [{name: simulated, files: [simulated.rows], xsec: ${xsec}}], tree: events}}
  d: {define: {scaled: dataset.xsec * id}}
  x: {explode: list}
  exploded: {group: {agg: {sum: sum(scaled)}}}
  y: {needs: [], read: {files: simulated.rows, tree: other}}
  j: {needs: {left: d, y: y}, join: {y: [id]}}
  joined: {group: {agg: {sum: sum(scaled * y.y)}}}
  plain: {needs: [e], group: {agg: {sum: sum(id)}}}
`;
    await writeFile(file, text);
    const { plan } = await planWorkflow(file, { plugins });
    return Object.fromEntries(plan.products.map(({ name, key }) => [name, key]));
  };
  const [two, three] = [await keys(2), await keys(3)];
  expect(three.exploded).not.toBe(two.exploded);
  expect(three.joined).not.toBe(two.joined);
  expect(three.plain).toBe(two.plain);
});

test('two factors of one name pass explode', async () => {
  const twice = '  w: {weight: {a: id}}\n  again: {weight: {a: id + 1}}\n';
  const rows = await table(['measured'], `${read}${twice}  x: {explode: list}\n${sums}`, 'n');
  expect(rows).toEqual([{ dataset: 'measured', n: 8, sumw: 2 * (0 + 2 + 6 + 12) }]);
});
