/** What a task makes of the outcomes of those before it. The same rules for every engine. */
import type { Rescued } from '../types/events.ts';
import type { Family, Plan } from '../types/plan.ts';
import type { Before, Cause, EdgeKind } from './before.ts';
import { findTask, planIndex } from './plan-index.ts';

/** Why a task does not run after `before`; undefined: this edge does not keep it from running. */
export function guardOf(
  kind: EdgeKind,
  { name, outcome, allowed = false }: Before,
): { outcome: 'skipped' | 'blocked'; reason: string } | undefined {
  if (outcome === 'done' || outcome === 'reused') return undefined;
  if (kind === 'data' && (outcome === 'skipped' || allowed)) {
    const what = outcome === 'failed' ? 'allowed to fail' : 'skipped';
    return { outcome: 'skipped', reason: `no input: ${name} was ${what}` };
  }
  if (kind === 'data' || (kind === 'order' && outcome !== 'skipped' && !allowed))
    return { outcome: 'blocked', reason: `${name} ${outcome === 'failed' ? 'failed' : 'was blocked'}` };
  return undefined;
}

/** The outcome of a task by its name; undefined: it gave what it should, or is not part of the run. */
export type OutcomeOf = (task: string) => Before | undefined;

/**
 * What the guards of a task say once all that they name has an outcome: why it does not work, or the failure for
 * which it does.
 */
export function decideGuards(
  plan: Plan,
  { guards = [] }: Pick<Family, 'guards'>,
  outcomeOf: OutcomeOf,
): { skip?: string; error?: Cause } {
  let error: Cause | undefined;
  for (const { when, tasks, rescue } of guards) {
    if (when === 'ended') continue;
    const own = new Set(tasks);
    const cause = tasks.reduce<Cause | undefined>((found, task) => {
      const before = outcomeOf(task);
      if (found || !before?.cause || before.allowed) return found;
      if (!own.has(endOf(plan, before.cause.task))) return found;
      return rescue || !rescuedBy(plan, before.cause.task, outcomeOf) ? before.cause : undefined;
    }, undefined);
    if (!cause) return { skip: rescue ? 'nothing to rescue' : 'nothing failed' };
    error = cause;
  }
  return error ? { error } : {};
}

/** The task whose outcome stands for a task: of the parts of a segment, the one that makes its products. */
function endOf(plan: Plan, task: string): string {
  const family = findTask(plan, task)?.family;
  if (family?.kind === 'segment') return `${family.id}.finish`;
  return family?.kind === 'merge' ? `${family.segment}.finish` : (family?.id ?? task);
}

/** By the end of a task: families that work when it fails. */
const rescuers = new WeakMap<Plan, Map<string, Family[]>>();

function rescuersOf(plan: Plan, task: string): Family[] {
  let known = rescuers.get(plan);
  if (!known) {
    known = new Map();
    for (const family of plan.families) {
      // Those of one segment end as its products do.
      const end = family.kind === 'segment' ? planIndex(plan).families.get(`${family.id}.finish`)! : family;
      for (const guard of family.guards ?? [])
        if (guard.rescue) for (const one of guard.tasks) known.set(one, [...(known.get(one) ?? []), end]);
    }
    rescuers.set(plan, known);
  }
  return known.get(endOf(plan, task)) ?? [];
}

/** Whether some task may make good for the failure of a task. */
export function mayBeRescued(plan: Plan, task: string): boolean {
  return rescuersOf(plan, task).length > 0;
}

/** The task that made good for a failure; undefined: none did. */
export function rescuedBy(plan: Plan, task: string, outcomeOf: OutcomeOf): string | undefined {
  const all = rescuersOf(plan, task).map(({ id }) => ({ id, before: outcomeOf(id) }));
  const gave = ({ before }: (typeof all)[number]) =>
    before === undefined || before.outcome === 'done' || before.outcome === 'reused';
  // One that failed, or was blocked by a failure, is no harm where that was made good for in turn.
  const spoils = ({ before }: (typeof all)[number]) =>
    before?.cause !== undefined &&
    !before.allowed &&
    rescuedBy(plan, before.cause.task, outcomeOf) === undefined;
  return all.some(spoils) ? undefined : all.findLast(gave)?.id;
}

/** Failures of a run that ended: which of them others made good for, and whether one is left. */
export function judge(
  plan: Plan,
  failures: readonly Before[],
  outcomeOf: OutcomeOf,
): { failed: boolean; rescued: Rescued[] } {
  const rescued: Rescued[] = [];
  let failed = false;
  for (const { name, allowed } of failures) {
    if (allowed) continue;
    const by = rescuedBy(plan, name, outcomeOf);
    if (by === undefined) failed = true;
    else rescued.push({ task: name, by });
  }
  return { failed, rescued };
}
