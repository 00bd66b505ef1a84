/**
 * `npm run bench -- engines [TASKS]`: what a task costs on Hamilton and Dask through a back end, beside the same
 * graph with sleeps written for the engine by hand.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRegistry } from '@fasthep/flow';
import { fileStore } from '@fasthep/flow/node';
import { numbersPlugin } from '@fasthep/flow/testing';
import { environment, pythonEnvironment } from '@fasthep/python';
import { backends } from '../../packages/engines/src/index.ts';
import { PYTHON_ENGINES } from '../../packages/engines/src/python/specs.ts';
import { mapReduce } from '../../packages/engines/src/testing/index.ts';
import { buildWorker } from '../../tests/engines/support.ts';

const tasks = Number(process.argv[2] ?? 200);
const PAUSE = 50;
const WORKERS = 2;
const built = buildWorker();
const registry = createRegistry([numbersPlugin]);
// Each partition sleeps once; merges and ends are as long as they are.
const plan = mapReduce(tasks, {
  datasets: { a: Array.from({ length: tasks }, (_, i) => `${i}..${i + 50}`) },
  source: { pause: PAUSE },
});

for (const name of ['processes', 'hamilton', 'dask']) {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  const backend = backends(built).find((one) => one.name === name)!;
  const begin = Date.now();
  let milliseconds = 0;
  let count = 0;
  const context = {
    registry,
    settings: { workers: WORKERS },
    plugins: built.plugins,
    runDirectory: join(folder, 'run'),
  };
  for await (const event of backend.run(plan, fileStore(join(folder, 'store')), context)) {
    if (event.type === 'task-end') count++;
    if (event.type === 'run-end') milliseconds = Date.now() - begin;
  }
  const ideal = (tasks * PAUSE) / WORKERS;
  let line = `${name.padEnd(10)} ${count} tasks in ${(milliseconds / 1000).toFixed(2)} s, ${((milliseconds - ideal) / count).toFixed(1)} ms above the sleeps for each`;
  const spec = PYTHON_ENGINES[name];
  if (spec) {
    const { python } = await environment(spec, { create: true });
    const script = join(import.meta.dirname ?? '.', 'bare.py');
    const words = [script, name, join(folder, 'run/engine/1'), String(PAUSE / 1000)];
    const start = Date.now();
    execFileSync(python, words, { env: pythonEnvironment(), stdio: ['ignore', 'pipe', 'ignore'] });
    const bare = Date.now() - start;
    line += `; bare ${(bare / 1000).toFixed(2)} s, ratio ${(milliseconds / bare).toFixed(2)}`;
  }
  console.log(line);
  rmSync(folder, { recursive: true, force: true });
}
built.dispose();
