import { localBackend } from '@fasthep/flow/node';
import { afterAll, describe, it } from 'vitest';
import { describeBackend } from '../../packages/engines/src/testing/index.ts';
import { buildWorker } from './support.ts';

const built = buildWorker();
afterAll(built.dispose);

describeBackend(
  { describe, it },
  'local',
  async () => ({ backend: localBackend({ worker: { entry: built.thread } }), plugins: built.plugins }),
  {
    skip: [
      {
        reason:
          'threads cannot be killed from outside without the command; a thread that ends itself is tested',
        tests: ['a worker that is killed from outside loses nothing'],
      },
      {
        reason: 'threads share the process group of the command: what they start is ended by its own timeout',
        tests: ['a timeout stops the programs that a task started'],
      },
    ],
  },
);
