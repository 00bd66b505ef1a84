import { contentKey } from '../plan/keys.ts';
import type { Plan } from '../types/plan.ts';
import type { Registry } from '../types/plugin.ts';
import { planIndex } from './plan-index.ts';
import { followKeys, type NewKeys, rekeyed } from './rekey.ts';

/**
 * The plan with keys of this run alone for what is made by an operator that does not repeat, or under
 * `cache: false`, and for all that follows from it: nothing of it is ever reused. The same plan where there is
 * no such thing. `run` is anything that no other run has.
 */
export function freshKeys(plan: Plan, registry: Registry, run: string): Plan {
  const index = planIndex(plan);
  const keys: NewKeys = new Map();
  for (const family of plan.families) {
    if (family.kind === 'single') {
      const found = registry.operator(family.operator);
      const impure = family.control.cache === false || ('operator' in found && found.operator.pure === false);
      if (impure) {
        for (const product of index.products.get(family.id) ?? [])
          keys.set(product, contentKey(['run', run, product.key]));
        continue;
      }
      if (family.choice) {
        const first = family.inputs[0]?.refs[0] && index.find(family.inputs[0].refs[0]);
        const key = first && keys.get(first);
        // Of another input only when it turns out that this one was not made.
        if (key !== undefined)
          for (const product of index.products.get(family.id) ?? []) keys.set(product, key);
        continue;
      }
    }
    followKeys(plan, family, keys);
  }
  return rekeyed(plan, keys);
}
