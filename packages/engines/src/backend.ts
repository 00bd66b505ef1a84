import type { Backend } from '@fasthep/flow';
import type { DriveOptions } from './drive/drive.ts';
import type { Engine } from './drive/types.ts';

/** A back end as the registry has it: what it does is loaded when it is used. */
export function lazyBackend(
  about: Pick<Backend, 'name' | 'doc' | 'can'>,
  options: DriveOptions,
  load: () => Promise<Engine>,
): Backend {
  return {
    ...about,
    async *run(plan, store, context) {
      const [{ runOnEngine }, engine] = await Promise.all([import('./drive/drive.ts'), load()]);
      yield* runOnEngine(engine, plan, store, context, options);
    },
  };
}
