/** What the tests of back ends start: workers and packs, built from the sources. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { buildSync } from 'esbuild';

/** Builds the worker and the packs `numbers` and `faults`. */
export function buildWorker() {
  const folder = mkdtempSync(join(tmpdir(), 'engines-'));
  const sources = {
    worker: 'engines/src/worker/main.ts',
    thread: 'flow/src/node/pool/worker-main.ts',
    numbers: 'flow/src/testing/numbers.ts',
    faults: 'engines/src/testing/faults.ts',
  };
  buildSync({
    entryPoints: Object.entries(sources).map(([out, path]) => ({
      out,
      in: fileURLToPath(new URL(`../../packages/${path}`, import.meta.url)),
    })),
    outdir: folder,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    format: 'esm',
    platform: 'node',
    conditions: ['source'],
    banner: {
      js: "import { createRequire as require_ } from 'node:module'; const require = require_(import.meta.url);",
    },
  });
  const at = (name: string) => join(folder, `${name}.mjs`);
  return {
    /** Command of a worker. */
    command: [process.execPath, at('worker')],
    /** Module of the native engine's threads. */
    thread: pathToFileURL(at('thread')),
    plugins: [pathToFileURL(at('numbers')).href, pathToFileURL(at('faults')).href],
    dispose: () => rmSync(folder, { recursive: true, force: true }),
  };
}
