import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { environment, interpreterAt } from '@fasthep/python';
import { afterAll, describe, it } from 'vitest';
import { backends } from '../../packages/engines/src/index.ts';
import { PYTHON_ENGINES } from '../../packages/engines/src/python/specs.ts';
import {
  type BackendUnderTest,
  describeBackend,
  killWorkerOf,
} from '../../packages/engines/src/testing/index.ts';
import { buildWorker } from './support.ts';

/** Why engines from PyPI are not tested here; undefined: they are. */
export const without: string | undefined = process.env.CI
  ? 'in CI nothing is installed from PyPI'
  : interpreterAt('python3')
    ? undefined
    : 'there is no python3';

/** Runs the suite on an engine that is a Python package, in an environment that is made once. */
export function describePythonEngine(
  name: string,
  more: Partial<BackendUnderTest> = {},
  skip: Parameters<typeof describeBackend>[3] = {},
): void {
  describe.skipIf(without)(without ? `${name}: ${without}` : name, () => {
    const built = buildWorker();
    afterAll(built.dispose);
    describeBackend(
      { describe, it },
      name,
      async () => {
        await environment(PYTHON_ENGINES[name]!, { create: true, log: console.info });
        return {
          backend: backends(built).find((one) => one.name === name)!,
          plugins: built.plugins,
          ran: engineRecord,
          killWorker: killWorkerOf,
          ...more,
        };
      },
      skip,
    );
  });
}

/** Tasks in what the engine itself told of a run. */
export function engineRecord(runDirectory: string): string[] {
  const text = readFileSync(join(runDirectory, 'engine/1/record.jsonl'), 'utf8');
  return text
    .trim()
    .split('\n')
    .map((line) => (JSON.parse(line) as { task: string }).task);
}
