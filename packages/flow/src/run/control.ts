import type { Retry } from '../keywords/retry/index.ts';
import type { TaskError } from '../types/events.ts';

/** A worker that died is replaced, and what it was at tried again, this often, whatever `retry` says. */
const LOST_WORKERS = 2;

/** Milliseconds until the next attempt; undefined when that was the last. `attempt` counts from 1. */
export function nextAttempt(rule: Retry, error: TaskError, attempt: number): number | undefined {
  if (error.retry === 'lost') return attempt <= Math.max(LOST_WORKERS, rule.max) ? 0 : undefined;
  const cause = error.retry ?? 'none';
  if (attempt > rule.max || (rule.when && !rule.when.includes(cause))) return undefined;
  return rule.delay * rule.backoff ** (attempt - 1);
}
