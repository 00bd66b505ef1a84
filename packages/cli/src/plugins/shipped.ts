/** The packs that come along, loaded only where they are installed. */
import { corePlugin, type Plugin } from '@fasthep/flow';

const SHIPPED: Record<string, () => Promise<{ default: Plugin }>> = {
  '@fasthep/data': () => import('@fasthep/data'),
  '@fasthep/hep': () => import('@fasthep/hep'),
  '@fasthep/render': () => import('@fasthep/render'),
};

/** A pack with the module it came from: what a worker imports again. */
export interface LoadedPlugin {
  plugin: Plugin;
  /** URL of the module; the core needs none. */
  module?: string;
}

/** Those of the shipped packs that are installed. One that is there and does not load is an error. */
export async function shippedPlugins(): Promise<LoadedPlugin[]> {
  const loaded = await Promise.all(
    Object.entries(SHIPPED).map(async ([name, load]): Promise<LoadedPlugin | undefined> => {
      try {
        return { plugin: (await load()).default, module: import.meta.resolve(name) };
      } catch (error) {
        if (isAbsent(error)) return undefined;
        throw error;
      }
    }),
  );
  return [{ plugin: corePlugin }, ...loaded.filter((one) => one !== undefined)];
}

/** The pack, or a package of ours that it needs, is not installed. */
function isAbsent(error: unknown): boolean {
  const { code, message } = error as NodeJS.ErrnoException;
  return code === 'ERR_MODULE_NOT_FOUND' && /Cannot find package '@fasthep\//.test(message);
}
