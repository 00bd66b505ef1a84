/** What a worker and the process that computes for it say to each other. */
import type { Progress, TaskError, TaskItem, TaskResult } from '@fasthep/flow';

/** To the process that computes. */
export type ToChild = { type: 'run'; id: number; item: TaskItem } | { type: 'stop'; id: number };

/** From it. */
export type FromChild =
  | { type: 'ready' }
  | { type: 'progress'; id: number; progress: Progress }
  | { type: 'log'; id: number; message: string; level?: 'info' | 'warning' }
  | { type: 'done'; id: number; result: TaskResult }
  | { type: 'failed'; id: number; error: TaskError };
