import { datasetRanges, partialKey, partitionKey, rowsKey } from '../plan/keys.ts';
import type { Family, MergeFamily, Plan, Product, ProductRef, SegmentFamily } from '../types/plan.ts';

/** One task of a plan, and what of it is wanted. */
export interface TaskItem {
  family: string;
  index: number;
  /** Ids of segment outputs; of a single task, nothing: it makes all. */
  outputs: string[];
  /** Of a rescue: the failure for which it works. */
  error?: { task: string; message: string };
}

/** What is looked up in a plan again and again. */
export interface PlanIndex {
  plan: Plan;
  families: ReadonlyMap<string, Family>;
  /** Products by the task that makes them. */
  products: ReadonlyMap<string, Product[]>;
  find(ref: Omit<ProductRef, 'name'>): Product | undefined;
  segment(id: string): SegmentIndex;
  /** One level of a segment's merge tree, with the blocks by their first partition. */
  merge(segment: string, level: number): MergeIndex | undefined;
}

/** One level of a merge tree. */
export interface MergeIndex {
  family: MergeFamily;
  positions: ReadonlyMap<number, number>;
}

/** A segment with its keys and ranges. */
export interface SegmentIndex {
  family: SegmentFamily;
  /** `[first, last)` partition of each dataset. */
  ranges: [number, number][];
  outputs: ReadonlyMap<string, SegmentFamily['outputs'][number]>;
  /** Dataset of a partition. */
  dataset(partition: number): number;
  /** Key of what an output gave for partitions `[first, last)` of one dataset; undefined where its step is left out. */
  partial(output: string, range: readonly [number, number]): string | undefined;
}

const known = new WeakMap<Plan, PlanIndex>();

/** The index of a plan, made once. */
export function planIndex(plan: Plan): PlanIndex {
  const index = known.get(plan) ?? makeIndex(plan);
  known.set(plan, index);
  return index;
}

/** What a task is called: `family`, or `family[i]`. */
export function taskName(family: Pick<Family, 'id' | 'size'>, index: number): string {
  return family.size === 1 ? family.id : `${family.id}[${index}]`;
}

/** The family and place in it of a task's name; undefined where the plan has no such task. */
export function findTask(plan: Plan, name: string): { family: Family; index: number } | undefined {
  const { families } = planIndex(plan);
  const whole = families.get(name);
  if (whole?.size === 1) return { family: whole, index: 0 };
  const match = /^(.*)\[(\d+)\]$/.exec(name);
  const family = match ? families.get(match[1]!) : undefined;
  const index = Number(match?.[2]);
  return family && index < family.size ? { family, index } : undefined;
}

/** Everything that a task of a family can be asked for. */
export function wantedOutputs(plan: Plan, family: Family): string[] {
  if (family.kind === 'single') return [];
  const segment = family.kind === 'segment' ? family : planIndex(plan).segment(family.segment).family;
  return segment.outputs.map(({ id }) => id);
}

function makeIndex(plan: Plan): PlanIndex {
  const families = new Map(plan.families.map((family) => [family.id, family]));
  const products = new Map<string, Product[]>();
  const byRef = new Map<string, Product>();
  const segments = new Map<string, SegmentIndex>();
  const merges = new Map<string, MergeIndex>();
  for (const family of plan.families) {
    if (family.kind !== 'merge') continue;
    const positions = new Map(family.blocks.map(([first], position) => [first, position]));
    merges.set(`${family.level} ${family.segment}`, { family, positions });
  }
  const refKey = (ref: Omit<ProductRef, 'name'>) => JSON.stringify([ref.node, ref.port, ref.member]);
  for (const product of plan.products) {
    const list = products.get(product.task);
    if (list) list.push(product);
    else products.set(product.task, [product]);
    byRef.set(refKey(product), product);
  }
  return {
    plan,
    families,
    products,
    find: (ref) => byRef.get(refKey(ref)),
    merge: (segment, level) => merges.get(`${level} ${segment}`),
    segment(id) {
      let found = segments.get(id);
      if (!found) {
        const family = families.get(id);
        if (family?.kind !== 'segment') throw new RangeError(`the plan has no segment ${id}`);
        found = makeSegmentIndex(family);
        segments.set(id, found);
      }
      return found;
    },
  };
}

function makeSegmentIndex(family: SegmentFamily): SegmentIndex {
  // One task of many thousand must not pay for the keys of all.
  const keys: string[] = [];
  const keysOf = (first: number, last: number) => {
    for (let at = first; at < last; at++) keys[at] ??= partitionKey(family, at);
    return keys;
  };
  const outputs = new Map(family.outputs.map((output) => [output.id, output]));
  const dataset = (partition: number) => family.files[family.partitions[partition]![0]]!.dataset;
  const rows = new Map<string, string>();
  return {
    family,
    ranges: datasetRanges(family),
    outputs,
    dataset,
    partial(output, [first, last]) {
      const template = outputs.get(output)?.templates[dataset(first)];
      if (!template) return undefined;
      let key = rows.get(`${first} ${last}`);
      if (key === undefined) {
        key = rowsKey(keysOf(first, last), first, last);
        rows.set(`${first} ${last}`, key);
      }
      return partialKey(template, key);
    },
  };
}
