/** Graph + Facts → Plan: partitions, segments, merge trees, single tasks, and the content key of every product. Opens nothing. */

import { productName } from '../interpret/build.ts';
import { checkedPort } from '../interpret/checked.ts';
import type { Facts } from '../types/facts.ts';
import type { Graph, GraphInput, GraphNode } from '../types/graph.ts';
import type { Json, JsonObject } from '../types/json.ts';
import type { Plan, Product, ProductRef, SegmentFamily, SingleFamily } from '../types/plan.ts';
import type { Registry } from '../types/plugin.ts';
import { settleGuards, splitSegment } from './apart.ts';
import { contentKey, datasetRanges, partitionKeys, rowsKey, segmentProductKey } from './keys.ts';
import { mergeLevels } from './merge.ts';
import { PARTITION_SIZE } from './partition.ts';
import { identityOf, planSegment, rootOf } from './segment.ts';

export interface PlanOptions {
  /** Bytes of a file per partition. */
  partitionSize?: number;
}

export function makePlan(graph: Graph, facts: Facts, registry: Registry, options: PlanOptions = {}): Plan {
  const plan: Plan = { format: 1, name: graph.name, families: [], products: [] };
  if (graph.limit) plan.partial = true;
  const partitionSize = options.partitionSize ?? PARTITION_SIZE;
  // What others look up is there as a whole: the rows that are left find theirs.
  const whole = new Set(Object.keys(graph.streams).flatMap((id) => lookedUp(graph, id)));
  const done = new Set<string>();
  /** Plans a root stream once every product that it may start from is planned. */
  const planStream = (id: string) => {
    if (done.has(id) || graph.streams[id]?.root.kind === 'batch') return;
    done.add(id);
    const { root } = graph.streams[id]!;
    const product = root.kind === 'product' ? findProduct(plan, root.node, root.port) : undefined;
    for (const other of lookedUp(graph, id)) planStream(other);
    const limit = whole.has(id) ? {} : (graph.limit ?? {});
    const segment = planSegment(
      graph,
      id,
      facts,
      registry,
      { partitionSize, limit },
      {
        product,
        segment: (other) =>
          plan.families.find((one): one is SegmentFamily => one.kind === 'segment' && one.id === other),
      },
    );
    if (segment) for (const part of splitSegment(graph, segment)) addSegment(plan, graph, part);
  };
  for (const node of graph.nodes) {
    if (node.kind === 'whole') {
      for (const input of node.inputs) for (const id of rootsBefore(graph, input)) planStream(id);
      addSingle(plan, graph, node, registry, facts);
    }
  }
  for (const id of Object.keys(graph.streams)) planStream(id);
  settleGuards(plan, graph);
  const expected = new Set(graph.nodes.flatMap(({ id, expected: is }) => (is ? [id] : [])));
  for (const product of plan.products)
    if (!product.hidden && expected.has(product.node)) product.expected = true;
  return plan;
}

/** Root streams whose results an input needs. */
function rootsBefore(graph: Graph, input: GraphInput): string[] {
  const output = graph.nodes.find((node) => node.id === input.node)?.outputs[input.output];
  const stream = input.fill?.stream ?? output?.fill?.stream;
  return stream === undefined ? [] : [rootOf(graph, stream)];
}

/** Root streams whose rows are looked up by batch operators below a root stream. */
function lookedUp(graph: Graph, root: string): string[] {
  return Object.entries(graph.streams).flatMap(([id, stream]) =>
    stream.root.kind === 'batch' && rootOf(graph, id) === root
      ? (stream.root.lookups ?? []).map((lookup) => rootOf(graph, lookup.stream))
      : [],
  );
}

function findProduct(plan: Plan, node: string, port: string, member?: string): Product | undefined {
  return plan.products.find(
    (product) => product.node === node && product.port === port && product.member === member,
  );
}

function addSegment(plan: Plan, graph: Graph, segment: SegmentFamily): void {
  plan.families.push(segment);
  const ranges = datasetRanges(segment);
  mergeLevels(ranges).forEach((blocks, index) => {
    plan.families.push({
      id: `${segment.id}.merge${index + 1}`,
      kind: 'merge',
      size: blocks.length,
      control: {},
      segment: segment.id,
      level: index + 1,
      blocks,
    });
  });
  const finish = `${segment.id}.finish`;
  const { when, given, guards } = segment;
  const checks = checksOf(graph, segment);
  plan.families.push({
    id: finish,
    kind: 'finish',
    size: 1,
    control: {},
    segment: segment.id,
    ...(when === undefined ? {} : { when }),
    ...(given ? { given } : {}),
    ...(guards ? { guards } : {}),
    ...(checks ? { checks } : {}),
  });

  const keys = partitionKeys(segment);
  const rows = ranges.map(([first, last]) => (last > first ? rowsKey(keys, first, last) : ''));
  for (const output of segment.outputs) {
    const owner = ownerOf(graph, output.id);
    plan.products.push({
      ...owner,
      type: output.type,
      key: segmentProductKey(segment, output, rows),
      task: finish,
      output: output.id,
    });
  }
}

