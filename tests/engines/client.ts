/** Another process that runs a plan on a back end, so that it can be killed. */
import { type ChildProcess, spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { JsonObject, Plan } from '@fasthep/flow';
import { buildSync } from 'esbuild';
import type { buildWorker } from './support.ts';

/** Starts it in a folder: the store is `store` there, the run directory `run1`. */
export function startClient(
  folder: string,
  name: string,
  plan: Plan,
  settings: JsonObject,
  built: ReturnType<typeof buildWorker>,
): ChildProcess {
  const at = (file: string) => JSON.stringify(join(folder, file));
  writeFileSync(join(folder, 'plan.json'), JSON.stringify(plan));
  writeFileSync(
    join(folder, 'client.ts'),
    `import { readFileSync } from 'node:fs';
import { createRegistry } from '@fasthep/flow';
import { fileStore } from '@fasthep/flow/node';
import { numbersPlugin } from '@fasthep/flow/testing';
import { backends } from '@fasthep/engines';
import { faultsPlugin } from '@fasthep/engines/testing';
const plan = JSON.parse(readFileSync(${at('plan.json')}, 'utf8'));
const backend = backends(${JSON.stringify({ command: built.command })}).find(({ name }) => name === '${name}');
const context = {
  registry: createRegistry([numbersPlugin, faultsPlugin]),
  settings: ${JSON.stringify(settings)},
  plugins: ${JSON.stringify(built.plugins)},
  runDirectory: ${at('run1')},
};
for await (const event of backend.run(plan, fileStore(${at('store')}), context)) console.log(JSON.stringify(event));
`,
  );
  const packages = new URL('../../packages', import.meta.url).pathname;
  buildSync({
    entryPoints: [join(folder, 'client.ts')],
    outfile: join(folder, 'client.mjs'),
    bundle: true,
    format: 'esm',
    platform: 'node',
    conditions: ['source'],
    nodePaths: [join(packages, '../node_modules')],
    banner: {
      // Files of packages are found from where this one would lie.
      js: `import { createRequire as r_ } from 'node:module'; const require = r_(${JSON.stringify(join(packages, 'engines/src/index.ts'))});`,
    },
    define: {
      'import.meta.url': JSON.stringify(new URL('../../packages/engines/src/index.ts', import.meta.url).href),
    },
  });
  return spawn(process.execPath, [join(folder, 'client.mjs')], { stdio: ['ignore', 'ignore', 'inherit'] });
}
