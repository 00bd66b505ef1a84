/** Plans whose secret values were taken out, as they lie in run directories. */
import type { Family, Plan } from '../types/plan.ts';
import { TaskFailure } from './failure.ts';
import { planIndex } from './plan-index.ts';

/** What stands for the value of a secret wherever something is written or shown. */
export const MASK = '•••';

/**
 * Refuses to run a task of a plan in which values of secrets are masked, if it needs one: it would compute with the
 * mask and store that under the key of the real thing. `text` is the plan as it was read.
 */
export function refuseMasked(plan: Plan, text: string, family: Family): void {
  if (!text.includes(MASK)) return;
  const segment =
    family.kind === 'merge' || family.kind === 'finish'
      ? planIndex(plan).families.get(family.segment)
      : undefined;
  const products = planIndex(plan).products.get(family.id) ?? [];
  if (!JSON.stringify([family, segment ?? null, products]).includes(MASK)) return;
  throw new TaskFailure({
    code: 'FLOW-R020',
    message: `task '${family.id}' needs the value of a secret, and this plan does not hold it`,
    help: "run it from the workflow: 'fasthep-flow run FILE --only TASK'",
    retry: 'none',
  });
}
