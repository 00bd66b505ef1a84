/** Streams while a graph is being built: the steps of all row-wise nodes, and what the stream's type says of them. */
import type { DatasetFacts } from '../types/facts.ts';
import type { FillInfo, Stream, StreamStep, StreamVariant } from '../types/graph.ts';
import type { Json, JsonObject } from '../types/json.ts';
import type { StreamInfo, StreamType } from '../types/plugin.ts';

export interface StreamBuild {
  id: string;
  type: StreamType;
  root: Stream['root'];
  datasets: DatasetFacts[];
  /** Schema of the root's rows for a dataset, by its index. */
  schemaOf(dataset: number): Json;
  /** Datasets that differ in it have other rows, whatever their files hold: variants of the streams above. */
  above?(dataset: number): number[];
  steps: StreamStep[];
  /** Step → node that named it. */
  owner: Map<string, string>;
  /** Step → pairs of path prefixes, in the step and in the node's arguments. */
  places: Map<string, [string, string][]>;
  /** Steps that are no operator's own: the rows that a node asks for. */
  collects: Set<string>;
  /** Node → indices of datasets for which it is left out. */
  omitted: Map<string, Set<number>>;
  options?: JsonObject;
  /** What its batch operator gives beside the rows. */
  results?: NonNullable<Stream['results']>;
}

/** A variant with what analysis gave. */
export interface AnalysedVariant {
  datasets: number[];
  schema: Json;
  omit: string[];
  info: StreamInfo;
}

/** Steps without those left out; what came from one of these comes from its `from` instead. */
export function keptSteps(steps: readonly StreamStep[], omit: readonly string[]): StreamStep[] {
  if (omit.length === 0) return [...steps];
  const dropped = new Map(steps.filter((step) => omit.includes(step.id)).map((step) => [step.id, step.from]));
  const source = (id: string): string => (dropped.has(id) ? source(dropped.get(id)!) : id);
  return steps.filter((step) => !dropped.has(step.id)).map((step) => ({ ...step, from: source(step.from) }));
}

/** Groups the datasets by schema and omitted nodes, and has each group's program analysed once. */
export function analyseStream(stream: StreamBuild, functions: JsonObject | undefined): AnalysedVariant[] {
  const groups = new Map<string, { datasets: number[]; schema: Json; omit: string[] }>();
  stream.datasets.forEach((facts, index) => {
    const nodes = [...stream.omitted].filter(([, datasets]) => datasets.has(index)).map(([node]) => node);
    const key = JSON.stringify([facts.schema, nodes, stream.above?.(index)]);
    const group = groups.get(key);
    if (group) group.datasets.push(index);
    else {
      const omit = stream.steps
        .filter((step) => nodes.includes(stream.owner.get(step.id) ?? ''))
        .map((step) => step.id);
      groups.set(key, { datasets: [index], schema: stream.schemaOf(index), omit });
    }
  });
  return [...groups.values()].map((group) => ({
    ...group,
    info: stream.type.analyse({
      schema: group.schema,
      steps: keptSteps(stream.steps, group.omit),
      constants: stream.datasets[group.datasets[0]!]!.constants,
      options: stream.options,
      functions,
    }),
  }));
}

/** The stream as it stands in the graph. */
export function finishedStream(stream: StreamBuild, variants: AnalysedVariant[]): Stream {
  const collects = stream.steps.filter((step) => stream.collects.has(step.id));
  return {
    type: stream.type.name,
    root: stream.root,
    ...(collects.length > 0 ? { collects } : {}),
    options: stream.options,
    ...(Object.keys(stream.results ?? {}).length > 0 ? { results: stream.results } : {}),
    variants: variants.map((variant): StreamVariant => {
      const fills: Record<string, FillInfo> = {};
      for (const [step, fill] of Object.entries(variant.info.outputs)) {
        fills[step] = {
          type: fill.type,
          columns: [...fill.columns].sort(),
          canonical: fill.canonical,
          constants: [...(fill.constants ?? [])].sort(),
          labels: fill.labels,
        };
      }
      // They depend on nothing but the operator and its rows, which the plan adds.
      for (const [id, { port, type }] of Object.entries(stream.results ?? {})) {
        fills[id] = { type, columns: [], canonical: port, constants: [], labels: [] };
      }
      return {
        datasets: variant.datasets.map((index) => datasetName(stream.datasets[index]!)),
        schema: variant.schema,
        omit: variant.omit,
        fills,
      };
    }),
  };
}

/** What messages and plans call a dataset; a source without datasets has one without a name. */
export function datasetName(facts: Pick<DatasetFacts, 'labels'>): string {
  return facts.labels.dataset ?? '';
}
