/** The keywords of a task that matter while it runs. */
import type { TaskError } from '../types/events.ts';
import type { Json, JsonObject } from '../types/json.ts';

/** How often, after which causes and how soon a task is tried again. */
export interface RetryRule {
  /** Attempts after the first. */
  max: number;
  /** Causes; without any, whatever the cause. */
  when?: string[];
  /** Milliseconds before the second attempt. */
  delay: number;
  /** What the delay is multiplied by each time. */
  backoff: number;
}

const UNITS: Record<string, number> = { ms: 1, s: 1000, m: 60_000, h: 3600_000, d: 86_400_000 };

/** `30m`, `1h30m`, `5s` or a number of seconds, in milliseconds; undefined when it is neither. */
export function milliseconds(value: Json | undefined): number | undefined {
  if (typeof value === 'number') return value >= 0 ? value * 1000 : undefined;
  if (typeof value !== 'string' || !/^(\s*\d+(\.\d+)?\s*(ms|s|m|h|d))+\s*$/.test(value)) return undefined;
  let total = 0;
  for (const [, number, unit] of value.matchAll(/(\d+(?:\.\d+)?)\s*(ms|s|m|h|d)/g))
    total += Number(number) * UNITS[unit!]!;
  return total;
}

/** The rule that a task's `retry` says. */
export function retryRule(control: JsonObject): RetryRule {
  const { retry } = control;
  if (typeof retry === 'number') return { max: retry, delay: 0, backoff: 1 };
  if (retry === null || typeof retry !== 'object' || Array.isArray(retry))
    return { max: 0, delay: 0, backoff: 1 };
  const rule: RetryRule = {
    max: typeof retry.max === 'number' ? retry.max : 1,
    delay: milliseconds(retry.delay) ?? 0,
    backoff: typeof retry.backoff === 'number' ? retry.backoff : 1,
  };
  if (Array.isArray(retry.when)) rule.when = retry.when.map(String);
  else if (typeof retry.when === 'string') rule.when = [retry.when];
  return rule;
}

/** A worker that died is replaced, and what it was at tried again, this often, whatever `retry` says. */
const LOST_WORKERS = 2;

/** Milliseconds until the next attempt; undefined when that was the last. `attempt` counts from 1. */
export function nextAttempt(rule: RetryRule, error: TaskError, attempt: number): number | undefined {
  if (error.retry === 'lost') return attempt <= Math.max(LOST_WORKERS, rule.max) ? 0 : undefined;
  const cause = error.retry ?? 'none';
  if (attempt > rule.max || (rule.when && !rule.when.includes(cause))) return undefined;
  return rule.delay * rule.backoff ** (attempt - 1);
}
