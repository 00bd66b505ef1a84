import { contentKey, datasetRanges, partitionKeys, rowsKey, segmentProductKey } from '../plan/keys.ts';
import type { Family, Plan, Product, SegmentFamily, SingleFamily } from '../types/plan.ts';
import { planIndex } from './plan-index.ts';

/** New keys of products; of those that are not in it the plan's key holds. */
export type NewKeys = Map<Product, string>;

/** Adds the keys of what a family makes of products that have new keys. */
export function followKeys(plan: Plan, family: Family, keys: NewKeys): void {
  const index = planIndex(plan);
  if (family.kind === 'single') {
    const changed = changedInputs(plan, family, keys);
    if (changed.length === 0) return;
    for (const product of index.products.get(family.id) ?? [])
      keys.set(product, contentKey(['follows', product.key, changed]));
    return;
  }
  const source =
    family.kind === 'segment' && 'product' in family.source ? index.find(family.source.product) : undefined;
  const key = source && keys.get(source);
  if (family.kind !== 'segment' || key === undefined) return;
  const segment = withSource(family, key);
  const partitions = partitionKeys(segment);
  const rows = datasetRanges(segment).map(([first, last]) =>
    last > first ? rowsKey(partitions, first, last) : '',
  );
  for (const product of index.products.get(`${family.id}.finish`) ?? []) {
    const output = segment.outputs.find(({ id }) => id === product.output);
    if (output) keys.set(product, segmentProductKey(segment, output, rows));
  }
}

function changedInputs(plan: Plan, family: SingleFamily, keys: NewKeys): [string, number, string][] {
  const { find } = planIndex(plan);
  return family.inputs.flatMap(({ port, refs }) =>
    refs.flatMap((ref, at): [string, number, string][] => {
      const product = find(ref);
      const key = product && keys.get(product);
      return key === undefined ? [] : [[port, at, key]];
    }),
  );
}

function withSource(family: SegmentFamily, key: string): SegmentFamily {
  return 'product' in family.source ? { ...family, source: { ...family.source, key } } : family;
}

/** The plan with other keys for some products, and for the rows that come from them. */
export function rekeyed(plan: Plan, keys: NewKeys): Plan {
  if (keys.size === 0) return plan;
  const { find } = planIndex(plan);
  const families = plan.families.map((family): Family => {
    if (family.kind !== 'segment' || !('product' in family.source)) return family;
    const source = find(family.source.product);
    const key = source && keys.get(source);
    return key === undefined ? family : withSource(family, key);
  });
  const products = plan.products.map((product) => ({ ...product, key: keys.get(product) ?? product.key }));
  return { ...plan, families, products };
}
