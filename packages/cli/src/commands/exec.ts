import { readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import {
  createRegistry,
  executeTask,
  FlowError,
  findTask,
  type Plan,
  refuseMasked,
  suggest,
  wantedOutputs,
} from '@fasthep/flow';
import { loadModule, shippedPlugins } from '../plugins/shipped.ts';
import { type CliContext, print, printJson, say } from '../terminal/context.ts';
import type { CommonFlags } from '../workflow/lazy.ts';
import { openStore } from '../workflow/store.ts';

type Flags = CommonFlags & {
  store?: string;
};

/** `exec PLAN TASK`: what an engine elsewhere calls for each task. */
export default async function exec(
  this: CliContext,
  flags: Flags,
  planFile: string,
  task: string,
): Promise<void> {
  const path = resolve(this.process.cwd(), planFile);
  const text = readFileSync(path, 'utf8');
  const plan = JSON.parse(text) as Plan;
  const engine = engineOf(dirname(path));
  const found = findTask(plan, task);
  if (!found) {
    const families = plan.families.map(({ id, size }) => (size === 1 ? id : `${id}[0]`));
    throw new FlowError('FLOW-R008', `the plan has no task '${task}'`, suggest(task, families, 'there are'));
  }
  refuseMasked(plan, text, found.family);
  const folder = flags.store ?? engine.store;
  if (folder === undefined) {
    throw new FlowError(
      'FLOW-R008',
      'there is no engine.json beside the plan that says where the store is',
      'give it with --store',
    );
  }
  const shipped = await shippedPlugins();
  const known = new Set(shipped.map(({ module }) => module));
  const others = await Promise.all(
    (engine.plugins ?? []).filter((module) => !known.has(module)).map((module) => loadModule(module)),
  );
  const registry = createRegistry([
    ...shipped.map(({ plugin }) => plugin),
    ...others.map((one) => one.default),
  ]);
  const store = await openStore(folder, registry);
  const item = { family: found.family.id, index: found.index, outputs: wantedOutputs(plan, found.family) };
  const result = await executeTask(plan, item, { store, registry, log: (message) => say(this, message) });
  if (flags.json) printJson(this, { task, ...result });
  else print(this, `${task}: ${result.outcome}${result.reason ? ` (${result.reason})` : ''}`);
}

function engineOf(folder: string): { store?: string; plugins?: string[] } {
  try {
    return JSON.parse(readFileSync(join(folder, 'engine.json'), 'utf8')) as {
      store?: string;
      plugins?: string[];
    };
  } catch {
    return {};
  }
}
