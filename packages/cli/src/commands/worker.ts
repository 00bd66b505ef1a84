import { createRegistry } from '@fasthep/flow';
import { loadModule, shippedPlugins } from '../plugins/shipped.ts';
import type { CliContext } from '../terminal/context.ts';
import type { CommonFlags } from '../workflow/lazy.ts';
import { openStore } from '../workflow/store.ts';

type Flags = CommonFlags & {
  tasks?: string;
  task?: string;
  child?: boolean;
};

/** `worker PLAN`: what an engine keeps running and gives one task after the other. */
export default async function worker(this: CliContext, flags: Flags, path: string): Promise<void> {
  const { runWorker } = await import('@fasthep/engines/serve');
  this.process.exitCode = await runWorker({
    words: [
      path,
      ...(flags.tasks ? ['--tasks', flags.tasks] : []),
      ...(flags.task ? ['--task', flags.task] : []),
      ...(flags.child ? ['--child'] : []),
    ],
    async load({ plugins, store }) {
      const shipped = await shippedPlugins();
      const known = new Set(shipped.map(({ module }) => module));
      const others = await Promise.all(
        plugins.filter((module) => !known.has(module)).map((module) => loadModule(module)),
      );
      const registry = createRegistry([
        ...shipped.map(({ plugin }) => plugin),
        ...others.map((one) => one.default),
      ]);
      return { registry, store: await openStore(store, registry) };
    },
  });
}
