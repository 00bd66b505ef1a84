import { expect, it } from 'vitest';
import { createRegistry } from '../registry/registry.ts';
import { memoryStore } from '../store/index.ts';
import { numbersPlan, numbersPlugin } from '../testing/index.ts';
import type { PublishedFile, ValueType } from '../types/index.ts';
import { inProcess, productFiles, runPlan, safeName } from './index.ts';

const plan = numbersPlan({
  datasets: { a: ['0..10'] },
  steps: [{ id: 'all', from: '', do: 'sum' }],
  sums: ['all'],
  singles: [{ node: 'minus', operator: 'negate', reads: ['all'] }],
});

async function published(files?: (value: unknown) => PublishedFile[]) {
  const total = numbersPlugin.types!.find(({ name }) => name === 'total') as ValueType;
  const types = files ? [{ ...total, files }] : numbersPlugin.types;
  const registry = createRegistry([{ ...numbersPlugin, types }]);
  const store = memoryStore();
  for await (const _ of runPlan(plan, store, { executor: () => inProcess(plan, store, registry) }));
  const names: string[] = [];
  for await (const { name, bytes } of productFiles(plan, store, registry))
    names.push(`${name} ${bytes.length}`);
  return names;
}

const file = (name: string) => () => [{ name, bytes: new Uint8Array(3) }];

it('names files by their product, or by what it was made from', async () => {
  expect(await published()).toEqual(['products/all.json 23', 'products/minus.json 24']);
  let n = 0;
  expect(await published(() => file(n++ === 0 ? 'first.svg' : 'of_{task}.svg')())).toEqual([
    'first.svg 3',
    'of_all.svg 3',
  ]);
});

it('refuses two products in one file, and what leads out of the run directory', async () => {
  await expect(published(file('same.svg'))).rejects.toThrow("'all' and 'minus' both write 'same.svg'");
  for (const name of ['../up', '/abs', 'a//b', 'a/../../b', 'C:\\x', ''])
    await expect(published(file(name)), name).rejects.toThrow(/does not lie in the run directory/);
  for (const name of ['plan.json', 'events.jsonl', 'products/all.json'])
    await expect(published(file(name)), name).rejects.toThrow(/is a file of the run itself/);
});

it('makes names that every file system takes', () => {
  expect(['a/b', '.hidden', 'x: y', '', 'ok-1.2'].map(safeName)).toEqual([
    'a_b',
    '_hidden',
    'x_y',
    '_',
    'ok-1.2',
  ]);
});
