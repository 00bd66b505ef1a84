/** Row-wise operators between two materialisation points become one segment with many results. */
import type { Facts } from '../types/facts.ts';
import type { FillInfo, Graph, GraphNode, Stream } from '../types/graph.ts';
import type { Json, JsonObject } from '../types/json.ts';
import type { PlanDataset, PlanOutput, PlanVariant, Product, SegmentFamily, Stage } from '../types/plan.ts';
import type { BatchRun, Registry } from '../types/plugin.ts';
import { contentKey } from './keys.ts';
import { lookupKey } from './lookup.ts';
import { type Limit, partitionFiles } from './partition.ts';

export interface SegmentOptions {
  partitionSize: number;
  limit: Limit;
}

/** A root stream with the streams that batch operators make of it, parents first. */
function stageStreams(graph: Graph, root: string): string[] {
  const ids = [root];
  for (const [id, stream] of Object.entries(graph.streams)) {
    if (stream.root.kind === 'batch' && ids.includes(stream.root.stream)) ids.push(id);
  }
  return ids;
}

/** The stream that opens data or a product, above all batch operators. */
export function rootOf(graph: Graph, id: string): string {
  const { root } = graph.streams[id]!;
  return root.kind === 'batch' ? rootOf(graph, root.stream) : id;
}

const nodeOf = (graph: Graph, id: string): GraphNode => graph.nodes.find((node) => node.id === id)!;

/** What is planned already: the product at which a stream starts, the segments whose rows are looked up. */
export interface Before {
  product?: Product;
  segment(root: string): SegmentFamily | undefined;
}

/** The segment of a root stream, or nothing when it has no result. */
export function planSegment(
  graph: Graph,
  root: string,
  facts: Facts,
  registry: Registry,
  options: SegmentOptions,
  before: Before,
): SegmentFamily | undefined {
  const stream = graph.streams[root]!;
  const streams = stageStreams(graph, root);
  const source = nodeOf(graph, stream.root.node);
  const fromSource = stream.root.kind === 'source';
  const port = stream.root.kind === 'batch' ? '' : stream.root.port;
  const sourceFacts = facts.sources[source.id];
  const operator = registry.operator(source.operator);
  if ('problem' in operator) throw new Error(operator.problem.message);

  const datasets = fromSource
    ? sourceFacts!.datasets.map((dataset) => ({
        name: dataset.labels.dataset ?? '',
        labels: dataset.labels,
        constants: dataset.constants,
        variant: 0,
      }))
    : [{ name: '', labels: {}, constants: {}, variant: 0 }];

  const groups = variantGroups(
    graph,
    streams,
    datasets.map((dataset) => dataset.name),
  );
  groups.forEach((group, variant) => {
    for (const index of group.datasets) datasets[index]!.variant = variant;
  });

  const { product } = before;
  const sequential = fromSource && streams.some((id) => needsOnePass(graph, id, registry));
  const stages = streams.map((id): Stage => stageOf(graph, id, streams));
  const outputs: PlanOutput[] = [];
  streams.forEach((id, stage) => {
    for (const step of Object.keys(allFills(graph.streams[id]!))) {
      if (isStageInput(graph, streams, id, step) || isUnasked(graph, id, step, registry)) continue;
      outputs.push(outputOf(graph, registry, streams, stage, step, groups, datasets, before));
    }
  });
  if (outputs.length === 0) return undefined;

  const run = operator.operator.run;
  const { files, partitions } = fromSource
    ? partitionFiles(sourceFacts!, port, options.partitionSize, options.limit)
    : {
        files: [{ dataset: 0, path: '', size: 0, identity: '' }],
        partitions: [[0, 0, 1] as [number, number, number]],
      };
  const onePerDataset = files.flatMap((file, at): [number, number, number][] =>
    files[at - 1]?.dataset === file.dataset ? [] : [[at, 0, 1]],
  );
  return {
    id: root,
    kind: 'segment',
    size: sequential ? onePerDataset.length : partitions.length,
    control: source.control,
    source: fromSource
      ? {
          operator: source.operator,
          semantics: source.semantics,
          args: source.args,
          port,
          identity: run.kind === 'source' && run.identity ? run.identity(source.args) : source.args,
        }
      : { product: { node: product!.node, port: product!.port, name: product!.name }, key: product!.key },
    labels: Object.keys(datasets[0]?.labels ?? {}),
    stream: stream.type,
    stages,
    variants: groups.map(({ schemas, omit }): PlanVariant => ({ schemas, omit })),
    datasets,
    files,
    partitions: sequential ? onePerDataset : partitions,
    outputs,
    ...(sequential ? { sequential } : {}),
    ...(options.limit.rows === undefined ? {} : { limit: { rows: options.limit.rows } }),
  };
}

