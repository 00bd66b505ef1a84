import type { Plan } from '../types/plan.ts';
import { behindChoices, chosenPlan } from './choices.ts';
import { conditionHolds } from './condition.ts';
import type { ExecuteContext, TaskResult } from './context.ts';
import { runFinish, runMerge } from './merge.ts';
import { planIndex, type TaskItem } from './plan-index.ts';
import { runSegment } from './segment.ts';
import { runSingle } from './single.ts';

/**
 * Runs one task of a plan: reads what it needs from the store, and puts there what it made. Asks first what is
 * there already. Fails with a `TaskFailure` or whatever an operator threw.
 */
export async function executeTask(plan: Plan, item: TaskItem, context: ExecuteContext): Promise<TaskResult> {
  const late = behindChoices(plan).has(item.family);
  const index = planIndex(late ? await chosenPlan(plan, context.store) : plan);
  const family = index.families.get(item.family);
  if (!family || !(item.index >= 0 && item.index < family.size)) {
    throw new RangeError(`the plan has no task ${item.family}[${item.index}]`);
  }
  if (family.when !== undefined && !(await conditionHolds(family, index, context, item.error)))
    return { outcome: 'skipped', made: [], reason: `when: ${family.when}` };
  switch (family.kind) {
    case 'segment':
      return runSegment(index, family, item.index, item.outputs, context);
    case 'merge':
      return runMerge(index, family, item.index, item.outputs, context);
    case 'finish':
      return runFinish(index, family, item.outputs, context);
    case 'single':
      return runSingle(index, family, context);
  }
}
