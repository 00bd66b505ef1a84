/** What the engine and its worker threads say to each other. */
import type { Progress, TaskResult } from '../../run/context.ts';
import type { TaskItem } from '../../run/plan-index.ts';
import type { TaskError } from '../../types/events.ts';
import type { Plan } from '../../types/plan.ts';

/** Given to a worker when it starts. */
export interface WorkerStart {
  plan: Plan;
  /** URLs of the modules of all packs. */
  plugins: string[];
  /** Whether the plan has operators of the core. */
  core: boolean;
  /** Name of the store, for messages. */
  store: string;
}

/** To a worker. */
export type ToWorker =
  | { type: 'run'; id: number; item: TaskItem }
  /** Stop what you are at. */
  | { type: 'stop'; id: number }
  | { type: 'store'; call: number; has?: boolean[]; get?: (Uint8Array | undefined)[]; error?: TaskError };

/** From a worker. The store is with the engine: one index, one writer. */
export type FromWorker =
  | { type: 'ready' }
  | { type: 'progress'; id: number; progress: Progress }
  | { type: 'log'; id: number; message: string; level?: 'info' | 'warning' }
  | { type: 'done'; id: number; result: TaskResult }
  | { type: 'failed'; id: number; error: TaskError }
  | { type: 'has'; call: number; keys: readonly string[] }
  | { type: 'get'; call: number; keys: readonly string[] }
  | { type: 'put'; call: number; entries: readonly { key: string; bytes: Uint8Array }[] };
