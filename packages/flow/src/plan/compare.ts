/** What is different between two plans of a workflow, and what of it a product depends on. */
import type { Graph } from '../types/graph.ts';
import type { Json } from '../types/json.ts';
import type { Plan, Product, SegmentFamily } from '../types/plan.ts';

/** A graph with its plan: what a run directory holds. */
export interface Planned {
  graph: Graph;
  plan: Plan;
}

/** One difference. `node` is a task. */
export interface Change {
  node: string;
  what:
    | 'added'
    | 'removed'
    | 'operator'
    | 'semantics'
    | 'argument'
    | 'input'
    | 'condition'
    | 'left out for'
    | 'file'
    | 'dataset'
    | 'partitions'
    | 'limit';
  /** Of an argument: where in the arguments; of a file or dataset: which. */
  path?: string;
  before?: Json;
  after?: Json;
}

/** All differences, in the order of the tasks. */
export function comparePlans(before: Planned, after: Planned): Change[] {
  const old = new Map(before.graph.nodes.map((node) => [node.id, node]));
  const now = new Set(after.graph.nodes.map(({ id }) => id));
  const changes: Change[] = [];
  for (const node of after.graph.nodes) {
    const was = old.get(node.id);
    if (!was) {
      changes.push({ node: node.id, what: 'added' });
      continue;
    }
    const add = (what: Change['what'], a: Json | undefined, b: Json | undefined) => {
      if (JSON.stringify(a) !== JSON.stringify(b)) changes.push({ node: node.id, what, before: a, after: b });
    };
    add('operator', was.operator, node.operator);
    add('semantics', was.semantics, node.semantics);
    for (const one of differences(was.args, node.args))
      changes.push({ node: node.id, what: 'argument', ...one });
    const inputs = (of: typeof node) =>
      of.inputs.map(({ node: from, output }) => `${from}.${output}`).join(', ');
    add('input', inputs(was), inputs(node));
    add('condition', was.when, node.when);
    add('left out for', was.omit, node.omit);
    const [segment, oldSegment] = [segmentOf(after.plan, node.id), segmentOf(before.plan, node.id)];
    if (segment && oldSegment) changes.push(...dataChanges(node.id, oldSegment, segment));
  }
  for (const node of before.graph.nodes)
    if (!now.has(node.id)) changes.push({ node: node.id, what: 'removed' });
  return changes;
}

/** Why a product is made again, or not. */
export interface Why {
  product: Product;
  /** `same`: its key is that of before. */
  verdict: 'same' | 'changed' | 'new';
  /** What changed of all that comes before it. */
  changes: Change[];
}

/** Compares a product with what an earlier plan called by the same name. */
export function whyProduct(before: Planned | undefined, after: Planned, product: Product): Why {
  const was = before?.plan.products.find(
    ({ node, port, member }) => node === product.node && port === product.port && member === product.member,
  );
  if (!before || !was) return { product, verdict: 'new', changes: [] };
  if (was.key === product.key) return { product, verdict: 'same', changes: [] };
  const above = new Set([...ancestors(after.graph, product.node), ...ancestors(before.graph, product.node)]);
  return {
    product,
    verdict: 'changed',
    changes: comparePlans(before, after).filter(({ node }) => above.has(node)),
  };
}

/** A node and all that it reads, directly or not. */
function ancestors(graph: Graph, id: string): Set<string> {
  const nodes = new Map(graph.nodes.map((node) => [node.id, node]));
  const found = new Set<string>();
  const open = [id];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    if (found.has(at)) continue;
    found.add(at);
    for (const { node, order } of nodes.get(at)?.inputs ?? []) if (!order) open.push(node);
  }
  return found;
}

/** The segment that a source opens. */
function segmentOf(plan: Plan, node: string): SegmentFamily | undefined {
  return plan.families.find(
    (family): family is SegmentFamily =>
      family.kind === 'segment' && !('product' in family.source) && family.id.startsWith(`${node}.`),
  );
}

function dataChanges(node: string, before: SegmentFamily, after: SegmentFamily): Change[] {
  const changes: Change[] = [];
  const datasets = (of: SegmentFamily) =>
    new Map(of.datasets.map((dataset) => [dataset.name, dataset.constants]));
  for (const [path, [a, b]] of pairs(datasets(before), datasets(after))) {
    if (JSON.stringify(a) !== JSON.stringify(b))
      changes.push({ node, what: 'dataset', path, before: a, after: b });
  }
  const files = (of: SegmentFamily) =>
    new Map(
      of.files.map(({ dataset, path, identity }) => [`${of.datasets[dataset]!.name}\0${path}`, identity]),
    );
  const [old, now] = [files(before), files(after)];
  // A file that was only moved is the same file.
  const known = new Set(old.values());
  const kept = new Set(now.values());
  for (const [key, [a, b]] of pairs(old, now)) {
    const moved = (a === undefined && known.has(b!)) || (b === undefined && kept.has(a!));
    if (a !== b && !moved)
      changes.push({ node, what: 'file', path: key.split('\0')[1], before: a, after: b });
  }
  const parts = (of: SegmentFamily) => of.partitions.map((one) => one.join('/')).join(' ');
  if (old.size === now.size && parts(before) !== parts(after)) {
    changes.push({ node, what: 'partitions', before: before.size, after: after.size });
  }
  const limit = ({ limit: one }: SegmentFamily) => one?.rows;
  if (limit(before) !== limit(after))
    changes.push({ node, what: 'limit', before: limit(before), after: limit(after) });
  return changes;
}

function pairs<T>(before: ReadonlyMap<string, T>, after: ReadonlyMap<string, T>): [string, [T?, T?]][] {
  return [...new Set([...before.keys(), ...after.keys()])].map((key) => [
    key,
    [before.get(key), after.get(key)],
  ]);
}

/** Where two values differ: the smallest parts of maps, lists as a whole. */
function differences(before: Json, after: Json, path = ''): { path: string; before?: Json; after?: Json }[] {
  const isMap = (value: Json): value is { [key: string]: Json } =>
    typeof value === 'object' && value !== null && !Array.isArray(value);
  if (!isMap(before) || !isMap(after)) {
    return JSON.stringify(before) === JSON.stringify(after) ? [] : [{ path, before, after }];
  }
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((key) => {
    const at = path === '' ? key : `${path}.${key}`;
    const [a, b] = [before[key], after[key]];
    return a === undefined || b === undefined ? [{ path: at, before: a, after: b }] : differences(a, b, at);
  });
}
