import { FlowError } from '../errors/flow-error.ts';
import type { TaskError } from '../types/events.ts';

/** What an attempt at a task failed with. */
export class TaskFailure extends FlowError {
  override readonly name = 'TaskFailure';
  readonly retry: NonNullable<TaskError['retry']>;
  readonly where?: TaskError['where'];

  constructor(error: TaskError) {
    super(error.code, error.message, error.help);
    this.retry = error.retry ?? 'none';
    if (error.where) this.where = error.where;
    if (error.stack) this.stack = error.stack;
  }
}

/** System errors that may be gone a moment later. */
const TRANSIENT = new Set([
  'EAGAIN',
  'EBUSY',
  'ECONNABORTED',
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTUNREACH',
  'EIO',
  'EMFILE',
  'ENETDOWN',
  'ENETUNREACH',
  'ENFILE',
  'ENOTCONN',
  'EPIPE',
  'ESTALE',
  'ETIMEDOUT',
]);

/** Whatever was thrown, as plain data. */
export function taskError(thrown: unknown): TaskError {
  if (!(thrown instanceof Error)) return { code: 'FLOW-R001', message: String(thrown), retry: 'none' };
  const { code, help, where, retry, stack } = thrown as Partial<TaskError> & { stack?: string };
  const error: TaskError = {
    code: typeof code === 'string' ? code : 'FLOW-R001',
    message: thrown.message || thrown.name,
    retry: retry ?? (TRANSIENT.has(String(code)) ? 'io' : 'none'),
  };
  if (help !== undefined) error.help = help;
  if (where !== undefined) error.where = where;
  if (stack !== undefined) error.stack = stack;
  return error;
}

/** A result that should be in the store and is not: it is made again. */
export function lost(what: string): TaskFailure {
  return new TaskFailure({
    code: 'FLOW-R002',
    message: `${what} is not in the store any more`,
    help: 'it was removed or damaged; run again to make it anew',
    retry: 'lost',
  });
}

/** The run was stopped while a task was at work. */
export function interrupted(): TaskFailure {
  return new TaskFailure({ code: 'FLOW-R003', message: 'interrupted', retry: 'none' });
}

/** Stops where the run was stopped. */
export function stopIfAborted(signal: AbortSignal | undefined): void {
  if (!signal?.aborted) return;
  throw signal.reason instanceof TaskFailure ? signal.reason : interrupted();
}
