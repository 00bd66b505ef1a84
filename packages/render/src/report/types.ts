import type { Definition, Event, Facts, Graph, Json, Outcome, Plan, TaskError } from '@fasthep/flow';
import type { TableView } from '../figure/table.ts';

/** Reads the files of a finished run directory; `runReader` of `@fasthep/flow/node` is one. */
export interface RunDirectoryReader {
  path?: string;
  /** A file's text, or undefined where there is none. */
  text(name: string): string | undefined;
}

/** One entry of `products.json`: what the run made, and its files. */
export interface ProductEntry {
  name: string;
  node: string;
  port: string;
  type: string;
  files: string[];
}

/** A config as it is written: values and the place of each. */
export interface ConfigFile {
  value: Json;
  origins: Record<string, OriginFile>;
  overrides?: string[];
}

/** A place in a file, and the places it beat. */
export interface OriginFile {
  file: string;
  line: number;
  column: number;
  word?: string;
  via?: OriginFile[];
}

/** What `provenance.json` says, as far as the report shows it. */
export interface ProvenanceFile {
  workflow?: string;
  command?: string[];
  folder?: string;
  commit?: string;
  versions?: Record<string, string>;
  host?: Record<string, string | number>;
  started?: string;
  ended?: string;
  milliseconds?: number;
  outcome?: string;
  tasks?: Record<string, number>;
  rows?: number;
  bytes?: number;
  inputs?: { dataset?: string; path: string; size: number; identity: string }[];
}

/** Time and work of one family of tasks. */
export interface Timing {
  family: string;
  kind: string;
  outcome: Outcome | 'running';
  tasks: number;
  reused: number;
  /** Sum over its tasks, and from first start to last end. */
  milliseconds: number;
  from?: number;
  to?: number;
  rows: number;
  bytes: number;
  errors: { task: string; error: TaskError }[];
}

/** Everything that a report shows. */
export interface ReportData {
  name: string;
  path?: string;
  outcome: string;
  partial: boolean;
  provenance: ProvenanceFile;
  config?: ConfigFile;
  definition?: Definition;
  graph?: Graph;
  plan?: Plan;
  facts?: Facts;
  events: Event[];
  timings: Timing[];
  /** By graph node. */
  outcomes: Record<string, Outcome>;
  nodeTimings: Record<string, Timing[]>;
  products: ProductEntry[];
  tables: { product: ProductEntry; table: TableView; more: number }[];
  figures: { name: string; file: string; svg: string; json?: string }[];
  warnings: { level: string; message: string; task?: string }[];
  /** Files that should be there and could not be read. */
  problems: string[];
}
