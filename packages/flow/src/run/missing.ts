/**
 * Which tasks have to run for the products that are wanted, and which of their results are asked for. Walks
 * back from the products: one that is in the store needs nothing before it; else its sum per dataset, or the
 * blocks of that, or the partitions of these.
 */
import { blockMembers } from '../plan/merge.ts';
import type { Family, Plan, Product, SingleFamily } from '../types/plan.ts';
import type { Store } from '../types/store.ts';
import { undecided } from './choices.ts';
import { conditionTasks } from './condition.ts';
import { lookupsOfItems } from './lookups.ts';
import { type PlanIndex, planIndex, type SegmentIndex, type TaskItem } from './plan-index.ts';

/** What a run has to do. */
export interface Work {
  /** Tasks that must run, each after those that it reads. */
  tasks: TaskItem[];
  /** Wanted products that the store has already. */
  reused: Product[];
}

/** Picks what is wanted; by default all products that are shown. */
export interface MissingOptions {
  wanted?: readonly Product[];
}

/** What must be made so that every wanted product is in the store. */
export async function missing(plan: Plan, store: Store, options: MissingOptions = {}): Promise<Work> {
  const index = planIndex(plan);
  const has = await store.has(plan.products.map(({ key }) => key));
  const stored = new Set(plan.products.filter((_, i) => has[i]));
  const open = undecided(plan, stored);
  for (const product of stored) if (open.has(product.task)) stored.delete(product);
  const wanted = new Set(
    options.wanted ?? plan.products.filter(({ hidden, expected }) => !hidden && !expected),
  );
  const wantTask = (name: string) => {
    for (const product of plan.products)
      if (product.node === name || product.name === name) wanted.add(product);
  };

  // Families stand in an order in which each comes after what it reads: backwards, all readers are known.
  const found: TaskItem[][] = [];
  const finishing = new Map<string, string[]>();
  /** By segment: partitions of which others look up the rows. */
  const looked = new Map<string, { output: string; range: [number, number] }[]>();
  for (const family of [...plan.families].reverse()) {
    if (family.kind === 'single') {
      const products = index.products.get(family.id) ?? [];
      const asked =
        products.some((product) => wanted.has(product)) || (products.length === 0 && !options.wanted);
      if (!asked || !mayWork(index, family, stored)) continue;
      const needed = products.length === 0 || products.some((p) => wanted.has(p) && !stored.has(p));
      if (!needed && family.when === undefined && family.checked === undefined) continue;
      found.push([{ family: family.id, index: 0, outputs: [] }]);
      if (needed) for (const product of inputProducts(index, family)) wanted.add(product);
      for (const name of [...family.after, ...conditionTasks(family)]) wantTask(name);
    } else if (family.kind === 'finish') {
      const asked = (index.products.get(family.id) ?? []).filter((product) => wanted.has(product));
      const lacking = asked.filter((product) => !stored.has(product));
      const products = asked.filter(
        (product) =>
          family.when !== undefined || lacking.includes(product) || family.checks?.[product.output!],
      );
      if (products.length === 0 || !mayWork(index, index.families.get(family.segment)!, stored)) continue;
      for (const name of conditionTasks(family)) wantTask(name);
      const outputs = products.map(({ output }) => output!);
      if (lacking.length > 0)
        finishing.set(
          family.segment,
          lacking.map(({ output }) => output!),
        );
      found.push([{ family: family.id, index: 0, outputs }]);
    } else if (family.kind === 'segment') {
      const outputs = finishing.get(family.id);
      const items = outputs ? await missingPartials(index, family.id, outputs, store) : [];
      await addLookedUp(index, family.id, looked.get(family.id) ?? [], items, store);
      found.push(items);
      for (const { output, segment, range } of lookupsOfItems(index, family, items)) {
        looked.set(segment, [...(looked.get(segment) ?? []), { output, range }]);
      }
      if ('product' in family.source && items.some((item) => item.family === family.id)) {
        const product = index.find(family.source.product);
        if (product) wanted.add(product);
      }
    }
  }

  const order = new Map(plan.families.map(({ id }, position) => [id, position]));
  const tasks = found.flat().sort((a, b) => order.get(a.family)! - order.get(b.family)! || a.index - b.index);
  return { tasks, reused: [...wanted].filter((product) => stored.has(product)) };
}

/** Whether the guards of a task may hold: nothing of what it waits for can fail that is stored. */
function mayWork(index: PlanIndex, { guards = [] }: Family, stored: ReadonlySet<Product>): boolean {
  return guards.every(({ when, tasks }) => {
    if (when === 'ended') return true;
    return tasks.some((task) => {
      const products = index.products.get(task) ?? [];
      return products.length === 0 || products.some((product) => !stored.has(product));
    });
  });
}

