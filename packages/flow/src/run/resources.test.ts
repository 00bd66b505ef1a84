import { expect, it } from 'vitest';
import { createRegistry } from '../registry/registry.ts';
import { memoryStore } from '../store/index.ts';
import { type NumbersPlan, numbersPlan, numbersPlugin } from '../testing/index.ts';
import type { Executor } from './index.ts';
import { inProcess, runPlan } from './index.ts';
import { budgetOf } from './resources.ts';

const registry = createRegistry([numbersPlugin]);

/** Most tasks at the same time, in how many of the four slots, and how many were done. */
async function most(more: Partial<NumbersPlan>, memory?: number, slots = 4) {
  const plan = numbersPlan({
    datasets: { a: Array.from({ length: 12 }, (_, i) => `${i}..${i + 1}`) },
    steps: [{ id: 'all', from: '', do: 'sum' }],
    sums: ['all'],
    ...more,
  });
  const store = memoryStore();
  const inner = inProcess(plan, store, registry);
  let [now, top] = [0, 0];
  const executor: Executor = {
    ...inner,
    slots,
    async run(...given) {
      now++;
      top = Math.max(top, now);
      await new Promise((resolve) => setTimeout(resolve, 2));
      try {
        return await inner.run(...given);
      } finally {
        now--;
      }
    },
  };
  let outcome = '';
  for await (const event of runPlan(plan, store, { executor: () => executor, memory }))
    if (event.type === 'run-end') outcome = event.outcome;
  expect(outcome).toBe('done');
  return top;
}

it('as many tasks run at once as there are slots, and room for', async () => {
  expect(await most({})).toBe(4);
  expect(await most({ control: { resources: { cpus: 2 } } })).toBe(2);
  expect(await most({ control: { resources: { cpus: 9 } } })).toBe(1);
  expect(await most({ control: { resources: { memory: '1GB' } } }, 3e9)).toBe(3);
  expect(await most({ control: { resources: { memory: '1GB' } } }, 1e6)).toBe(1);
  // Partitions of 8 bytes, four times as large in memory.
  expect(await most({}, 64)).toBe(2);
  expect(await most({}, 1000)).toBe(4);
});

it('a failed attempt gives back what it took, also while it waits for the next', async () => {
  const singles = ['x', 'y', 'z'].map((node) => ({
    node,
    operator: 'fail',
    control: { retry: { max: 2, delay: '5ms' }, allow_failure: true, resources: { cpus: 4 } },
  }));
  expect(await most({ singles })).toBe(4);
});

it('one task may always begin', () => {
  const budget = budgetOf(2, 10);
  const large = { cpus: 5, memory: 50 };
  expect(budget.fits(large)).toBe(true);
  budget.take(large);
  expect(budget.fits({ cpus: 1, memory: 0 })).toBe(false);
  budget.give(large);
  expect(budget.fits({ cpus: 1, memory: 10 })).toBe(true);
});
