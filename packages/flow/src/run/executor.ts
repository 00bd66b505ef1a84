import type { Plan } from '../types/plan.ts';
import type { Registry } from '../types/plugin.ts';
import type { Store } from '../types/store.ts';
import type { Progress, TaskResult } from './context.ts';
import { executeTask } from './execute.ts';
import { interrupted, TaskFailure } from './failure.ts';
import type { TaskItem } from './plan-index.ts';

/** Where tasks are run: in this thread, or in a pool of others. */
export interface Executor {
  /** Tasks at the same time. */
  readonly slots: number;
  /** Runs one task; rejects with what it failed with. */
  run(item: TaskItem, options: AttemptOptions): Promise<TaskResult>;
  close(): Promise<void>;
}

/** About one attempt at a task. */
export interface AttemptOptions {
  signal?: AbortSignal;
  /** Milliseconds. */
  timeout?: number;
  onProgress?(progress: Progress): void;
  log(message: string, level?: 'info' | 'warning'): void;
  /** Called with the number of the worker that takes the task. */
  onStart?(worker: number): void;
}

/** Runs one task after the other in this thread. A timeout takes effect between two batches of rows. */
export function inProcess(plan: Plan, store: Store, registry: Registry): Executor {
  return {
    slots: 1,
    async run(item, { signal, timeout, onProgress, log, onStart }) {
      onStart?.(0);
      const context = { store, registry, log, onProgress };
      if (!signal && timeout === undefined) return executeTask(plan, item, context);
      const stop = new AbortController();
      const abort = () => stop.abort(interrupted());
      if (signal?.aborted) abort();
      signal?.addEventListener('abort', abort, { once: true });
      const timer =
        timeout === undefined ? undefined : setTimeout(() => stop.abort(timedOut(timeout)), timeout);
      const stopped = new Promise<never>((_, reject) => {
        stop.signal.addEventListener('abort', () => reject(stop.signal.reason), { once: true });
      });
      try {
        return await Promise.race([executeTask(plan, item, { ...context, signal: stop.signal }), stopped]);
      } finally {
        clearTimeout(timer);
        signal?.removeEventListener('abort', abort);
        stopped.catch(() => {});
      }
    },
    async close() {},
  };
}

/** What an attempt fails with that took too long. */
export function timedOut(timeout: number): TaskFailure {
  return new TaskFailure({
    code: 'FLOW-R006',
    message: `took longer than ${timeout / 1000} s`,
    help: 'raise its timeout:, or give it smaller partitions with run.partition_size',
    retry: 'timeout',
  });
}
