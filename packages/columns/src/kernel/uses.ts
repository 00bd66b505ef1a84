import type { Axis, Node } from '../ir/types.ts';
import { reachable } from '../program/check.ts';
import type { FillPlan } from '../program/plans.ts';

/** How often things are used: what is used once is made where it is used. */
export interface Uses {
  /** Parents of a node. */
  nodes: ReadonlyMap<Node, number>;
  /** Loops over an axis, look-ups in it, and questions for its length. */
  axes: ReadonlyMap<Axis, number>;
  /** Bodies of tables by the axis that they are over. */
  tables: ReadonlyMap<Axis, readonly Node[]>;
}

export function countUses(plans: readonly FillPlan[]): Uses {
  const { nodes, axes } = reachable(plans);
  const nodeUses = new Map<Node, number>();
  const axisUses = new Map<Axis, number>();
  const tables = new Map<Axis, Node[]>();
  const use = <T>(map: Map<T, number>, key: T) => map.set(key, (map.get(key) ?? 0) + 1);
  for (const node of nodes) {
    for (const arg of node.args) use(nodeUses, arg);
    const { axis } = node;
    if (!axis) continue;
    if (node.op === 'pick') {
      const list = tables.get(axis) ?? [];
      if (!list.includes(node.args[1]!)) list.push(node.args[1]!);
      tables.set(axis, list);
      use(axisUses, axis);
    } else if (node.op === 'pos') {
      // Inside a loop over the axis the place is the loop's own.
      const [at] = node.args;
      if (!(at!.op === 'var' && at!.variable !== undefined && Math.floor(at!.variable / 8) === axis.id))
        use(axisUses, axis);
    } else use(axisUses, axis);
  }
  for (const axis of axes) {
    for (const inner of [axis.base, axis.other]) if (inner) use(axisUses, inner);
    for (const node of [axis.body, axis.there, axis.length, ...(axis.at ?? [])])
      if (node) use(nodeUses, node);
  }
  for (const plan of plans) {
    const shapes = new Set<string>();
    for (const variant of plan.variants) {
      if (!('shape' in variant)) continue;
      const key = variant.where.map((node) => node.id).join();
      for (const level of variant.shape) {
        // Variations of the weight share one loop.
        const id = `${level.axis.id} ${key}`;
        if (!shapes.has(id)) use(axisUses, level.axis);
        shapes.add(id);
      }
    }
  }
  return { nodes: nodeUses, axes: axisUses, tables };
}
