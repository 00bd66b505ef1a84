import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { buildSync } from 'esbuild';
import { afterAll, describe, expect, it } from 'vitest';
import { createRegistry } from '../../registry/registry.ts';
import { inProcess, runPlan } from '../../run/index.ts';
import { memoryStore } from '../../store/index.ts';
import { type NumbersPlan, numbersPlan, numbersPlugin } from '../../testing/index.ts';
import type { Event, JsonObject, Plan, Store } from '../../types/index.ts';
import { localBackend } from '../local-backend.ts';
import { fileStore } from '../store/index.ts';
import { faultsPlugin } from '../testing/faults.ts';

const folder = mkdtempSync(join(tmpdir(), 'pool-'));
afterAll(() => rmSync(folder, { recursive: true }));

const registry = createRegistry([numbersPlugin, faultsPlugin]);
// Threads load what Node can load: the sources, bundled.
const sources = {
  worker: './worker-main.ts',
  numbers: '../../testing/numbers.ts',
  faults: '../testing/faults.ts',
};
buildSync({
  entryPoints: Object.entries(sources).map(([out, path]) => ({
    out,
    in: fileURLToPath(new URL(path, import.meta.url)),
  })),
  outdir: folder,
  outExtension: { '.js': '.mjs' },
  bundle: true,
  format: 'esm',
  platform: 'node',
  conditions: ['source'],
  banner: {
    js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
  },
});
const built = (name: string) => pathToFileURL(join(folder, `${name}.mjs`));
const plugins = [built('numbers').href, built('faults').href];
const worker = { entry: built('worker') };

async function run(plan: Plan, store: Store, settings: JsonObject = { workers: 2 }, signal?: AbortSignal) {
  const events: Event[] = [];
  const backend = localBackend({ worker });
  for await (const event of backend.run(plan, store, { registry, settings, plugins, signal }))
    events.push(event);
  const last = events.at(-1);
  return {
    events,
    outcome: last?.type === 'run-end' ? last.outcome : undefined,
    failed: events.flatMap((e) => (e.type === 'task-end' && e.outcome === 'failed' ? [e] : [])),
    workers: new Set(events.flatMap((e) => (e.type === 'task-start' ? [e.worker] : []))),
  };
}

const steps = [
  { id: 'plus', from: '', do: 'add', by: 1 },
  { id: 'all', from: 'plus', do: 'sum' },
];
const plan = (more: Partial<NumbersPlan> = {}) =>
  numbersPlan({
    datasets: { a: Array.from({ length: 20 }, (_, i) => `${i}..${i + 500}`), b: ['0..5000'] },
    steps,
    sums: ['all'],
    singles: [{ node: 'minus', operator: 'negate', reads: ['all'] }],
    ...more,
  });
const single = (operator: string, mark: string, control = {}): Plan => {
  const made = plan({
    sums: [],
    singles: [{ node: 'bad', operator: 'nonce', args: { mark: join(folder, mark) }, control }],
  });
  for (const family of made.families) if (family.kind === 'single') family.operator = `faults.${operator}`;
  return made;
};
const bytes = async (made: Plan, store: Store) => store.get(made.products.map(({ key }) => key));

describe('worker threads', () => {
  it('give the same bytes as this thread, whatever their number', async () => {
    const made = plan();
    const alone = memoryStore();
    for await (const _ of runPlan(made, alone, { executor: () => inProcess(made, alone, registry) }));
    for (const workers of [2, 3]) {
      const store = workers === 2 ? fileStore(join(folder, 'store')) : memoryStore();
      const done = await run(made, store, { workers });
      expect(done.outcome).toBe('done');
      expect(done.workers.size).toBe(workers);
      expect(await bytes(made, store)).toEqual(await bytes(made, alone));
    }
  });

  it('that die are replaced, and their tasks tried again', async () => {
    for (const fault of ['exit', 'throw']) {
      const { outcome, events } = await run(single(fault, fault), memoryStore());
      expect(outcome, fault).toBe('done');
      const warnings = events.flatMap((e) => (e.type === 'log' && e.level === 'warning' ? [e.message] : []));
      expect(warnings, fault).toEqual([expect.stringMatching(/a worker died: .*; attempt 2 follows/)]);
      expect(readFileSync(join(folder, fault), 'utf8')).toBe('xx');
    }
  });

  it('are stopped by a timeout in the middle of a computation', async () => {
    const start = Date.now();
    const { outcome, failed } = await run(single('spin', 'spin', { timeout: '1500ms' }), memoryStore(), {});
    expect(Date.now() - start).toBeLessThan(10_000);
    expect(outcome).toBe('failed');
    expect(failed[0]).toMatchObject({ task: 'bad', error: { code: 'FLOW-R006', retry: 'timeout' } });
    const again = await run(single('spin', 'spin2', { timeout: '1500ms', retry: 1 }), memoryStore(), {});
    expect(again.outcome).toBe('done');
  });

  it('stop when the run is stopped, also in the middle of a computation', async () => {
    const stop = new AbortController();
    const start = Date.now();
    const running = run(single('spin', 'stop'), memoryStore(), { workers: 2 }, stop.signal);
    setTimeout(() => stop.abort(), 1500);
    expect((await running).outcome).toBe('interrupted');
    expect(Date.now() - start).toBeLessThan(10_000);
  });

  it('tell errors with what they know, and progress', async () => {
    const refusing = plan({
      steps: [
        { id: 'no', from: '', do: 'refuse', value: 3000 },
        { id: 'all', from: 'no', do: 'sum' },
      ],
    });
    const { failed, events, outcome } = await run(refusing, memoryStore());
    expect(outcome).toBe('failed');
    expect(failed).toMatchObject([
      { error: { message: '3000 is refused', where: { file: '0..5000', dataset: 'b' } } },
    ]);
    expect(events.some(({ type }) => type === 'progress')).toBe(true);
  });

  it('tell that the store cannot be written', async () => {
    const store: Store = {
      ...memoryStore(),
      put: () => Promise.reject(Object.assign(new Error('full'), { code: 'store-full' })),
    };
    const { failed } = await run(plan(), store);
    expect(failed[0]?.error).toMatchObject({ code: 'store-full', message: 'full' });
  });
});
