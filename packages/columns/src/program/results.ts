import { CollectAccumulator } from '../accumulate/collect.ts';
import { compareRows, GroupAccumulator } from '../accumulate/group.ts';
import { HistAccumulator } from '../accumulate/hist.ts';
import { collectPartial, countsPartial, groupPartial, type Partial } from './partial.ts';
import type { CollectPlan, CountsPlan, FillPlan, GroupPlan, HistPlan } from './plans.ts';

/** What the fills of a run have made so far. Engines fill it. */
export type Result = HistResult | GroupResult | CountsResult | CollectResult;

export interface HistResult {
  plan: HistPlan;
  hist: HistAccumulator;
}
export interface GroupResult {
  plan: GroupPlan;
  group: GroupAccumulator;
}
/** As in the partial result. */
export interface CountsResult {
  plan: CountsPlan;
  n: Float64Array;
  sumw: Float64Array;
  sumw2: Float64Array;
}
export interface CollectResult {
  plan: CollectPlan;
  collect: CollectAccumulator;
}

export function emptyResult(plan: FillPlan): Result {
  switch (plan.kind) {
    case 'hist':
      return { plan, hist: new HistAccumulator(plan.axes, plan.storage, plan.variants.length) };
    case 'group': {
      const group = new GroupAccumulator(plan.slots);
      // Without keys there is one row for each combination, also if no row of the table passes.
      if (plan.keys.length === 0) for (const variant of plan.variants.keys()) group.row(variant, []);
      return { plan, group };
    }
    case 'counts': {
      const size = plan.variants.length * plan.cells.length;
      return { plan, n: new Float64Array(size), sumw: new Float64Array(size), sumw2: new Float64Array(size) };
    }
    case 'collect':
      return { plan, collect: new CollectAccumulator(plan) };
  }
}

export function partialOf(result: Result): Partial {
  if ('hist' in result)
    return { kind: 'hist', labels: result.plan.labels, histogram: result.hist.finish(result.plan.labels) };
  if ('group' in result) return groupPartial(result.plan, [...result.group.rows].sort(compareRows));
  if ('collect' in result) return collectPartial(result.plan, result.collect.finish());
  const { plan, n, sumw, sumw2 } = result;
  return countsPartial(plan, { n, sumw, sumw2 });
}