interface Group extends PlanVariant {
  datasets: number[];
  /** Variant of each stage's stream. */
  indices: number[];
}

/** Datasets that have the same variant in every stage. */
function variantGroups(graph: Graph, streams: string[], names: string[]): Group[] {
  const groups = new Map<string, Group>();
  names.forEach((name, dataset) => {
    const indices = streams.map((id) => {
      const { variants } = graph.streams[id]!;
      return variants.length === 1 ? 0 : variants.findIndex((variant) => variant.datasets.includes(name));
    });
    const known = groups.get(indices.join());
    if (known) known.datasets.push(dataset);
    else {
      const variants = indices.map((index, stage) => graph.streams[streams[stage]!]!.variants[index]!);
      groups.set(indices.join(), {
        datasets: [dataset],
        indices,
        schemas: variants.map((variant) => variant.schema),
        omit: variants.flatMap((variant) => variant.omit),
      });
    }
  });
  return [...groups.values()];
}

function stageOf(graph: Graph, id: string, streams: string[]): Stage {
  const stream = graph.streams[id]!;
  const steps = graph.nodes.flatMap((node) => [
    ...(node.steps ?? []).filter(() => streamOf(graph, node) === id),
  ]);
  const stage: Stage = { from: { kind: 'source' }, steps: [...steps, ...(stream.collects ?? [])] };
  if (stream.options) stage.options = stream.options;
  if (graph.functions) stage.functions = graph.functions;
  if (stream.root.kind === 'batch') {
    const node = nodeOf(graph, stream.root.node);
    stage.from = {
      kind: 'batch',
      stage: streams.indexOf(stream.root.stream),
      collect: stream.root.at,
      operator: node.operator,
      semantics: node.semantics,
      args: node.args,
    };
    if (node.known) stage.from.known = node.known;
    const lookups = stream.root.lookups?.map(({ port, stream: other, at }) => ({
      port,
      segment: rootOf(graph, other),
      output: at,
    }));
    if (lookups) stage.from.lookups = lookups;
  }
  return stage;
}

/** The stream that a row-wise node's steps belong to: that of its input. */
function streamOf(graph: Graph, node: GraphNode): string | undefined {
  for (const input of node.inputs) {
    const id = input.order ? undefined : nodeOf(graph, input.node).outputs[input.output]?.stream?.id;
    if (id) return id;
  }
  return undefined;
}

function allFills(stream: Stream): Record<string, FillInfo> {
  return Object.assign({}, ...stream.variants.map((variant) => variant.fills)) as Record<string, FillInfo>;
}

function isStageInput(graph: Graph, streams: string[], id: string, step: string): boolean {
  return streams.some((other) => {
    const { root } = graph.streams[other]!;
    return root.kind === 'batch' && root.stream === id && root.at === step;
  });
}

/** Labels of a product: those of the source, then those that any variant has, regions before the variation. */
function labelsOf(source: readonly string[], infos: readonly (FillInfo | undefined)[]): string[] {
  const all = new Set([...source, ...infos.flatMap((info) => info?.labels ?? [])]);
  const last = all.delete('variation') ? ['variation'] : [];
  return [...all, ...last];
}

