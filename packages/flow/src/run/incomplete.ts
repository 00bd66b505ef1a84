/**
 * Products that were made while an optional input was missing, or from such a product. They serve this run, but
 * must not stand for the whole: a mark beside each makes the next run make it again.
 */
import { contentKey } from '../plan/keys.ts';
import type { Plan, Product } from '../types/plan.ts';
import type { Store } from '../types/store.ts';
import { chosenPlan } from './choices.ts';
import { planIndex } from './plan-index.ts';

/** Key of the mark of a product. */
export function incompleteKey(key: string): string {
  return contentKey(['incomplete', key]);
}

/** Products of a plan that may be marked: behind an optional input. */
function suspects(plan: Plan): Product[] {
  const { find, products } = planIndex(plan);
  const found = new Set<Product>();
  for (const family of plan.families) {
    if (family.kind !== 'single') continue;
    // A choice gives what one of its inputs is.
    const may = family.inputs.some(
      ({ optional, refs }) => (optional && !family.choice) || refs.some((ref) => found.has(find(ref)!)),
    );
    if (may) for (const product of products.get(family.id) ?? []) found.add(product);
  }
  return [...found];
}

/** Forgets what earlier runs made of a plan without all of its inputs. */
export async function dropIncomplete(plan: Plan, store: Store): Promise<void> {
  const products = suspects(await chosenPlan(plan, store));
  if (products.length === 0) return;
  const marks = products.map(({ key }) => incompleteKey(key));
  const marked = await store.has(marks);
  const gone = products.flatMap(({ key }, i) => (marked[i] ? [key, marks[i]!] : []));
  if (gone.length > 0) await store.delete(gone);
}
