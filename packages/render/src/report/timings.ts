import type { Event, Family, Graph, Outcome, Plan } from '@fasthep/flow';
import type { ReportData, Timing } from './types.ts';

/** What matters most when the tasks of a family, or the families of a node, ended in different ways. */
const RANK: Outcome[] = ['failed', 'blocked', 'done', 'reused', 'skipped'];

/** Times, work and outcomes by family of tasks, and what that means for the nodes of the graph. */
export function timingsOf(
  events: readonly Event[],
  plan: Plan | undefined,
  graph: Graph | undefined,
): Pick<ReportData, 'timings' | 'outcomes' | 'nodeTimings'> {
  const families = new Map<string, Timing>();
  const get = (task: string): Timing => {
    const id = task.replace(/\[\d+\]$/u, '');
    let timing = families.get(id);
    if (!timing) {
      const kind = plan?.families.find((family) => family.id === id)?.kind ?? '';
      timing = {
        family: id,
        kind,
        outcome: 'running',
        tasks: 0,
        reused: 0,
        milliseconds: 0,
        rows: 0,
        bytes: 0,
        errors: [],
      };
      families.set(id, timing);
    }
    return timing;
  };
  for (const family of plan?.families ?? []) get(family.id);
  for (const event of events) {
    if (event.type === 'task-start') {
      const timing = get(event.task);
      timing.from = Math.min(timing.from ?? event.time, event.time);
    } else if (event.type === 'task-end') {
      const timing = get(event.task);
      timing.tasks++;
      if (event.outcome === 'reused') timing.reused++;
      timing.milliseconds += event.milliseconds ?? 0;
      timing.rows += event.rows ?? 0;
      timing.bytes += event.bytes ?? 0;
      if (event.outcome !== 'reused') timing.to = Math.max(timing.to ?? event.time, event.time);
      timing.outcome = timing.outcome === 'running' ? event.outcome : worse(timing.outcome, event.outcome);
      if (event.error) timing.errors.push({ task: event.task, error: event.error });
    }
  }
  const timings = [...families.values()].filter((timing) => timing.tasks > 0 || timing.from !== undefined);
  const nodeTimings = ofNodes(plan, graph, new Map(timings.map((timing) => [timing.family, timing])));
  const outcomes: Record<string, Outcome> = {};
  for (const [node, list] of Object.entries(nodeTimings))
    for (const timing of list)
      if (timing.outcome !== 'running')
        outcomes[node] = outcomes[node] ? worse(outcomes[node], timing.outcome) : timing.outcome;
  // A task whose results were all there had nothing to do.
  for (const node of [...(graph?.nodes ?? [])].reverse()) {
    if (outcomes[node.id]) continue;
    const readers = graph!.nodes.filter((one) =>
      one.inputs.some((input) => input.node === node.id && !input.order),
    );
    if (readers.length > 0 && readers.every((one) => outcomes[one.id] === 'reused'))
      outcomes[node.id] = 'reused';
  }
  return { timings, outcomes, nodeTimings };
}

function worse(a: Outcome, b: Outcome): Outcome {
  return RANK.indexOf(a) <= RANK.indexOf(b) ? a : b;
}

/** Which families do the work of which node: by its steps, by its name, and for sources through their readers. */
function ofNodes(
  plan: Plan | undefined,
  graph: Graph | undefined,
  timings: ReadonlyMap<string, Timing>,
): Record<string, Timing[]> {
  const found: Record<string, Timing[]> = {};
  if (!plan || !graph) return found;
  const stepOwner = new Map<string, string[]>();
  const add = (key: string, family: Family) => stepOwner.set(key, [...(stepOwner.get(key) ?? []), family.id]);
  for (const family of plan.families) {
    if (family.kind === 'single') add(`node ${family.node}`, family);
    if (family.kind === 'segment') {
      for (const stage of family.stages ?? []) for (const step of stage.steps) add(`step ${step.id}`, family);
      for (const output of family.outputs) add(`step ${output.id}`, family);
    }
  }
  // A product names the family that finishes it.
  for (const product of plan.products) {
    const id = product.task.replace(/\[\d+\]$/u, '');
    const family = plan.families.find((one) => one.id === id);
    if (family) add(`node ${product.node}`, family);
  }
  for (const node of [...graph.nodes].reverse()) {
    const ids = new Set([
      ...(stepOwner.get(`node ${node.id}`) ?? []),
      ...(node.steps ?? []).flatMap((step) => stepOwner.get(`step ${step.id}`) ?? []),
    ]);
    let list = [...ids].flatMap((id) => timings.get(id) ?? []);
    if (
      list.length === 0 &&
      (node.kind === 'source' || Object.values(node.outputs).some((one) => one.type === 'rows'))
    ) {
      const readers = graph.nodes.filter((one) =>
        one.inputs.some((input) => input.node === node.id && !input.order),
      );
      const segments = readers.flatMap((one) =>
        (found[one.id] ?? []).filter((timing) => timing.kind === 'segment'),
      );
      list = [...new Set(segments)];
    }
    if (list.length > 0) found[node.id] = list;
  }
  return found;
}