/** What `check` asks of the products of a segment. */
function checksOf(graph: Graph, { outputs }: SegmentFamily): JsonObject | undefined {
  const ids = new Set(outputs.map(({ id }) => id));
  const checks: JsonObject = {};
  for (const node of graph.nodes) {
    const step = node.outputs[checkedPort(node) ?? '']?.fill?.step;
    if (step !== undefined && ids.has(step)) checks[step] = node.control.check!;
  }
  return Object.keys(checks).length > 0 ? checks : undefined;
}

/** The node and port whose product a fill makes; a collected stream is a hidden product of the node that reads it. */
function ownerOf(graph: Graph, step: string): ProductRef & { hidden?: boolean } {
  for (const node of graph.nodes) {
    for (const [port, output] of Object.entries(node.outputs)) {
      if (output.fill?.step === step) return { node: node.id, port, name: productName(node, port) };
    }
  }
  const [node = ''] = step.split('/');
  return { node, port: step, name: node, hidden: true };
}

/** The asked words of every dataset. */
function catalogue(facts: Facts, words: readonly string[]): Record<string, JsonObject> {
  const datasets: Record<string, JsonObject> = {};
  for (const source of Object.values(facts.sources)) {
    for (const { labels, constants } of source.datasets) {
      const known = words.filter((word) => constants[word] !== undefined);
      if (labels.dataset !== undefined)
        datasets[labels.dataset] = Object.fromEntries(known.map((word) => [word, constants[word]!]));
    }
  }
  return datasets;
}

const isGuarded = ({ guards = [] }: GraphNode, other: string) =>
  guards.some(({ tasks }) => tasks.includes(other));

function addSingle(plan: Plan, graph: Graph, node: GraphNode, registry: Registry, facts: Facts): void {
  const ports = new Map<string, SingleFamily['inputs'][number]>();
  const contents: [string, Json[]][] = [];
  const after: string[] = [];
  for (const input of node.inputs) {
    if (input.order) {
      if (!input.guard && !isGuarded(node, input.node)) after.push(input.node);
      continue;
    }
    const product = input.fill
      ? findProduct(plan, node.id, input.fill.step)
      : findProduct(plan, input.node, input.output, input.member);
    if (!product) continue; // its maker was left out; the interpreter has told
    const maker = graph.nodes.find((one) => one.id === input.node)!;
    const name = input.fill ? productName(maker, input.output) : product.name;
    const entry = ports.get(input.port) ?? { port: input.port, refs: [] };
    if (input.optional) entry.optional = true;
    if (input.guard) entry.guard = true;
    const keys = maker.matrix ? { keys: maker.matrix } : {};
    entry.refs.push({ node: product.node, port: product.port, member: product.member, name, ...keys });
    ports.set(input.port, entry);
    // Matrix values of an input become columns, in their order, or parts of file names.
    const content: Json = maker.matrix ? [product.key, Object.entries(maker.matrix)] : product.key;
    const known = contents.find(([port]) => port === input.port);
    if (known) known[1].push(content);
    else contents.push([input.port, [content]]);
  }

  const members = Object.values(node.outputs).find((output) => output.members)?.members;
  const family: SingleFamily = {
    id: node.id,
    kind: 'single',
    size: 1,
    control: node.control,
    node: node.id,
    operator: node.operator,
    semantics: node.semantics,
    args: node.args,
    inputs: [...ports.values()],
    after,
    outputs: Object.keys(node.outputs),
  };
  if (node.known) family.known = node.known;
  if (node.when !== undefined) family.when = node.when;
  if (node.given) family.given = node.given;
  if (node.guards) family.guards = node.guards;
  const checked = checkedPort(node);
  if (checked !== undefined) family.checked = checked;
  if (members) family.members = members;
  const found = registry.operator(node.operator);
  const run = 'operator' in found && found.operator.run.kind === 'whole' ? found.operator.run : undefined;
  const words = run?.datasetWords?.(node.args) ?? [];
  if (words.length > 0) family.datasets = catalogue(facts, words);
  const count = Math.max(0, ...family.inputs.map(({ refs }) => refs.length));
  const names = run?.usesNames?.(node.args, count)
    ? family.inputs.map(({ refs }) => refs.map(({ name }) => name))
    : [];
  if (run?.choice) family.choice = true;
  plan.families.push(family);

  for (const [port, output] of Object.entries(node.outputs)) {
    const base = (inputs: Json): Json => {
      const key: Json[] = ['task', node.operator, node.semantics, identityOf(registry, node), inputs, port];
      return names.length > 0 || family.datasets ? [...key, names, family.datasets ?? null] : key;
    };
    const product = {
      node: node.id,
      port,
      type: output.type === 'rows' ? 'table' : output.type,
      task: node.id,
    };
    if (members) {
      const [first, ...others] = contents;
      members.forEach((member, index) => {
        const inputs: Json = [[first![0], [first![1][index]!]], ...others];
        plan.products.push({ ...product, member, name: member, key: contentKey(base(inputs)) });
      });
    } else {
      // Of a choice: the key of its first input, for which another is put once it is known that this was not made.
      const chosen = run?.choice ? family.inputs[0]?.refs[0] : undefined;
      const same = chosen && findProduct(plan, chosen.node, chosen.port, chosen.member);
      const key = same?.key ?? contentKey(base(contents));
      plan.products.push({ ...product, name: productName(node, port), key });
    }
  }
}
