import { contentKey, datasetRanges, partitionKeys, rowsKey, segmentProductKey } from '../plan/keys.ts';
import type { Family, Plan, Product } from '../types/plan.ts';
import type { Registry } from '../types/plugin.ts';
import { planIndex } from './plan-index.ts';

/**
 * The plan with keys of this run alone for what is made by an operator that does not repeat, or under
 * `cache: false`, and for all that follows from it: nothing of it is ever reused. The same plan where there is
 * no such thing. `run` is anything that no other run has.
 */
export function freshKeys(plan: Plan, registry: Registry, run: string): Plan {
  const { find } = planIndex(plan);
  const fresh = new Map<Product, string>();
  const families = plan.families.map((family): Family => {
    if (family.kind === 'single') {
      const found = registry.operator(family.operator);
      const impure = family.control.cache === false || ('operator' in found && found.operator.pure === false);
      const follows = family.inputs.some(({ refs }) => refs.some((ref) => fresh.has(find(ref)!)));
      if (impure || follows) {
        for (const product of plan.products) {
          if (product.task === family.id) fresh.set(product, contentKey(['run', run, product.key]));
        }
      }
      return family;
    }
    const source =
      family.kind === 'segment' && 'product' in family.source ? find(family.source.product) : undefined;
    const key = source && fresh.get(source);
    if (family.kind !== 'segment' || !('product' in family.source) || key === undefined) return family;
    const segment = { ...family, source: { ...family.source, key } };
    const keys = partitionKeys(segment);
    const rows = datasetRanges(segment).map(([first, last]) =>
      last > first ? rowsKey(keys, first, last) : '',
    );
    for (const product of plan.products) {
      const output = segment.outputs.find(({ id }) => id === product.output);
      if (output && product.task === `${family.id}.finish`)
        fresh.set(product, segmentProductKey(segment, output, rows));
    }
    return segment;
  });
  if (fresh.size === 0) return plan;
  const products = plan.products.map((product) => ({ ...product, key: fresh.get(product) ?? product.key }));
  return { ...plan, families, products };
}
