/** One task from its turn to its outcome: all that no engine decides. */
import {
  type Event,
  type Executor,
  findTask,
  type Plan,
  type TaskError,
  taskError,
  wantedOutputs,
} from '@fasthep/flow';
import { decideGuards, guardOf, mayBeRescued, nextAttempt, retryOf, timeoutOf } from '@fasthep/flow/backend';
import type { Signs } from '../round/folder.ts';
import type { Answer, TaskLine } from '../round/types.ts';

/** What a task is run with. */
export interface Supervision {
  plan: Plan;
  executor: Executor;
  signs: Signs;
  /** Takes what happens. */
  emit(event: Event): void;
  /** Drop what is at work. */
  signal?: AbortSignal;
  failFast?: boolean;
  /** Results that went missing fail their task. */
  last?: boolean;
}

/** Milliseconds between two signs of progress. */
const PROGRESS = 100;

/**
 * Runs a task, unless what happened before it says otherwise: with its attempts, timeouts and waits. Never
 * rejects for what a task did.
 */
export async function superviseTask(line: TaskLine, supervision: Supervision): Promise<Answer> {
  const { plan, signs, executor, emit, signal } = supervision;
  const { task } = line;
  const answer = (outcome: Answer['outcome'], message?: string): Answer => ({
    type: 'answer',
    task,
    outcome,
    ...(message === undefined ? {} : { message }),
  });
  if (signs.stop() || signal?.aborted) return answer('interrupted');
  const found = findTask(plan, task);
  if (!found) throw new RangeError(`the plan has no task '${task}'`);
  const { family, index } = found;

  for (const [name, kind] of line.after ?? []) {
    const mark = signs.mark(name);
    if (mark?.lost) {
      signs.sayMark({ name: task, outcome: 'blocked', lost: true });
      return answer('lost');
    }
    const guard = mark && guardOf(kind, mark);
    if (!guard) continue;
    const cause = guard.outcome === 'blocked' ? mark.cause : undefined;
    signs.sayMark({ name: task, outcome: guard.outcome, ...(cause ? { cause } : {}) });
    emit({ type: 'task-end', time: Date.now(), task, ...guard });
    return answer(guard.outcome, guard.reason);
  }

  const { skip, error: rescues } = decideGuards(plan, family, (name) => signs.mark(name));
  if (skip !== undefined) {
    signs.sayMark({ name: task, outcome: 'skipped' });
    emit({ type: 'task-end', time: Date.now(), task, outcome: 'skipped', reason: skip });
    return answer('skipped', skip);
  }

  const outputs = line.outputs ?? wantedOutputs(plan, family);
  const item = { family: family.id, index, outputs, ...(rescues ? { error: rescues } : {}) };
  const retry = retryOf(family.control);
  const timeout = timeoutOf(family.control);
  for (let attempt = 1; ; attempt++) {
    const begin = Date.now();
    const progress = progressEvents(task, emit);
    let error: TaskError;
    try {
      const { outcome, ...rest } = await executor.run(item, {
        signal,
        timeout,
        onStart: () => emit({ type: 'task-start', time: Date.now(), task, attempt }),
        onProgress: progress,
        log: (message, level = 'info') => emit({ type: 'log', time: Date.now(), level, message, task }),
      });
      if (outcome === 'skipped') signs.sayMark({ name: task, outcome });
      else signs.unmark(task);
      const time = Date.now();
      emit({ type: 'task-end', time, task, ...rest, outcome, milliseconds: time - begin });
      return answer(outcome);
    } catch (thrown) {
      error = taskError(thrown);
    }
    if (signal?.aborted) return answer('interrupted');
    if (error.code === 'FLOW-R002' && !supervision.last) {
      signs.sayMark({ name: task, outcome: 'blocked', lost: true });
      emit({
        type: 'log',
        time: Date.now(),
        level: 'warning',
        message: `${error.message}; it is made again`,
        task,
      });
      return answer('lost', error.message);
    }
    const wait = error.code === 'FLOW-R002' ? undefined : nextAttempt(retry, error, attempt);
    if (wait === undefined || signs.stop()) return failed(error, Date.now() - begin);
    const when = wait > 0 ? `in ${wait / 1000} s` : 'follows';
    const message = `${error.message}; attempt ${attempt + 1} ${when}`;
    emit({ type: 'log', time: Date.now(), level: 'warning', message, task });
    await sleep(wait, signal);
    if (signs.stop() || signal?.aborted) return answer('interrupted');
  }

  function failed(error: TaskError, milliseconds: number): Answer {
    const allowed = family.control.allow_failure === true;
    const cause = { task, message: error.message };
    signs.sayMark({ name: task, outcome: 'failed', allowed, cause });
    emit({
      type: 'task-end',
      time: Date.now(),
      task,
      outcome: 'failed',
      milliseconds,
      error,
      ...(allowed ? { allowed } : {}),
    });
    if (!allowed && supervision.failFast && !mayBeRescued(plan, task)) signs.sayStop('drain');
    return answer('failed', `${error.code}: ${error.message}`);
  }
}

/** Progress as events, not too many. What is left over is in the task's end. */
function progressEvents(task: string, emit: Supervision['emit']) {
  let rows = 0;
  let bytes = 0;
  let last = 0;
  return (progress: { dataset?: string; file?: string; rows: number; bytes: number }) => {
    rows += progress.rows;
    bytes += progress.bytes;
    const time = Date.now();
    if (time - last < PROGRESS) return;
    last = time;
    emit({ type: 'progress', time, task, ...progress, rows, bytes });
    rows = 0;
    bytes = 0;
  };
}

function sleep(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  if (milliseconds === 0) return Promise.resolve();
  return new Promise((resolve) => {
    const wake = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', wake);
      resolve();
    };
    const timer = setTimeout(wake, milliseconds);
    signal?.addEventListener('abort', wake, { once: true });
  });
}
