import type { JsonObject } from '../../types/json.ts';
import type { Extension } from '../../types/plugin.ts';
import { DURATION, milliseconds } from '../duration.ts';

/** `timeout:` for each attempt of the task. */
export const timeoutKeyword: Extension = {
  keyword: 'timeout',
  at: 'task',
  doc: 'How long one attempt may take.',
  schema: DURATION,
  order: 80,
};

/** Milliseconds that one attempt may take; undefined: any time. */
export function timeoutOf(control: JsonObject): number | undefined {
  return typeof control.timeout === 'string' ? milliseconds(control.timeout) : undefined;
}
