/**
 * Entry of workers where no command is: `node main.js FOLDER [--tasks FILE]`. Packs are loaded by their module,
 * the store is a folder. The command `fasthep-flow worker` does the same with the packs that it ships.
 */
import { createRegistry, type Plugin } from '@fasthep/flow';
import { fileStore } from '@fasthep/flow/node';
import { runWorker } from './run.ts';

const SHIPPED = 'shipped:';

process.exitCode = await runWorker({
  words: process.argv.slice(2),
  async load({ plugins, store }) {
    const modules = await Promise.all(
      plugins.map(async (module) => {
        const name = module.startsWith(SHIPPED) ? module.slice(SHIPPED.length) : module;
        return ((await import(name)) as { default: Plugin }).default;
      }),
    );
    if (!store.startsWith('file:')) throw new Error(`'${store}' is no store that workers can open`);
    return { registry: createRegistry(modules), store: fileStore(store.slice('file:'.length)) };
  },
});
