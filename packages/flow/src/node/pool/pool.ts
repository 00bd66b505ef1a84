import { Worker, type WorkerOptions } from 'node:worker_threads';
import type { TaskResult } from '../../run/context.ts';
import { type AttemptOptions, type Executor, timedOut } from '../../run/executor.ts';
import { interrupted, TaskFailure, taskError } from '../../run/failure.ts';
import type { TaskItem } from '../../run/plan-index.ts';
import type { Store } from '../../types/store.ts';
import type { FromWorker, ToWorker, WorkerStart } from './protocol.ts';

/** What a pool needs. */
export interface PoolOptions {
  start: WorkerStart;
  store: Store;
  workers: number;
  /** Module of the worker threads; by default that of this package. */
  entry?: URL;
  /** Options of Node for them. */
  execArgv?: string[];
}

/** Milliseconds that a worker has to stop by itself. */
const GRACE = 2000;

interface Member {
  number: number;
  worker: Worker;
  busy?: Job;
}

interface Job {
  id: number;
  options: AttemptOptions;
  resolve(result: TaskResult): void;
  reject(error: unknown): void;
  /** Why it was told to stop: what it then fails with. */
  stopped?: TaskFailure;
  clear(): void;
}

/** A pool of worker threads. They start with the first tasks and stay warm; one that dies is replaced. */
export function workerPool(options: PoolOptions): Executor {
  const { store, workers } = options;
  const members: Member[] = [];
  let nextId = 0;
  let closing = false;

  const spawn = (number: number): Member => {
    const settings: WorkerOptions = { workerData: options.start, stdout: true };
    if (options.execArgv) settings.execArgv = options.execArgv;
    const worker = new Worker(
      options.entry ?? new URL(import.meta.resolve('@fasthep/flow/worker-thread')),
      settings,
    );
    // Standard output is for results.
    worker.stdout.on('data', (text: Uint8Array) => process.stderr.write(text));
    const member: Member = { number, worker };
    let cause: unknown;
    worker.on('message', (message: FromWorker) => receive(member, message));
    worker.on('error', (error) => {
      cause = error;
    });
    worker.on('exit', (code) => {
      const at = members.indexOf(member);
      if (at >= 0) members.splice(at, 1);
      const job = member.busy;
      if (!job) return;
      job.clear();
      job.reject(job.stopped ?? died(cause, code));
    });
    members.push(member);
    return member;
  };

  const receive = (member: Member, message: FromWorker) => {
    const job = member.busy;
    if (message.type === 'has' || message.type === 'get' || message.type === 'put') {
      answer(store, message).then(({ reply, transfer }) => {
        if (members.includes(member)) member.worker.postMessage(reply, transfer);
      });
      return;
    }
    if (message.type === 'ready' || !job || message.id !== job.id) return;
    if (message.type === 'progress') job.options.onProgress?.(message.progress);
    else if (message.type === 'log') job.options.log(message.message, message.level);
    else {
      job.clear();
      member.busy = undefined;
      if (message.type === 'done') job.resolve(message.result);
      else job.reject(job.stopped ?? new TaskFailure(message.error));
    }
  };

  const run = (item: TaskItem, attempt: AttemptOptions): Promise<TaskResult> => {
    const free = members.find(({ busy }) => !busy) ?? spawn(freeNumber(members));
    const id = nextId++;
    return new Promise((resolve, reject) => {
      let grace: NodeJS.Timeout | undefined;
      const stop = (why: TaskFailure) => {
        job.stopped = why;
        free.worker.postMessage({ type: 'stop', id } satisfies ToWorker);
        // One that does not listen (a loop without end) is taken down.
        grace ??= setTimeout(() => void free.worker.terminate(), GRACE);
      };
      const abort = () => stop(interrupted());
      const { timeout, signal } = attempt;
      const timer =
        timeout === undefined
          ? undefined
          : setTimeout(() => {
              job.stopped = timedOut(timeout);
              void free.worker.terminate();
            }, timeout);
      const job: Job = {
        id,
        options: attempt,
        resolve,
        reject,
        clear() {
          clearTimeout(timer);
          clearTimeout(grace);
          signal?.removeEventListener('abort', abort);
        },
      };
      free.busy = job;
      signal?.addEventListener('abort', abort, { once: true });
      attempt.onStart?.(free.number);
      free.worker.postMessage({ type: 'run', id, item } satisfies ToWorker);
      if (signal?.aborted) abort();
    });
  };

  return {
    slots: workers,
    run: (item, attempt) => (closing ? Promise.reject(interrupted()) : run(item, attempt)),
    async close() {
      closing = true;
      await Promise.all(members.map(({ worker }) => worker.terminate()));
    },
  };
}

function freeNumber(members: readonly Member[]): number {
  const taken = new Set(members.map(({ number }) => number));
  let number = 0;
  while (taken.has(number)) number++;
  return number;
}

async function answer(
  store: Store,
  message: Extract<FromWorker, { call: number }>,
): Promise<{ reply: ToWorker; transfer: ArrayBuffer[] }> {
  const { call } = message;
  try {
    if (message.type === 'has')
      return { reply: { type: 'store', call, has: await store.has(message.keys) }, transfer: [] };
    if (message.type === 'put') {
      await store.put(message.entries);
      return { reply: { type: 'store', call }, transfer: [] };
    }
    const get = await store.get(message.keys);
    return { reply: { type: 'store', call, get }, transfer: buffersOf(get) };
  } catch (error) {
    return { reply: { type: 'store', call, error: taskError(error) }, transfer: [] };
  }
}

/** Buffers that hold nothing but one of the values. */
function buffersOf(values: readonly (Uint8Array | undefined)[]): ArrayBuffer[] {
  const whole = values.flatMap((bytes) =>
    bytes && bytes.buffer instanceof ArrayBuffer && bytes.buffer.byteLength === bytes.byteLength
      ? [bytes.buffer]
      : [],
  );
  return [...new Set(whole)];
}

function died(cause: unknown, code: number): TaskFailure {
  const why = cause instanceof Error ? cause.message : `it ended with code ${code}`;
  return new TaskFailure({
    code: 'FLOW-R011',
    message: `a worker died: ${why}`,
    help: 'give fewer workers, or smaller partitions with run.partition_size',
    retry: 'lost',
  });
}
