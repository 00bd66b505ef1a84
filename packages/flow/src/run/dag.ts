/** Which tasks of a run wait for which. */
import { blockMembers } from '../plan/merge.ts';
import type { Family, SingleFamily } from '../types/plan.ts';
import type { EdgeKind } from './before.ts';
import { conditionTasks } from './condition.ts';
import { lookupTasks } from './lookups.ts';
import type { Work } from './missing.ts';
import { type PlanIndex, taskName } from './plan-index.ts';

/** One task of a run. */
export interface DagNode {
  item: Work['tasks'][number];
  family: Family;
  name: string;
  /** Tasks that it waits for and that have no outcome yet. */
  waiting: number;
  /** Positions of the tasks after it. */
  next: DagEdge[];
}

/** What the later task has of the earlier one. */
export interface DagEdge {
  to: number;
  kind: EdgeKind;
}

/** The tasks of `work` with their edges, in plan order. */
export function workDag(index: PlanIndex, work: Work): DagNode[] {
  const nodes = work.tasks.map((item): DagNode => {
    const family = index.families.get(item.family)!;
    return { item, family, name: taskName(family, item.index), waiting: 0, next: [] };
  });
  const at = new Map<string, number>();
  nodes.forEach(({ name }, position) => {
    at.set(name, position);
  });
  const edge = (from: string, to: number, kind: DagEdge['kind']) => {
    const position = at.get(from);
    if (position === undefined || position === to) return;
    nodes[position]!.next.push({ to, kind });
    nodes[to]!.waiting++;
  };

  nodes.forEach(({ item, family }, position) => {
    if (family.kind === 'segment') {
      const product = 'product' in family.source ? index.find(family.source.product) : undefined;
      if (product) edge(product.task, position, 'data');
      for (const name of lookupTasks(index, family, item)) edge(name, position, 'data');
    } else if (family.kind === 'merge') {
      const block = family.blocks[item.index]!;
      for (const member of blockMembers(block, family.level)) {
        edge(makerOfRange(index, family.segment, member, family.level - 1), position, 'data');
      }
    } else if (family.kind === 'finish') {
      const { ranges } = index.segment(family.segment);
      let top = 0;
      while (index.merge(family.segment, top + 1)) top++;
      for (const range of ranges) {
        if (range[1] > range[0]) edge(makerOfRange(index, family.segment, range, top), position, 'data');
      }
    } else {
      singleEdges(index, family, (from, kind) => edge(from, position, kind));
    }
    if (family.kind === 'segment' || family.kind === 'finish')
      for (const name of conditionTasks(family))
        resultEdges(index, name, (from) => edge(from, position, 'data'));
    for (const { tasks } of family.guards ?? []) for (const name of tasks) edge(name, position, 'guard');
  });
  return nodes;
}

/** Name of the task that makes the sum over a range of partitions: the highest block that is no block of one. */
function makerOfRange(index: PlanIndex, segment: string, range: [number, number], level: number): string {
  const { family } = index.segment(segment);
  if (range[1] - range[0] === 1) return taskName(family, range[0]);
  for (let l = level; l > 0; l--) {
    const merge = index.merge(segment, l);
    const block = merge?.positions.get(range[0]);
    if (merge && block !== undefined && merge.family.blocks[block]![1] === range[1]) {
      return taskName(merge.family, block);
    }
  }
  return '';
}

function singleEdges(
  index: PlanIndex,
  single: SingleFamily,
  edge: (from: string, kind: DagEdge['kind']) => void,
): void {
  for (const { refs, optional } of single.inputs) {
    for (const ref of refs) {
      const product = index.find(ref);
      if (product) edge(product.task, optional ? 'optional' : 'data');
    }
  }
  const before = new Map<string, DagEdge['kind']>();
  for (const name of single.after) before.set(name, 'order');
  for (const name of conditionTasks(single)) before.set(name, 'data');
  for (const [name, kind] of before) resultEdges(index, name, (from) => edge(from, kind));
}

/** The tasks that make the products of a node. */
function resultEdges(index: PlanIndex, name: string, edge: (from: string) => void): void {
  const tasks = new Set<string>();
  for (const product of index.plan.products) {
    if (product.node === name || product.name === name) tasks.add(product.task);
  }
  if (index.families.has(name)) tasks.add(name);
  for (const task of tasks) edge(task);
}
