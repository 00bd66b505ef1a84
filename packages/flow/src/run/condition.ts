/** Conditions on results: `fit.valid and counts.n > 10`, decided when the task's turn comes. */
import { evaluate, names, parse } from '@fasthep/expression';
import type { Json, JsonObject } from '../types/json.ts';
import type { Family } from '../types/plan.ts';
import type { Cause } from './before.ts';
import type { ExecuteContext } from './context.ts';
import { lost, TaskFailure } from './failure.ts';
import type { PlanIndex } from './plan-index.ts';

/** In a rescue: the failure for which it works. */
const ERROR = 'error';

/** Tasks whose results a condition names. */
export function conditionTasks({ when, given = {} }: Pick<Family, 'when' | 'given'>): string[] {
  if (when === undefined) return [];
  const used = new Set(names(parse(when)).map(({ parts }) => parts[0]!));
  return [...used].filter((name) => name !== ERROR && !Object.hasOwn(given, name));
}

/** Whether the condition of a task holds, with the results that are in the store, and `error` of what it rescues. */
export async function conditionHolds(
  { when = 'True', given = {} }: Pick<Family, 'when' | 'given'>,
  index: PlanIndex,
  { store, registry }: Pick<ExecuteContext, 'store' | 'registry'>,
  error?: Cause,
): Promise<boolean> {
  const tree = parse(when);
  const scope: JsonObject = { ...given };
  if (error) scope[ERROR] = { ...error };
  for (const { parts } of names(tree)) {
    const [task, ...path] = parts;
    if (Object.hasOwn(given, task!) || task === ERROR) continue;
    const product =
      index.plan.products.find(({ name }) => name === task) ??
      index.plan.products.find(({ node }) => node === task);
    if (!product || path.length === 0) continue;
    const type = registry.type(product.type);
    if (!type?.field) throw undecided(when, `'${task}' is a ${product.type}, which has no fields to ask for`);
    const [bytes] = await store.get([product.key]);
    if (!bytes) throw lost(`the result of ${product.name}`);
    const value = type.field(await type.decode(bytes), path);
    if (value === undefined)
      throw undecided(when, `the result of '${task}' has no field '${path.join('.')}'`);
    place(scope, parts, value);
  }
  let decided: unknown;
  try {
    decided = evaluate(tree, scope);
  } catch (error) {
    throw undecided(when, (error as Error).message);
  }
  if (typeof decided !== 'boolean')
    throw undecided(when, `it gives ${JSON.stringify(decided)}, neither true nor false`);
  return decided;
}

function place(scope: JsonObject, parts: readonly string[], value: Json): void {
  let at = scope;
  for (const part of parts.slice(0, -1)) {
    if (!Object.hasOwn(at, part)) at[part] = {};
    at = at[part] as JsonObject;
  }
  at[parts[parts.length - 1]!] = value;
}

function undecided(when: string, why: string): TaskFailure {
  return new TaskFailure({
    code: 'FLOW-R004',
    message: `cannot decide 'when: ${when}': ${why}`,
    retry: 'none',
  });
}
