import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { dataPlugin } from '@fasthep/data';
import { renderPlugin } from '@fasthep/render';
import { beforeAll, expect, test } from 'vitest';
import { histogram, rows } from './support/numbers.ts';
import { type Ran, runWorkflow, workOf } from './support/run-workflow.ts';

const file = resolve(import.meta.dirname, '../examples/exoplanets/flow.yaml');
// No particle physics: neither hep nor root.
const plugins = [dataPlugin, renderPlugin];
let ran: Ran;
beforeAll(async () => {
  ran = await runWorkflow(file, { plugins });
});

/** What pyarrow and plain Python make of the same table. */
const expected = JSON.parse(
  readFileSync(resolve(import.meta.dirname, 'vectors/exoplanets/expected.json'), 'utf8'),
) as {
  earth_sized: number;
  sizes: number[];
  years: number[];
  per_star: [string, number, number, number][];
  smallest: [string, string, number, number][];
};

test('planets of the right size', () => {
  const { values } = histogram(ran, 'sizes');
  expect(values.reduce((a, b) => a + b, 0)).toBe(expected.earth_sized);
  expect([...values]).toEqual(expected.sizes);
  expect([...histogram(ran, 'years').values]).toEqual(expected.years);
});

test('grouped by star', () => {
  const ours = rows(ran, 'per_star').map((row) => [row.name, row.n, row.mean_period, row.mean_radius]);
  const byName = (a: unknown[], b: unknown[]) => (String(a[0]) < String(b[0]) ? -1 : 1);
  expect(ours.sort(byName)).toHaveLength(expected.per_star.length);
  expected.per_star.sort(byName).forEach(([name, n, mean, radius], i) => {
    expect(ours[i]!.slice(0, 2)).toEqual([name, n]);
    if (Number.isFinite(mean ?? Number.NaN)) expect(ours[i]![2]).toBeCloseTo(mean, 9);
    expect(ours[i]![3]).toBeCloseTo(radius, 12);
  });
});

test('the smallest dozen, written as CSV', () => {
  const files = ran.products.get('table')!.value as { name: string; bytes: Uint8Array }[];
  expect(files.map((one) => one.name)).toEqual(['smallest.csv']);
  const lines = new TextDecoder().decode(files[0]!.bytes).trim().split('\n');
  expect(lines[0]).toBe('star,planet,radius,period');
  expect(lines.slice(1).map((line) => line.split(',').slice(0, 2))).toEqual(
    expected.smallest.map(([star, planet]) => [star, planet]),
  );
  expect(lines.slice(1).map((line) => Number(line.split(',')[2]))).toEqual(
    expected.smallest.map((row) => row[2]),
  );
});

test('only the columns in use are read of the file', () => {
  const ofFile = ran.events.filter((event) => 'task' in event && event.task?.startsWith('stars'));
  expect(workOf(ofFile).columns).toEqual(['name', 'planet_name', 'planet_period', 'planet_radius']);
});