function outputOf(
  graph: Graph,
  registry: Registry,
  streams: string[],
  stage: number,
  step: string,
  groups: Group[],
  datasets: SegmentFamily['datasets'],
  before: Before,
): PlanOutput {
  const stream = graph.streams[streams[stage]!]!;
  const type = registry.stream(stream.type)!;
  const owner = graph.nodes.find((node) => node.steps?.some((one) => one.id === step));
  const infos = groups.map((group) => stream.variants[group.indices[stage]!]!.fills[step]);
  const base: Json[] = [type.name, type.semantics, owner ? [owner.operator, owner.semantics] : null];
  // A batch operator's rows depend on what it collected and looked up, and so on up to the source.
  const first = infos.find((info) => info !== undefined)!;
  return {
    id: step,
    stage,
    type: first.type,
    labels: labelsOf(Object.keys(datasets[0]?.labels ?? {}), infos),
    ...(stream.results?.[step] ? { result: stream.results[step].port } : {}),
    columns: infos.map((info) => info?.columns ?? []),
    templates: datasets.map((dataset) => {
      const info = infos[dataset.variant];
      if (!info) return '';
      return contentKey([
        'fill',
        ...base,
        info.canonical,
        constantsOf(info, dataset),
        viaOf(graph, registry, streams, stage, groups[dataset.variant]!, dataset, before),
      ]);
    }),
  };
}

/** What the constants that a fill uses are for one dataset. */
function constantsOf(info: FillInfo, { constants, labels }: PlanDataset): Json[][] {
  return info.constants.map((name) => [name, constant(constants, labels, name)]);
}

/** `dataset.xsec` → its value for one dataset. */
function constant(constants: JsonObject, labels: Record<string, string>, name: string): Json {
  const path = name.split('.');
  let value: Json | undefined = { dataset: { ...constants, name: labels.dataset ?? constants.name ?? null } };
  for (const part of path) {
    value = value !== null && typeof value === 'object' && !Array.isArray(value) ? value[part] : undefined;
  }
  return value ?? null;
}

/** What of a node's arguments and of the files that they name its results depend on. */
export function identityOf(registry: Registry, node: GraphNode): Json {
  const found = registry.operator(node.operator);
  if ('problem' in found || !found.operator.identity) return node.args;
  return found.operator.identity(node.args, node.known ?? {});
}

function batchRun(graph: Graph, id: string, registry: Registry): [GraphNode, BatchRun] | undefined {
  const { root } = graph.streams[id]!;
  if (root.kind !== 'batch') return undefined;
  const node = nodeOf(graph, root.node);
  const found = registry.operator(node.operator);
  return 'operator' in found && found.operator.run.kind === 'batch' ? [node, found.operator.run] : undefined;
}

function needsOnePass(graph: Graph, id: string, registry: Registry): boolean {
  const [node, run] = batchRun(graph, id, registry) ?? [];
  return run?.sequential?.(node!.args) ?? false;
}

/** A result of a batch operator that no node reads, and that is no product by itself. */
function isUnasked(graph: Graph, id: string, step: string, registry: Registry): boolean {
  const result = graph.streams[id]!.results?.[step];
  const [node, run] = result ? (batchRun(graph, id, registry) ?? []) : [];
  if (!node || run?.results?.unasked?.(node.args, node.known ?? {}) !== false) return false;
  return !graph.nodes.some(({ inputs }) =>
    inputs.some((input) => input.node === node.id && input.output === result!.port),
  );
}

function viaOf(
  graph: Graph,
  registry: Registry,
  streams: string[],
  stage: number,
  group: Group,
  dataset: PlanDataset,
  before: Before,
): Json[] {
  const { root } = graph.streams[streams[stage]!]!;
  if (root.kind !== 'batch') return [];
  const node = nodeOf(graph, root.node);
  const parent = streams.indexOf(root.stream);
  const fill = graph.streams[root.stream]!.variants[group.indices[parent]!]!.fills[root.at];
  return [
    node.operator,
    node.semantics,
    identityOf(registry, node),
    fill?.canonical ?? null,
    fill ? constantsOf(fill, dataset) : [],
    viaOf(graph, registry, streams, parent, group, dataset, before),
    (root.lookups ?? []).map(({ port, stream, at }) => [
      port,
      lookupKey(before.segment(rootOf(graph, stream)), at, dataset.name),
    ]),
  ];
}
