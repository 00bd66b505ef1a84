import type { Registry, TaskContext } from '../types/plugin.ts';
import type { Store } from '../types/store.ts';

/** What a task works with. */
export interface ExecuteContext {
  store: Store;
  registry: Registry;
  signal?: AbortSignal;
  log: TaskContext['log'];
  /** Rows and bytes since the last call. */
  onProgress?(progress: Progress): void;
}

/** How far a task came since it said so last. */
export interface Progress {
  dataset?: string;
  file?: string;
  rows: number;
  bytes: number;
}

/** What a task that did not fail did. */
export interface TaskResult {
  outcome: 'done' | 'reused' | 'skipped';
  /** Content keys that were put into the store. */
  made: string[];
  /** Source columns that were read. */
  columns?: string[];
  rows?: number;
  bytes?: number;
  dataset?: string;
  reason?: string;
}
