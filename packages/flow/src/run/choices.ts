/**
 * Which input each choice (`select`) gives is known only when its tasks have run, so what stands behind one has
 * *late* keys: while the first input is there, those of the plan; else they follow from the key of the input that is.
 * Equal choices give equal keys, so a second run finds what the first made. The store alone decides: any process that
 * sees it comes to the same keys.
 */
import type { Plan, Product, SingleFamily } from '../types/plan.ts';
import type { Store } from '../types/store.ts';
import { planIndex } from './plan-index.ts';
import { followKeys, type NewKeys, rekeyed } from './rekey.ts';

const isChoice = (family: Plan['families'][number]): family is SingleFamily =>
  family.kind === 'single' && family.choice === true;

/** What a choice may give, in order of preference. */
export function candidates(plan: Plan, { inputs }: SingleFamily): Product[] {
  const { find } = planIndex(plan);
  return (inputs[0]?.refs ?? []).flatMap((ref) => find(ref) ?? []);
}

const made = new WeakMap<Plan, Map<string, Plan>>();

/** The plan with the keys that hold for what is in the store. */
export async function chosenPlan(plan: Plan, store: Pick<Store, 'has'>): Promise<Plan> {
  if (!plan.families.some(isChoice)) return plan;
  const index = planIndex(plan);
  const keys: NewKeys = new Map();
  for (const family of plan.families) {
    if (!isChoice(family)) {
      followKeys(plan, family, keys);
      continue;
    }
    const all = candidates(plan, family).map((product) => keys.get(product) ?? product.key);
    const has = await store.has(all);
    const key = all[Math.max(0, has.indexOf(true))];
    for (const product of index.products.get(family.id) ?? [])
      if (key !== undefined && key !== product.key) keys.set(product, key);
  }
  if (keys.size === 0) return plan;
  const known = made.get(plan) ?? new Map<string, Plan>();
  made.set(plan, known);
  const signature = [...keys.values()].join();
  const chosen = known.get(signature) ?? rekeyed(plan, keys);
  known.set(signature, chosen);
  return chosen;
}

const lates = new WeakMap<Plan, Set<string>>();

/** Families whose keys may depend on a choice. */
export function behindChoices(plan: Plan): ReadonlySet<string> {
  const known = lates.get(plan);
  if (known) return known;
  const { find } = planIndex(plan);
  const late = new Set<string>();
  const isLate = (product: Product | undefined) => product !== undefined && late.has(product.task);
  for (const family of plan.families) {
    const behind =
      family.kind === 'single'
        ? family.choice || family.inputs.some(({ refs }) => refs.some((ref) => isLate(find(ref))))
        : family.kind === 'segment'
          ? 'product' in family.source && isLate(find(family.source.product))
          : late.has(family.segment);
    if (behind) late.add(family.id);
  }
  // What a condition asks for may be behind one as well.
  for (const family of plan.families) if (family.when !== undefined && late.size > 0) late.add(family.id);
  lates.set(plan, late);
  return late;
}

/** Families whose results cannot be known to be there: behind a choice whose first input was not made yet. */
export function undecided(plan: Plan, stored: ReadonlySet<Product>): Set<string> {
  const open = new Set<string>();
  const { find } = planIndex(plan);
  const isOpen = (product: Product | undefined) => product !== undefined && open.has(product.task);
  for (const family of plan.families) {
    const [first] = isChoice(family) ? candidates(plan, family) : [];
    const behind =
      family.kind === 'single'
        ? first
          ? isOpen(first) || !stored.has(first)
          : family.inputs.some(({ refs }) => refs.some((ref) => isOpen(find(ref))))
        : family.kind === 'segment'
          ? 'product' in family.source && isOpen(find(family.source.product))
          : open.has(family.segment);
    if (behind) open.add(family.id);
  }
  return open;
}
