import { type Event, type TaskError, taskError } from '@fasthep/flow';
import type { EventQueue } from '@fasthep/flow/backend';
import type { TaskLine } from '../round/types.ts';

/** What the driver knows of the tasks of a run, from what the workers wrote. */
export class Progress {
  /** A task failed that may not. */
  failed = false;
  /** The run was stopped: by the user, or by a failure where that ends it. */
  stopped = false;
  readonly #ended = new Set<string>();
  readonly #queue: EventQueue<Event>;
  readonly #allowed: (task: string) => boolean;

  constructor(queue: EventQueue<Event>, allowed: (task: string) => boolean = () => false) {
    this.#queue = queue;
    this.#allowed = allowed;
  }

  /** An event of a worker. A task that two workers had (one was thought dead) ends once. */
  take(worker: number, event: Event): void {
    if (event.type === 'task-end') {
      if (this.#ended.has(event.task)) return;
      this.#ended.add(event.task);
      if (event.outcome === 'failed' && !this.#allowed(event.task)) this.failed = true;
    } else if ('task' in event && event.task !== undefined && this.#ended.has(event.task)) return;
    this.#queue.push(event.type === 'task-start' ? { ...event, worker } : event);
  }

  settled(task: string): boolean {
    return this.#ended.has(task);
  }

  /** Tasks without an outcome. */
  left(lines: readonly TaskLine[]): TaskLine[] {
    return lines.filter(({ task }) => !this.#ended.has(task));
  }

  /** Ends tasks that will not run any more: the first with what went wrong, the others as blocked. */
  giveUp(lines: readonly TaskLine[], cause: unknown): void {
    const error: TaskError = taskError(cause);
    const left = new Set(lines.map(({ task }) => task));
    for (const { task, after = [] } of lines) {
      const before = after.find(([name]) => left.has(name))?.[0];
      const time = Date.now();
      this.#ended.add(task);
      if (before === undefined) this.#queue.push({ type: 'task-end', time, task, outcome: 'failed', error });
      else this.#queue.push({ type: 'task-end', time, task, outcome: 'blocked', reason: `${before} failed` });
    }
    this.failed = true;
  }
}
