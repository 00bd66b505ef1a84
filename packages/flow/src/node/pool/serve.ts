/** What a worker thread does: loads the packs once, then runs tasks one after the other. */
import { parentPort, workerData } from 'node:worker_threads';
import { createRegistry } from '../../registry/registry.ts';
import { executeTask } from '../../run/execute.ts';
import { interrupted, TaskFailure, taskError } from '../../run/failure.ts';
import type { Plugin } from '../../types/plugin.ts';
import type { Store } from '../../types/store.ts';
import type { FromWorker, ToWorker, WorkerStart } from './protocol.ts';

/** Serves the engine that started this thread. `load` imports the module of a pack. */
export function serveWorker(load: (module: string) => Promise<{ default: Plugin }>): void {
  const port = parentPort!;
  const start = workerData as WorkerStart;
  const send = (message: FromWorker, transfer: ArrayBuffer[] = []) => port.postMessage(message, transfer);

  const stops = new Map<number, AbortController>();
  const calls = new Map<number, (answer: Extract<ToWorker, { type: 'store' }>) => void>();
  let nextCall = 0;

  function ask(
    message: (call: number) => FromWorker,
    transfer?: ArrayBuffer[],
  ): Promise<Extract<ToWorker, { type: 'store' }>> {
    const call = nextCall++;
    return new Promise((resolve, reject) => {
      calls.set(call, (answer) => (answer.error ? reject(new TaskFailure(answer.error)) : resolve(answer)));
      send(message(call), transfer);
    });
  }

  /** The engine's store, from here. */
  const store: Pick<Store, 'has' | 'get' | 'put'> = {
    has: async (keys) => (keys.length === 0 ? [] : (await ask((call) => ({ type: 'has', call, keys }))).has!),
    get: async (keys) => (keys.length === 0 ? [] : (await ask((call) => ({ type: 'get', call, keys }))).get!),
    async put(entries) {
      if (entries.length === 0) return;
      // What is sent is moved, not copied. Only whole buffers can be: parts of one, and shared ones, are copied.
      const whole = entries.map(({ key, bytes }) => ({ key, bytes: owned(bytes) }));
      await ask(
        (call) => ({ type: 'put', call, entries: whole }),
        [...new Set(whole.map(({ bytes }) => bytes.buffer))],
      );
    },
  };

  function owned(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
    const { buffer } = bytes;
    return buffer instanceof ArrayBuffer && buffer.byteLength === bytes.byteLength
      ? (bytes as Uint8Array<ArrayBuffer>)
      : bytes.slice();
  }

  const modules = start.plugins.map(async (module) => (await load(module)).default);
  // The language is not needed to run a task: the core is loaded for its operators only.
  if (start.core) modules.push(import('../../core/plugin.ts').then(({ corePlugin }) => corePlugin));
  const registry = Promise.all(modules).then(createRegistry);

  async function run({ id, item }: Extract<ToWorker, { type: 'run' }>): Promise<void> {
    const stop = new AbortController();
    stops.set(id, stop);
    try {
      const result = await executeTask(start.plan, item, {
        store: { name: start.store, ...store } as Store,
        registry: await registry,
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

  port.on('message', (message: ToWorker) => {
    if (message.type === 'run') run(message);
    else if (message.type === 'stop') stops.get(message.id)?.abort(interrupted());
    else {
      calls.get(message.call)?.(message);
      calls.delete(message.call);
    }
  });
  registry.then(
    () => send({ type: 'ready' }),
    () => {},
  );
}
