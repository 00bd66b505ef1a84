import { afterAll, describe, it } from 'vitest';
import { backends } from '../../packages/engines/src/index.ts';
import { describeBackend, killWorkerOf } from '../../packages/engines/src/testing/index.ts';
import { buildWorker } from './support.ts';

const built = buildWorker();
afterAll(built.dispose);

describeBackend({ describe, it }, 'processes', async () => ({
  backend: backends(built).find(({ name }) => name === 'processes')!,
  plugins: built.plugins,
  killWorker: killWorkerOf,
}));
