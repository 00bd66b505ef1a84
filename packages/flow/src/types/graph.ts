/** The logical plan: operators and typed data edges. Datasets, regions and variations are labels, never copies of nodes. */
import type { Guard } from './definition.ts';
import type { Json, JsonObject } from './json.ts';

export interface Graph {
  format: 1;
  name: string;
  /** In an order in which every node comes after what it reads. */
  nodes: GraphNode[];
  /** Every stream of rows, by the output it starts at: `events.rows`. */
  streams: Record<string, Stream>;
  limit?: { rows?: number; partitions?: number };
  /** Functions for expressions. */
  functions?: JsonObject;
}

export type NodeKind = 'source' | 'row-wise' | 'batch' | 'whole';

export interface GraphNode {
  /** The task's name; with a matrix `scan-20-tight`. */
  id: string;
  task: string;
  matrix?: JsonObject;
  /** Pack and name: `data.hist`. */
  operator: string;
  semantics: number;
  kind: NodeKind;
  /** Normalised: by name, defaults filled in. */
  args: Json;
  /** What the survey found out about files that the arguments name. */
  known?: JsonObject;
  inputs: GraphInput[];
  outputs: Record<string, GraphOutput>;
  /** Row-wise: what it does to the stream, in the words of the stream's type. */
  steps?: StreamStep[];
  /** Datasets for which the node is left out and its stream passes unchanged. */
  omit?: string[];
  /** A condition on results, decided when the task's turn comes. */
  when?: string;
  /** Values of the config that the condition names. */
  given?: JsonObject;
  /** Conditions on the outcomes of other nodes. */
  guards?: Guard[];
  /** What fails with it fails alone: its rows are read in a segment of this name. */
  apart?: string;
  /** What it makes must be stored already (`--from`). */
  expected?: boolean;
  /** Other keywords that run time needs: retry, timeout, allow_failure, resources, cache, tags, stage, description, env. */
  control: JsonObject;
  /** Fields read (name → node that makes it, or the source) and made. For people and lineage. */
  reads?: Record<string, string>;
  makes?: string[];
  /** Pointer into the definition. */
  source: string;
}

export interface GraphInput {
  /** Port of the reading node. */
  port: string;
  node: string;
  output: string;
  /** One of several results of that output. */
  member?: string;
  /** A node that sees rows whole: the step that collects them. */
  fill?: { stream: string; step: string };
  /** Order only: nothing is passed. */
  order?: boolean;
  /** Made by a node that one of the guards names: its failure does not block this one, which may be left without. */
  guard?: boolean;
  optional?: boolean;
}

export interface GraphOutput {
  /** Value or stream type: `table`, `histogram`, `files`; rows are `rows`. */
  type: string;
  /** Rows: the stream and the step whose rows these are (empty: its source's rows). */
  stream?: { id: string; at: string };
  /** A result of the stream: the step that makes it. */
  fill?: { stream: string; step: string };
  /** An operator that works on each of several inputs gives one result for each, by name. */
  members?: string[];
  labels?: string[];
}

/** A step of a stream, opaque to the core but for its place in the tree. */
export interface StreamStep {
  id: string;
  from: string;
  do: string;
  [more: string]: Json;
}

export interface Stream {
  /** Of the stream: `table`. */
  type: string;
  /** Where its rows come from. */
  root:
    | { kind: 'source'; node: string; port: string }
    | {
        kind: 'batch';
        node: string;
        stream: string;
        at: string;
        /** Other streams that the node looks up, with the step that collects their rows. */
        lookups?: { port: string; stream: string; at: string }[];
      }
    | { kind: 'product'; node: string; port: string };
  /** Datasets that agree in schema and in the nodes left out. Without datasets: one variant. */
  variants: StreamVariant[];
  /** Fills that give rows to operators that see them whole, and to batch operators. */
  collects?: StreamStep[];
  /** Arguments of the source that its stream type must know (`collections`). */
  options?: JsonObject;
  /** Results that its batch operator gives beside the rows: id → port and type. */
  results?: Record<string, { port: string; type: string }>;
}

/** What the plan needs to know of one fill; the core never looks into `canonical`. */
export interface FillInfo {
  type: string;
  columns: string[];
  canonical: string;
  constants: string[];
  labels: string[];
}

export interface StreamVariant {
  datasets: string[];
  schema: Json;
  /** Steps left out for these datasets. */
  omit: string[];
  /** Every fill of the stream, by step. */
  fills: Record<string, FillInfo>;
}
