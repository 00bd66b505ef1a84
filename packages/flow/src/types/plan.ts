/**
 * The physical plan: families of like tasks. A task is named `family` or `family[i]` and can be run alone.
 * A family is one template and one list, so a plan stays small however many partitions there are.
 */

import type { Guard } from './definition.ts';
import type { StreamStep } from './graph.ts';
import type { Json, JsonObject } from './json.ts';

export interface Plan {
  format: 1;
  name: string;
  families: Family[];
  /** Every result a user can ask for. */
  products: Product[];
  /** True when `limit` took only part of the input. */
  partial?: boolean;
}

interface FamilyBase {
  id: string;
  /** Tasks in it. 1: the task is named by the family alone. */
  size: number;
  control: JsonObject;
  /** Conditions on outcomes, all of which must hold; they name single tasks and `finish` tasks. */
  guards?: Guard[];
  /** A condition on results. */
  when?: string;
  /** Values of the config that `when` names. */
  given?: JsonObject;
}

export type Family = SegmentFamily | MergeFamily | FinishFamily | SingleFamily;

/** Row-wise operators between two materialisation points, run once per partition. */
export interface SegmentFamily extends FamilyBase {
  kind: 'segment';
  source:
    | {
        operator: string;
        semantics: number;
        args: Json;
        port: string;
        /** Arguments that matter for the content of the rows. */
        identity: Json;
      }
    | { product: ProductRef; key: string };
  /** Labels of the rows: `['dataset']`, or none. */
  labels: string[];
  /** Type of the stream. */
  stream: string;
  /** The programs: the first reads the source; the others the rows of a batch operator. */
  stages: Stage[];
  variants: PlanVariant[];
  datasets: PlanDataset[];
  files: PlanFile[];
  /** A partition is all files of a dataset, from the one that it names: an operator needs the rows in one pass. */
  sequential?: boolean;
  /** `[file, part, parts]`, in the order in which they are merged. */
  partitions: [number, number, number][];
  outputs: PlanOutput[];
  limit?: { rows?: number };
}

export interface Stage {
  /** Which rows: the source's, or those that a batch operator makes from a result of an earlier stage. */
  from:
    | { kind: 'source' }
    | {
        kind: 'batch';
        stage: number;
        collect: string;
        operator: string;
        semantics: number;
        args: Json;
        known?: JsonObject;
        /** Results of other segments, whose partitions are read piece by piece. */
        lookups?: { port: string; segment: string; output: string }[];
      };
  steps: StreamStep[];
  options?: JsonObject;
  functions?: JsonObject;
}

export interface PlanDataset {
  name: string;
  labels: Record<string, string>;
  constants: JsonObject;
  /** Index into the segment's variants. */
  variant: number;
}

/** Datasets that agree in schema and in the steps left out. */
export interface PlanVariant {
  /** Schema of the rows of each stage. */
  schemas: Json[];
  /** Ids of steps left out; what came from one comes from its `from` instead. */
  omit: string[];
}

export interface PlanFile {
  dataset: number;
  path: string;
  size: number;
  identity: string;
  /** The table inside, by port, where it is not that of all files. */
  tables?: Record<string, string>;
  /** With `limit.rows`: rows that are taken of this file, from its start. */
  rows?: number;
}

/** One result of a segment. Its keys follow from its template and the partition. */
export interface PlanOutput {
  /** The step that fills it, unique in the segment. */
  id: string;
  stage: number;
  /** By dataset index: hash of everything that it depends on but the partition. */
  templates: string[];
  /** By variant: columns of its stage's rows that it reads. */
  columns: string[][];
  /** Names of the product's labels, those of the source first. */
  labels: string[];
  /** Not a product: rows that the next stage or a whole operator asks for. */
  type: string;
  /** Given by the batch operator of its stage itself: its port. */
  result?: string;
}

/** Adds up partial results of one segment, dataset by dataset, in blocks of 16. */
export interface MergeFamily extends FamilyBase {
  kind: 'merge';
  segment: string;
  /** 1 adds up partitions, the next adds up blocks of the one before. A dataset with one partition has no block. */
  level: number;
  /** `[first, last)` partition of each block, in order. */
  blocks: [number, number][];
}

/** Makes the products of a segment from what each dataset gave. */
export interface FinishFamily extends FamilyBase {
  kind: 'finish';
  segment: string;
  /** What is asked of products, by segment output: values of `check`. */
  checks?: Record<string, Json>;
}

/** One task for a node that sees its inputs whole. */
export interface SingleFamily extends FamilyBase {
  kind: 'single';
  node: string;
  operator: string;
  semantics: number;
  args: Json;
  known?: JsonObject;
  inputs: {
    port: string;
    refs: ProductRef[];
    optional?: boolean;
    /** Optional because of a guard: without any of them the task is skipped, where its operator needs one. */
    guard?: boolean;
  }[];
  /** Tasks it waits for without reading them. */
  after: string[];
  /** Its result is the first of its inputs that was made, under that one's key. */
  choice?: boolean;
  /** The output that `check` of its keywords looks at. */
  checked?: string;
  outputs: string[];
  /** Called once for each member of its first port. */
  members?: string[];
  /** Dataset → the words of the catalogue that the operator reads. */
  datasets?: Record<string, JsonObject>;
}

/** `name` is what a reader calls it: the task, or `task_port`. */
export interface ProductRef {
  node: string;
  port: string;
  member?: string;
  name: string;
  /** Matrix values of the node that made it. */
  keys?: JsonObject;
}

export interface Product extends ProductRef {
  type: string;
  /** Content key. */
  key: string;
  /** Task that makes it. */
  task: string;
  /** The segment output behind it. */
  output?: string;
  /** Rows that only another task asks for: not shown, not published. */
  hidden?: boolean;
  /** It must be stored already where anything needs it, and is not made for its own sake (`--from`). */
  expected?: boolean;
}
