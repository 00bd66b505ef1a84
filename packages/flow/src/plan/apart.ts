/** Results of a stream that have to fail, or to wait, apart from the others: segments of their own. */
import type { Graph, GraphNode } from '../types/graph.ts';
import type { Family, Plan, SegmentFamily } from '../types/plan.ts';

/**
 * A segment as several over the same rows: what belongs to a block with a rescue, and what waits for outcomes or for
 * a result, each by itself. Content keys do not show it.
 */
export function splitSegment(graph: Graph, segment: SegmentFamily): SegmentFamily[] {
  if (!graph.nodes.some(({ apart }) => apart !== undefined)) return [segment];
  const shared = lookedUp(graph);
  const groups = new Map<string | undefined, { owner?: GraphNode; outputs: SegmentFamily['outputs'] }>();
  for (const output of segment.outputs) {
    const owner = shared.has(output.id) ? undefined : ownerOf(graph, output.id);
    const known = groups.get(owner?.apart);
    if (known) known.outputs.push(output);
    else groups.set(owner?.apart, { owner, outputs: [output] });
  }
  if (groups.size === 1 && groups.has(undefined)) return [segment];
  return [...groups].map(([apart, { owner, outputs }]): SegmentFamily => {
    if (apart === undefined) return { ...segment, outputs };
    const part: SegmentFamily = { ...segment, id: `${segment.id}@${apart}`, outputs };
    if (owner?.guards) part.guards = owner.guards;
    if (owner?.when !== undefined && owner.kind !== 'whole') part.when = owner.when;
    if (owner?.given && part.when !== undefined) part.given = owner.given;
    return part;
  });
}

/** Rows that batch operators look up: they find them in the segment that has the stream's name. */
function lookedUp(graph: Graph): Set<string> {
  return new Set(
    Object.values(graph.streams).flatMap(({ root }) =>
      root.kind === 'batch' ? (root.lookups ?? []).map(({ at }) => at) : [],
    ),
  );
}

/** The node for which a result is made; for the rows that a choice reads, the one that gives them. */
function ownerOf(graph: Graph, step: string): GraphNode | undefined {
  for (const node of graph.nodes) {
    if (Object.values(node.outputs).some(({ fill }) => fill?.step === step)) return node;
    const input = node.inputs.find(({ fill }) => fill?.step === step);
    if (!input) continue;
    const maker = graph.nodes.find(({ id }) => id === input.node);
    return node.apart === undefined && maker?.apart !== undefined && input.optional ? maker : node;
  }
  return undefined;
}

/** Guards name nodes until all is planned; then the tasks whose outcomes say what became of these. */
export function settleGuards(plan: Plan, graph: Graph): void {
  if (!plan.families.some(({ guards }) => guards)) return;
  const tasks = new Map<string, Set<string>>();
  const add = (node: string, task: string) => tasks.set(node, (tasks.get(node) ?? new Set()).add(task));
  for (const product of plan.products) add(product.node, product.task);
  const parts = new Map<string, string[]>();
  for (const family of plan.families) {
    if (family.kind === 'single') add(family.node, family.id);
    const at = family.kind === 'segment' ? family.id.indexOf('@') : -1;
    if (at < 0) continue;
    const part = family.id.slice(at + 1);
    parts.set(part, [...(parts.get(part) ?? []), `${family.id}.finish`]);
  }
  // Rows that nobody collects have no task: they are made where they are used.
  for (const { id, apart } of graph.nodes)
    if (apart !== undefined && !tasks.has(id)) for (const task of parts.get(apart) ?? []) add(id, task);
  const settled = new Map<Family['guards'], Family['guards']>();
  for (const family of plan.families) {
    const { guards } = family;
    if (!guards) continue;
    const own = family.kind === 'segment' ? `${family.id}.finish` : family.id;
    const known =
      settled.get(guards) ??
      guards.map((guard) => ({
        ...guard,
        tasks: [...new Set(guard.tasks.flatMap((node) => [...(tasks.get(node) ?? [])]))],
      }));
    settled.set(guards, known);
    // A task never waits for itself.
    family.guards = known.map((guard) =>
      guard.tasks.includes(own) ? { ...guard, tasks: guard.tasks.filter((task) => task !== own) } : guard,
    );
  }
}
