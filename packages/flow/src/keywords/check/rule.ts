import { isMap } from '../../definition/index.ts';
import type { JsonObject } from '../../types/json.ts';

/** What `check:` asks of a result. */
export interface CheckRule {
  that: string[];
  level: 'warn' | 'fail';
}

/** The rule of a task; undefined: it has none. */
export function checkOf({ check }: JsonObject): CheckRule | undefined {
  if (typeof check === 'string' || Array.isArray(check))
    return { that: [check].flat().map(String), level: 'fail' };
  if (!isMap(check)) return undefined;
  return { that: [check.that ?? []].flat().map(String), level: check.level === 'warn' ? 'warn' : 'fail' };
}
