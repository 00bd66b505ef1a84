/** The process that computes: loads the packs once, then runs one task after the other. */
import {
  executeTask,
  type Plan,
  planIndex,
  type Registry,
  refuseMasked,
  type Store,
  taskError,
} from '@fasthep/flow';
import { interrupted } from '@fasthep/flow/backend';
import type { FromChild, ToChild } from './messages.ts';

/** What tasks are run with. */
export interface Work {
  plan: Plan;
  /** The plan as it was read: one that lies in a run directory has no secrets. */
  text: string;
  registry: Registry;
  store: Store;
}

/** Serves the worker that started this process, until it is gone. */
export function serveChild(load: () => Promise<Work>): void {
  const send = (message: FromChild) => {
    if (process.connected) process.send?.(message);
  };
  const stops = new Map<number, AbortController>();
  const work = load();
  work.then(
    () => send({ type: 'ready' }),
    () => {},
  );
  async function run({ id, item }: Extract<ToChild, { type: 'run' }>): Promise<void> {
    const stop = new AbortController();
    stops.set(id, stop);
    try {
      const { plan, text, registry, store } = await work;
      const family = planIndex(plan).families.get(item.family);
      if (family) refuseMasked(plan, text, family);
      const result = await executeTask(plan, item, {
        store,
        registry,
        signal: stop.signal,
        log: (message, level) => send({ type: 'log', id, message, level }),
        onProgress: (progress) => send({ type: 'progress', id, progress }),
      });
      send({ type: 'done', id, result });
    } catch (error) {
      send({ type: 'failed', id, error: taskError(error) });
    } finally {
      stops.delete(id);
    }
  }
  process.on('message', (message: ToChild) => {
    if (message.type === 'run') run(message);
    else stops.get(message.id)?.abort(interrupted());
  });
  process.on('disconnect', () => process.exit(0));
}
