import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRegistry, type Event } from '@fasthep/flow';
import { fileStore } from '@fasthep/flow/node';
import { numbersPlugin } from '@fasthep/flow/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { backends } from '../../packages/engines/src/index.ts';
import {
  describeBackend,
  faultsPlugin,
  killWorkerOf,
  withFaults,
} from '../../packages/engines/src/testing/index.ts';
import { startClient } from './client.ts';
import { engineRecord } from './python.ts';
import { type Cluster, startCluster, withoutSlurm } from './slurm-cluster.ts';
import { buildWorker } from './support.ts';

describe.skipIf(withoutSlurm)(withoutSlurm ? `slurm: ${withoutSlurm}` : 'slurm', () => {
  const built = buildWorker();
  let cluster: Cluster;
  beforeAll(async () => {
    cluster = await startCluster();
    process.env.SLURM_CONF = cluster.conf;
  });
  afterAll(() => {
    cluster.stop();
    delete process.env.SLURM_CONF;
    built.dispose();
  });
  const backend = backends(built).find(({ name }) => name === 'slurm')!;
  const settings = { slurm: { poll: 0.5, jobs: 8 } };

  describeBackend({ describe, it }, 'slurm', async () => ({
    backend,
    plugins: built.plugins,
    settings,
    slack: 30,
    ran: engineRecord,
    killWorker: killWorkerOf,
  }));

  it('goes on with the jobs of a command that was killed', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'attach-'));
    const mark = join(folder, 'slow');
    const plan = withFaults([{ node: 'slow', fault: 'slow', args: { mark, milliseconds: 8000 } }]);
    // Another process submits the plan, and is killed while the task runs.
    const first = startClient(folder, 'slurm', plan, settings, built);
    for (let n = 0; n < 300 && !existsSync(mark); n++)
      await new Promise((resolve) => setTimeout(resolve, 100));
    first.kill('SIGKILL');
    expect(existsSync(mark)).toBe(true);

    const events: Event[] = [];
    const registry = createRegistry([numbersPlugin, faultsPlugin]);
    const runDirectory = join(folder, 'run2');
    const context = { registry, settings, plugins: built.plugins, runDirectory };
    for await (const event of backend.run(plan, fileStore(join(folder, 'store')), context))
      events.push(event);
    expect(events.some((event) => event.type === 'log' && /goes on with \d+ jobs/.test(event.message))).toBe(
      true,
    );
    expect(events.at(-1)).toMatchObject({ type: 'run-end', outcome: 'done' });
    // It was called once: nothing was submitted again.
    expect(readFileSync(mark, 'utf8')).toBe('x');
    expect(existsSync(join(runDirectory, 'engine/1/slurm.json'))).toBe(false);
    rmSync(folder, { recursive: true, force: true });
  });
});
