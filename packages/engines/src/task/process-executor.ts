import { type ChildProcess, spawn } from 'node:child_process';
import {
  type AttemptOptions,
  type Executor,
  TaskFailure,
  type TaskItem,
  type TaskResult,
} from '@fasthep/flow';
import { interrupted, timedOut } from '@fasthep/flow/backend';
import type { FromChild, ToChild } from './messages.ts';

/** Milliseconds that a process has to stop by itself. */
const GRACE = 2000;

interface Job {
  id: number;
  options: AttemptOptions;
  resolve(result: TaskResult): void;
  reject(error: unknown): void;
  /** Why it was told to stop: what it then fails with. */
  stopped?: TaskFailure;
  clear(): void;
}

/**
 * Runs one task after the other in a process of its own, which leads a process group: a timeout ends it with
 * all that it started. It stays warm; one that dies is replaced for the next attempt.
 */
export function processExecutor(command: readonly string[]): Executor {
  let child: ChildProcess | undefined;
  let job: Job | undefined;
  let nextId = 0;
  let closing = false;

  const start = (): ChildProcess => {
    const [program, ...words] = command;
    const started = spawn(program!, words, {
      // Standard output is for answers.
      stdio: ['ignore', 2, 'inherit', 'ipc'],
      detached: true,
    });
    let cause: Error | undefined;
    started.on('error', (error) => {
      cause = error;
      ended();
    });
    started.on('message', (message: FromChild) => receive(message));
    const ended = (code?: number | null, signal?: string | null) => {
      if (child !== started) return;
      child = undefined;
      const dead = job;
      job = undefined;
      dead?.clear();
      dead?.reject(
        dead.stopped ?? died(cause?.message ?? (signal ? `signal ${signal}` : `it ended with code ${code}`)),
      );
    };
    started.on('exit', ended);
    return started;
  };

  const receive = (message: FromChild) => {
    if (message.type === 'ready' || !job || message.id !== job.id) return;
    if (message.type === 'progress') job.options.onProgress?.(message.progress);
    else if (message.type === 'log') job.options.log(message.message, message.level);
    else {
      const ended = job;
      job = undefined;
      ended.clear();
      if (message.type === 'done') ended.resolve(message.result);
      else ended.reject(ended.stopped ?? new TaskFailure(message.error));
    }
  };

  const kill = () => {
    if (child?.pid === undefined) return;
    try {
      process.kill(-child.pid, 'SIGKILL');
    } catch {
      child.kill('SIGKILL');
    }
  };

  const run = (item: TaskItem, options: AttemptOptions): Promise<TaskResult> =>
    new Promise((resolve, reject) => {
      const id = nextId++;
      let grace: NodeJS.Timeout | undefined;
      const { timeout, signal } = options;
      const abort = () => {
        own.stopped = interrupted();
        child?.send({ type: 'stop', id } satisfies ToChild);
        grace ??= setTimeout(kill, GRACE);
      };
      const timer =
        timeout === undefined
          ? undefined
          : setTimeout(() => {
              own.stopped = timedOut(timeout);
              kill();
            }, timeout);
      const own: Job = {
        id,
        options,
        resolve,
        reject,
        clear() {
          clearTimeout(timer);
          clearTimeout(grace);
          signal?.removeEventListener('abort', abort);
        },
      };
      job = own;
      child ??= start();
      signal?.addEventListener('abort', abort, { once: true });
      options.onStart?.(0);
      child.send({ type: 'run', id, item } satisfies ToChild, () => {});
      if (signal?.aborted) abort();
    });

  // It loads the packs while the worker reads the plan.
  child = start();
  return {
    slots: 1,
    run: (item, options) => (closing ? Promise.reject(interrupted()) : run(item, options)),
    async close() {
      closing = true;
      const last = child;
      if (!last) return;
      if (job) kill();
      else last.disconnect();
      const timer = setTimeout(kill, GRACE);
      await new Promise<void>((resolve) => last.once('exit', () => resolve()));
      clearTimeout(timer);
    },
  };
}

function died(why: string): TaskFailure {
  return new TaskFailure({
    code: 'FLOW-R011',
    message: `a worker died: ${why}`,
    help: 'give fewer workers, or smaller partitions with run.partition_size',
    retry: 'lost',
  });
}
