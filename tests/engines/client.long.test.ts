/** The command is killed in the middle of a run: nothing stays behind, and the next run goes on. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRegistry, type Event } from '@fasthep/flow';
import { fileStore } from '@fasthep/flow/node';
import { numbersPlugin } from '@fasthep/flow/testing';
import { environment } from '@fasthep/python';
import { afterAll, describe, expect, it } from 'vitest';
import { backends } from '../../packages/engines/src/index.ts';
import { PYTHON_ENGINES } from '../../packages/engines/src/python/specs.ts';
import { faultsPlugin, withFaults } from '../../packages/engines/src/testing/index.ts';
import { startClient } from './client.ts';
import { without } from './python.ts';
import { buildWorker } from './support.ts';

const built = buildWorker();
afterAll(built.dispose);
const sleep = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

describe.skipIf(!existsSync('/proc'))('a command that is killed', () => {
  for (const name of ['processes', 'hamilton', 'dask']) {
    const python = PYTHON_ENGINES[name];
    it.skipIf(python && without)(`leaves nothing behind on ${name}, and the next run goes on`, async () => {
      if (python) await environment(python, { create: true, log: console.info });
      const folder = mkdtempSync(join(tmpdir(), 'killed-'));
      const mark = join(folder, 'hold');
      const plan = withFaults([{ node: 'held', fault: 'hold', args: { mark }, reads: ['all'] }]);
      const client = startClient(folder, name, plan, { workers: 2 }, built);
      for (let n = 0; n < 600 && !existsSync(mark); n++) await sleep(100);
      expect(existsSync(mark)).toBe(true);
      expect(processesOf(folder).length).toBeGreaterThan(1);
      client.kill('SIGKILL');
      for (let n = 0; n < 100 && processesOf(folder).length > 0; n++) await sleep(100);
      expect(processesOf(folder)).toEqual([]);

      writeFileSync(`${mark}.go`, '');
      const registry = createRegistry([numbersPlugin, faultsPlugin]);
      const backend = backends(built).find((one) => one.name === name)!;
      const context = {
        registry,
        settings: { workers: 2 },
        plugins: built.plugins,
        runDirectory: join(folder, 'run2'),
      };
      const done: string[] = [];
      let last: Event | undefined;
      for await (const event of backend.run(plan, fileStore(join(folder, 'store')), context)) {
        if (event.type === 'task-end' && event.outcome === 'done') done.push(event.task);
        last = event;
      }
      expect(last).toMatchObject({ type: 'run-end', outcome: 'done' });
      expect(done).toEqual(['held']);
      rmSync(folder, { recursive: true, force: true });
    });
  }
});

/** Command lines that name a folder. */
function processesOf(folder: string): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
        return words.includes(folder) ? [words] : [];
      } catch {
        return [];
      }
    });
}
