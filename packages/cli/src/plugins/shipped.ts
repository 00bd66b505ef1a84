/** The packs that come along, loaded only where they are installed. */
import type { Plugin } from '@fasthep/flow';
import { program } from './program.ts';

const SHIPPED: Record<string, () => Promise<{ default: Plugin }>> = {
  '@fasthep/data': () => import('@fasthep/data'),
  '@fasthep/hep': () => import('@fasthep/hep'),
  '@fasthep/render': () => import('@fasthep/render'),
  '@fasthep/engines': async () => {
    const { enginesPlugin } = await import('@fasthep/engines');
    // Workers of other engines are this command.
    return { default: enginesPlugin({ command: [...program(), 'worker'] }) };
  },
  '@fasthep/adapters': () => import('@fasthep/adapters'),
};

/** What stands before the name of a shipped pack where a worker is told to load it. */
const SHIPPED_MODULE = 'shipped:';

/** A pack with the module it came from: what a worker loads again. */
export interface LoadedPlugin {
  plugin: Plugin;
  /** `shipped:@fasthep/data`, or a URL; the core needs none. */
  module?: string;
}

/** Those of the shipped packs that are installed. One that is there and does not load is an error. */
export async function shippedPlugins(): Promise<LoadedPlugin[]> {
  const { corePlugin } = await import('@fasthep/flow');
  const loaded = await Promise.all(
    Object.entries(SHIPPED).map(async ([name, load]): Promise<LoadedPlugin | undefined> => {
      try {
        return { plugin: (await load()).default, module: SHIPPED_MODULE + name };
      } catch (error) {
        if (isAbsent(error)) return undefined;
        throw error;
      }
    }),
  );
  return [{ plugin: corePlugin }, ...loaded.filter((one) => one !== undefined)];
}

/** Loads a pack by its `module`. */
export async function loadModule(module: string): Promise<{ default: Plugin }> {
  const load = module.startsWith(SHIPPED_MODULE) ? SHIPPED[module.slice(SHIPPED_MODULE.length)] : undefined;
  return load ? load() : ((await import(module)) as { default: Plugin });
}

/** The pack, or a package of ours that it needs, is not installed. */
function isAbsent(error: unknown): boolean {
  const { code, message } = error as NodeJS.ErrnoException;
  return code === 'ERR_MODULE_NOT_FOUND' && /Cannot find package '@fasthep\//.test(message);
}
