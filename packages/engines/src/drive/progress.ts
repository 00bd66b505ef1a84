import { type Event, type Plan, type TaskError, taskError } from '@fasthep/flow';
import { type Before, type EventQueue, judge } from '@fasthep/flow/backend';
import type { TaskLine } from '../round/types.ts';

type TaskEnd = Extract<Event, { type: 'task-end' }>;

/** What the driver knows of the tasks of a run, from what the workers wrote. */
export class Progress {
  /** The run was stopped: by the user, or by a failure where that ends it. */
  stopped = false;
  readonly #ended = new Set<string>();
  readonly #queue: EventQueue<Event>;
  readonly #outcomes = new Map<string, Before>();
  readonly #failures: Before[] = [];

  constructor(queue: EventQueue<Event>) {
    this.#queue = queue;
  }

  /** Whether a task failed that may not, and which failures others made good for. */
  judge(plan: Plan): ReturnType<typeof judge> {
    return judge(plan, this.#failures, (task) => this.#outcomes.get(task));
  }

  #keep({ task: name, outcome, error, allowed = false, reason }: TaskEnd): void {
    if (outcome === 'done' || outcome === 'reused') return;
    // Behind a blocked task stands the one before it that gave the reason: that is as good a cause.
    const cause = error ? { task: name, message: error.message } : undefined;
    const before: Before = { name, outcome, allowed, ...(cause ? { cause } : {}) };
    if (outcome === 'blocked') before.cause = { task: name, message: reason ?? '' };
    this.#outcomes.set(name, before);
    if (outcome === 'failed') this.#failures.push(before);
  }

  /** An event of a worker. A task that two workers had (one was thought dead) ends once. */
  take(worker: number, event: Event): void {
    if (event.type === 'task-end') {
      if (this.#ended.has(event.task)) return;
      this.#ended.add(event.task);
      this.#keep(event);
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
      const event: TaskEnd =
        before === undefined
          ? { type: 'task-end', time, task, outcome: 'failed', error }
          : { type: 'task-end', time, task, outcome: 'blocked', reason: `${before} failed` };
      this.#keep(event);
      this.#queue.push(event);
    }
  }
}
