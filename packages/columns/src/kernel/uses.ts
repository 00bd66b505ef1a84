import type { Axis, Node } from '../ir/types.ts';
import { reachable } from '../program/check.ts';
import type { FillPlan } from '../program/plans.ts';

/** How often things are used: what is used once is made where it is used. */
export interface Uses {
  /** Parents of a node. */
  nodes: ReadonlyMap<Node, number>;
  /** Loops over an axis, look-ups in it, and questions for its length. */
  axes: ReadonlyMap<Axis, number>;
  /** Bodies of tables that are filled together, by the body: those over one axis that need the same tables before. */
  tables: ReadonlyMap<Node, TableGroup>;
  /** Sine and cosine of one angle, by either: they are computed together. */
  angles: ReadonlyMap<Node, Angle>;
}

export interface Angle {
  sin?: Node;
  cos?: Node;
}

/** From this cost on a table is not filled because others over the axis are: conditions often need the others alone. */
const COSTLY = 12;

export interface TableGroup {
  key: string;
  axis: Axis;
  bodies: Node[];
}

/** How many tables have to be filled before a node can be computed, one after the other. */
function depths(): (node: Node) => number {
  const nodes = new Map<Node, number>();
  const axes = new Map<Axis, number>();
  const ofAxis = (axis: Axis | undefined): number => {
    if (!axis) return 0;
    let depth = axes.get(axis);
    if (depth === undefined) {
      const inside = [axis.body, axis.there, axis.length, ...(axis.at ?? [])].filter(
        (one) => one !== undefined,
      );
      depth = Math.max(0, ofAxis(axis.base), ofAxis(axis.other), ...inside.map(ofNode));
      axes.set(axis, depth);
    }
    return depth;
  };
  const ofNode = (node: Node): number => {
    let depth = nodes.get(node);
    if (depth === undefined) {
      depth = Math.max(0, ofAxis(node.axis), ...node.args.map(ofNode)) + (node.op === 'pick' ? 1 : 0);
      nodes.set(node, depth);
    }
    return depth;
  };
  return ofNode;
}

export function countUses(plans: readonly FillPlan[]): Uses {
  const { nodes, axes } = reachable(plans);
  const nodeUses = new Map<Node, number>();
  const axisUses = new Map<Axis, number>();
  const tables = new Map<Node, TableGroup>();
  const groups = new Map<string, TableGroup>();
  const byAngle = new Map<Node, Angle>();
  const angles = new Map<Node, Angle>();
  const depthOf = depths();
  const use = <T>(map: Map<T, number>, key: T) => map.set(key, (map.get(key) ?? 0) + 1);
  for (const node of nodes) {
    for (const arg of node.args) use(nodeUses, arg);
    if (node.op === 'sin' || node.op === 'cos') {
      const angle = byAngle.get(node.args[0]!) ?? {};
      angle[node.op] = node;
      byAngle.set(node.args[0]!, angle);
      angles.set(node, angle);
    }
    const { axis } = node;
    if (!axis) continue;
    if (node.op === 'pick') {
      const body = node.args[1]!;
      if (!tables.has(body)) {
        const key = `${axis.id} ${depthOf(body)} ${body.cost >= COSTLY}`;
        const group = groups.get(key) ?? { key, axis, bodies: [] };
        groups.set(key, group);
        group.bodies.push(body);
        tables.set(body, group);
      }
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
  return { nodes: nodeUses, axes: axisUses, tables, angles };
}