/** Products that tasks to run would make although they must be there already (`--from`). */
export function lackingBefore(plan: Plan, { tasks }: Pick<Work, 'tasks'>): Product[] {
  const { products } = planIndex(plan);
  return tasks.flatMap(({ family, outputs }) =>
    (products.get(family) ?? []).filter(
      ({ expected, output }) => expected && (output === undefined || outputs.includes(output)),
    ),
  );
}

/** Products that a single task reads. */
function inputProducts(index: PlanIndex, family: SingleFamily): Product[] {
  return family.inputs.flatMap(({ refs }) => refs.flatMap((ref) => index.find(ref) ?? []));
}

/** Blocks and partitions to run, level by level from the top, for outputs whose product is missing. */
async function missingPartials(
  index: PlanIndex,
  id: string,
  outputs: string[],
  store: Store,
): Promise<TaskItem[]> {
  const segment = index.segment(id);
  let level = 0;
  while (index.merge(id, level + 1)) level++;
  // A range of rows with the outputs that are asked of it.
  let asked: { range: [number, number]; outputs: string[] }[] = [];
  segment.ranges.forEach((range, dataset) => {
    const here = outputs.filter((output) => segment.outputs.get(output)?.templates[dataset]);
    if (range[1] > range[0] && here.length > 0) asked.push({ range, outputs: here });
  });

  const items: TaskItem[] = [];
  for (; level >= 0; level--) {
    const lacking = await lackingOf(segment, asked, store);
    asked = [];
    const merge = index.merge(id, level);
    for (const { range, outputs: here } of lacking) {
      const block = merge?.positions.get(range[0]);
      if (level === 0) items.push({ family: id, index: range[0], outputs: here });
      else if (block === undefined || merge!.family.blocks[block]![1] !== range[1]) {
        // A block of one is left as it is: its member is the same range one level below.
        asked.push({ range, outputs: here });
      } else {
        items.push({ family: merge!.family.id, index: block, outputs: here });
        for (const member of blockMembers(range, level)) asked.push({ range: member, outputs: here });
      }
    }
  }
  return items;
}

/** Adds the partitions that lack rows which others look up to the tasks of a segment. */
async function addLookedUp(
  index: PlanIndex,
  id: string,
  looked: readonly { output: string; range: [number, number] }[],
  items: TaskItem[],
  store: Store,
): Promise<void> {
  const segment = index.segment(id);
  const asked = new Map<number, Set<string>>();
  for (const { output, range } of looked) {
    for (let partition = range[0]; partition < range[1]; partition++) {
      asked.set(partition, (asked.get(partition) ?? new Set()).add(output));
    }
  }
  const list = [...asked].map(([partition, outputs]) => ({
    range: [partition, partition + 1] as [number, number],
    outputs: [...outputs],
  }));
  for (const { range, outputs } of await lackingOf(segment, list, store)) {
    const known = items.find((item) => item.family === id && item.index === range[0]);
    if (known) known.outputs = [...new Set([...known.outputs, ...outputs])];
    else items.push({ family: id, index: range[0], outputs });
  }
}

/** Those of the ranges that lack outputs, with what they lack. */
async function lackingOf(
  segment: SegmentIndex,
  list: readonly { range: [number, number]; outputs: string[] }[],
  store: Store,
) {
  const keys = list.flatMap(({ range, outputs }) => outputs.map((id) => segment.partial(id, range)!));
  const has = await store.has(keys);
  let at = 0;
  return list.flatMap(({ range, outputs }) => {
    const left = outputs.filter(() => !has[at++]);
    return left.length > 0 ? [{ range, outputs: left.length === outputs.length ? outputs : left }] : [];
  });
}

/** Partitions that a run has to read, and their share of the files' bytes, by dataset. */
export function workSizes(
  index: PlanIndex,
  { tasks }: Pick<Work, 'tasks'>,
): Record<string, { partitions: number; bytes: number }> {
  const sizes: Record<string, { partitions: number; bytes: number }> = {};
  for (const { family: id, index: position } of tasks) {
    const family = index.families.get(id);
    if (family?.kind !== 'segment' || 'product' in family.source) continue;
    const [at, , parts] = family.partitions[position]!;
    const file = family.files[at]!;
    const { name } = family.datasets[file.dataset]!;
    sizes[name] ??= { partitions: 0, bytes: 0 };
    sizes[name].partitions++;
    sizes[name].bytes += file.size / parts;
  }
  return sizes;
}
