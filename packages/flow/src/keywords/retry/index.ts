import type { JsonObject } from '../../types/json.ts';
import type { Extension } from '../../types/plugin.ts';
import { DURATION, milliseconds } from '../duration.ts';

/** Causes of a failure that another attempt may mend. */
export const CAUSES = ['io', 'timeout', 'lost', 'any'] as const;

/** `retry:` further attempts after a failure. */
export const retryKeyword: Extension = {
  keyword: 'retry',
  at: 'task',
  doc: 'Further attempts after a failure: a number, or {max, when, delay, backoff}.',
  schema: {
    anyOf: [
      { type: 'integer', minimum: 0, maximum: 100 },
      {
        type: 'object',
        properties: {
          max: { type: 'integer', minimum: 0, maximum: 100, description: 'Attempts after the first.' },
          when: {
            anyOf: [{ enum: [...CAUSES] }, { type: 'array', items: { enum: [...CAUSES] } }],
            description: 'Causes that are worth another attempt (all of them).',
          },
          delay: { ...DURATION, description: 'Wait before the first of them.' },
          backoff: { type: 'number', minimum: 1, description: 'Factor by which the wait grows (1).' },
        },
        required: ['max'],
        additionalProperties: false,
      },
    ],
    examples: [2, { max: 2, when: ['io'], delay: '5s', backoff: 2 }],
  },
  order: 80,
};

/** How often and when a task is tried again. */
export interface Retry {
  max: number;
  /** Absent: whatever the cause. */
  when?: string[];
  /** Milliseconds. */
  delay: number;
  backoff: number;
}

/** The task's `retry`, with what it does not say filled in. */
export function retryOf(control: JsonObject): Retry {
  const given = control.retry;
  if (typeof given === 'number') return { max: given, delay: 0, backoff: 1 };
  if (given === null || typeof given !== 'object' || Array.isArray(given))
    return { max: 0, delay: 0, backoff: 1 };
  const retry: Retry = {
    max: Number(given.max ?? 0),
    delay: typeof given.delay === 'string' ? (milliseconds(given.delay) ?? 0) : 0,
    backoff: Number(given.backoff ?? 1),
  };
  const causes = [given.when ?? []].flat().map(String);
  if (causes.length > 0 && !causes.includes('any')) retry.when = causes;
  return retry;
}
