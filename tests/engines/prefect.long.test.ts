import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describePythonEngine } from './python.ts';

const home = mkdtempSync(join(tmpdir(), 'prefect-'));

describePythonEngine('prefect', {
  settings: { prefect: { home } },
  // A server for each run.
  slack: 60,
  dispose: async () => rmSync(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 500 }),
});
