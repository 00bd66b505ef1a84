import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { suite } from '../../../conformance/suites/root.ts';

const folder = join(dirname(fileURLToPath(import.meta.url)), '../../../tests/vectors/root');

it.each(readdirSync(folder).filter((name) => name.endsWith('.json')))('%s: all digests', async (name) => {
  const failed: unknown[] = [];
  let passed = 0;
  const context = { find: (file: string) => join(folder, file) };
  for await (const outcome of suite.run(join(folder, name), context)) {
    if (outcome.status === 'failed') failed.push(outcome);
    if (outcome.status === 'passed') passed++;
  }
  expect(failed).toEqual([]);
  expect(passed).toBeGreaterThan(0);
});
