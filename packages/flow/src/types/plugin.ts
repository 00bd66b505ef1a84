/**
 * The kinds of plug-ins. What is here is all that the shipped packs use, and all that anyone else needs:
 * `definePlugin({ name, operators: [...] })`, found by `use:`, a config key, or the command line.
 */
import type { Config } from '@fasthep/config';
import type { Explanation } from '../errors/codes/explanation.ts';
import type { Definition } from './definition.ts';
import type { Event } from './events.ts';
import type { DatasetFacts, Facts, FileFacts, SourceFacts } from './facts.ts';
import type { Graph, StreamStep } from './graph.ts';
import type { Json, JsonObject, JsonSchema } from './json.ts';
import type { Plan } from './plan.ts';
import type { Problem } from './problem.ts';
import type { Store } from './store.ts';

export interface Plugin {
  /** The pack's name: `data` makes `data.hist`, and `hist` where no other pack has one. */
  name: string;
  /** Pages of the error codes that its parts use, for `fasthep-flow explain CODE`. */
  explanations?: Readonly<Record<string, Explanation>>;
  operators?: Operator[];
  types?: ValueType[];
  streams?: StreamType[];
  formats?: unknown[];
  syntaxes?: Syntax[];
  validators?: Validator[];
  extensions?: Extension[];
  interpreters?: Interpreter[];
  backends?: Backend[];
  exporters?: Exporter[];
  stores?: StoreKind[];
  hooks?: Hook[];
}

/* ---- operators ---- */

export interface Port {
  /** `rows` (a stream), or value types: `histogram`, `table`, `report`, `files`, `any`; several: any of them. */
  type: string | string[];
  doc?: string;
  optional?: boolean;
  /** Takes several products; they keep their names. */
  many?: boolean;
}

export interface Operator {
  name: string;
  /** Raised when the same arguments and inputs give another result. Part of every content key. */
  semantics: number;
  /** One line; then, after a blank line, more. Help, hover texts and manual are made from it. */
  doc: string;
  /** YAML of one task body, for completion and the manual. */
  examples?: string[];
  /** The parameter that a bare text or list stands for. */
  main?: string;
  /** Takes a map of the user's own names and nothing else; `parameters` then describes one value. */
  map?: boolean;
  /** JSON Schema of the arguments (type object), or of each value when `map`. */
  parameters: JsonSchema;
  /** Deprecated or short forms: arguments as written → by name. Called before validation; must leave its own result as it is. */
  normalise?(args: Json): Json;
  inputs: Record<string, Port>;
  /** Fixed, or following from the arguments (one port per cut, per tree). */
  outputs: Record<string, Port> | ((args: Json) => Record<string, Port>);
  /**
   * What must be known of files that the arguments name, other than data: a user's code, with its hash. Asked once,
   * by `survey`; stands beside the arguments wherever these go, as `known`.
   */
  facts?(args: Json, context: SurveyContext): Promise<{ facts: JsonObject; problems: ArgumentProblem[] }>;
  /** Of arguments and facts, what results depend on (a file's hash, not its path). All arguments, when absent. */
  identity?(args: Json, known: JsonObject): Json;
  run: SourceRun | RowWiseRun | BatchRun | WholeRun;
  /** False for what does not repeat (a shell command): its results are never reused. */
  pure?: boolean;
}

/** A problem of an operator's arguments; `path` leads into them, `span` into that text. */
export interface ArgumentProblem {
  code?: string;
  message: string;
  help?: string;
  path?: (string | number)[];
  span?: [number, number];
  severity?: 'error' | 'warning';
}

/** Opens data. */
export interface SourceRun {
  kind: 'source';
  /** Type of stream that every output port gives. */
  stream: string;
  /** Looks at files once: identities, one schema per dataset, sizes. `remember` is the survey's memory. */
  survey(args: Json, context: SurveyContext): Promise<{ facts: SourceFacts; problems: ArgumentProblem[] }>;
  /** Options that the stream type must know (`collections`). */
  options?(args: Json): JsonObject;
  /** Arguments that matter for the content of rows; names and paths do not. */
  identity?(args: Json): Json;
  /** Rows of part `part` of `parts` of a file. Fails when the file is not the one that was surveyed. */
  open(args: Json, request: OpenRequest): Promise<RowReader>;
}

export interface SurveyContext {
  /** Relative paths start in the folder of the file that says them; `at` leads to the text in the arguments. */
  resolve(path: string, at?: readonly (string | number)[]): string;
  /** The facts that an earlier survey made of this very file (same path, size, mtime, inode), or undefined. */
  recall(path: string): Promise<JsonObject | undefined>;
  remember(path: string, facts: JsonObject): Promise<void>;
  registry: Registry;
  signal?: AbortSignal;
}

export interface OpenRequest {
  port: string;
  file: FileFacts;
  dataset: Pick<DatasetFacts, 'labels' | 'constants'>;
  part: number;
  parts: number;
  columns: readonly string[];
  /** First rows of the dataset's file only. */
  rows?: number;
  registry: Registry;
  signal?: AbortSignal;
}

/** Batches of rows in file order. How many rows a batch has must not show in a result. */
export interface RowReader {
  /** Rows in all, where known. */
  rows?: number;
  /** Rows of all parts of the file, where known; `OpenRequest.rows` does not shorten them. */
  entries?: number;
  batches(): AsyncIterable<{
    batch: unknown;
    rows: number;
    bytes: number;
    /** Number of its first row among those of all parts of the file. */
    first?: number;
  }>;
  close(): Promise<void>;
}

/** Names the steps of a stream type; the core fuses the steps of all row-wise operators of a segment. */
export interface RowWiseRun {
  kind: 'row-wise';
  stream: string;
  /** What its schema cannot say of the arguments. */
  check?(args: Json): ArgumentProblem[];
  steps(args: Json, context: StepContext): RowWiseSteps;
}

export interface StepContext {
  /** The step whose rows this operator sees. */
  input: string;
  /** A step id of this operator's own: `id('trigger')`. */
  id(local: string): string;
  /** The name of the node, for labels named after the task. */
  node: string;
}

export interface RowWiseSteps {
  steps: StreamStep[];
  /** Output port → step whose rows it gives, or fill step whose result it gives. */
  outputs: Record<string, string>;
  /** For messages: step id → pairs of path prefixes, in the step and in the arguments (joined by '/'). */
  places?: Record<string, [string, string][]>;
}

/** An opaque function of some rows to some rows; each batch on its own. */
export interface BatchRun {
  kind: 'batch';
  stream: string;
  /** Fields it reads (all, when absent), and the schema of what it gives. */
  schema(
    args: Json,
    schema: Json,
    lookups: Readonly<Record<string, LookupSchema>>,
    known: JsonObject,
  ): BatchSchema;
  apply(args: Json, batch: unknown, context: BatchContext): unknown | Promise<unknown>;
  /** Called once for each partition, instead of `apply` for each batch: what keeps a state between batches. */
  start?(args: Json, context: Omit<BatchContext, 'place'>): BatchWork | Promise<BatchWork>;
  /** Whether all rows of a dataset go through one `start`, in order: a dataset is then one partition. */
  sequential?(args: Json): boolean;
  /** Its output ports that are no rows: what `finish` gave for each partition, added up. */
  results?: BatchResults;
}

/** The rows of one partition, batch by batch. */
export interface BatchWork {
  push(batch: unknown, place?: BatchContext['place']): unknown | Promise<unknown>;
  /** Partial results by port. */
  finish?(): Record<string, Uint8Array> | Promise<Record<string, Uint8Array>>;
}

export interface BatchResults {
  /** Whether it is a product although no task reads it; it always is one, when absent. */
  unasked?(args: Json, known: JsonObject): boolean;
  /** Partial results of one port, in order. */
  merge(
    args: Json,
    port: string,
    parts: readonly Uint8Array[],
    context: TaskContext,
  ): Uint8Array | Promise<Uint8Array>;
  /** The product from what each dataset gave. */
  assemble(
    args: Json,
    port: string,
    parts: readonly { labels: Record<string, string>; bytes: Uint8Array }[],
    context: TaskContext,
  ): unknown | Promise<unknown>;
}

/** What a batch operator makes of the rows that it gets. */
export interface BatchSchema {
  /** Fields it reads itself, of a lookup as `port/field`; all, when absent. */
  reads?: string[];
  schema: Json;
  /** Field that it gives → where it comes from (a lookup port, or its own rows), unless that is the field of the same name of its rows. */
  from?: Record<string, { port?: string; field: string }>;
  problems: ArgumentProblem[];
}

/** Rows that a batch operator looks up (every port but its first), as the interpreter knows them. */
export interface LookupSchema {
  schema: Json;
  /** Every row of the source is there, in its order. */
  whole: boolean;
}

export interface BatchContext extends TaskContext {
  /** Other streams that the operator reads, by port. */
  lookups: Readonly<Record<string, Lookup>>;
  /** File of the batch, by its index in the dataset, the number of its first row there, and the rows of the file; undefined once rows were dropped or made. */
  place?: { file: number; first: number; entries: number };
}

/** Rows of another stream of the same dataset, piece by piece: they need not be in memory at once. */
export interface Lookup {
  /** For messages: `source.truth`. */
  name: string;
  /** Content key of all of it: what is derived from it can be kept under this. */
  key: string;
  /** In order; of one file (its index in the dataset), or of all. */
  pieces(file?: number): AsyncIterable<{ batch: unknown; file: number }>;
}

/** Sees its inputs whole. */
export interface WholeRun {
  kind: 'whole';
  /** Called once for each product of its first port, and gives as many. */
  each?: boolean;
  /** Gives the first input of its first port that was made, unchanged; `apply` is not called. */
  choice?: boolean;
  /** Fields of the rows that it needs, where a port takes rows; absent or undefined: all. */
  fields?(args: Json): string[] | undefined;
  /** Words of the catalogue that it reads (`kind`, `xsec`): `context.datasets` holds them, and they enter the content key. */
  datasetWords?(args: Json): string[];
  /** Whether the names of its inputs show in the result (a legend), so that they enter the content key. */
  usesNames?(args: Json, inputs: number): boolean;
  /** Checks arguments against what the inputs are. */
  check?(args: Json, inputs: Record<string, { name: string; type: string }[]>): ArgumentProblem[];
  apply(
    args: Json,
    inputs: Record<string, NamedValue[]>,
    context: TaskContext,
  ): Promise<Record<string, unknown>> | Record<string, unknown>;
}

export interface NamedValue {
  /** What the user calls it. Must not enter the result; files may hold the placeholder `{task}`. */
  name: string;
  type: string;
  value: unknown;
  /** Of an instance of a matrix: its values, which tell several inputs apart. */
  keys?: JsonObject;
}

export interface TaskContext {
  registry: Registry;
  signal?: AbortSignal;
  log(message: string, level?: 'info' | 'warning'): void;
  /** For whole operators: dataset → the words that `datasetWords` asked for. */
  datasets?: Readonly<Record<string, JsonObject>>;
  /** What the survey found out with the operator's `facts`. */
  known?: JsonObject;
}

/* ---- types ---- */

/** A value that travels between tasks. */
export interface ValueType<T = unknown> {
  name: string;
  doc?: string;
  /** Deterministic: equal values give equal bytes. */
  encode(value: T): Uint8Array | Promise<Uint8Array>;
  decode(bytes: Uint8Array): T | Promise<T>;
  /** What is put into the run directory for a product of this type: file name endings and contents. */
  files?(value: T): Promise<PublishedFile[]> | PublishedFile[];
  /** A field of the value for conditions on results (`fit.chi2`, `generated.sumw`). */
  field?(value: T, path: readonly string[]): Json | undefined;
}

/** `name` may hold `{task}`, filled in when published. For products it is an ending: `.csv`. */
export interface PublishedFile {
  name: string;
  bytes: Uint8Array;
  /** For files made from several products: which of them `{task}` is, by index of the first port. */
  member?: number;
}

/** A type of stream: what its steps mean, and how many of them run as one. */
export interface StreamType {
  name: string;
  /** Raised when the same steps on the same rows give another result. Part of every content key. */
  semantics: number;
  /** Types, names, what is read: opens nothing. */
  analyse(program: StreamProgram): StreamInfo;
  /** A fill that gives the rows as they are at `from`. With `some`: only those of `fields` that a dataset has. */
  collect(id: string, from: string, fields?: readonly string[], some?: boolean): StreamStep;
  /** Schema of rows of several datasets put together; without it that of the first. */
  together?(schemas: readonly Json[]): Json;
  start(
    program: StreamProgram,
    outputs: readonly string[],
    context: TaskContext,
  ): StreamRun | Promise<StreamRun>;
  /** Partial results of one fill, in order. */
  merge(step: StreamStep, parts: readonly Uint8Array[]): Promise<Uint8Array> | Uint8Array;
  /** The product of one fill from what each dataset gave (bytes as `finish` of a run gave them, or merged). */
  assemble(
    step: StreamStep,
    parts: readonly { labels: Record<string, string>; bytes: Uint8Array }[],
    labels: readonly string[],
  ): Promise<unknown> | unknown;
  /** Batches of rows from a product (a table), so that a stream can go on from it. */
  rows(value: unknown): {
    schema: Json;
    read(columns: readonly string[]): AsyncIterable<{ batch: unknown; rows: number; bytes: number }>;
  };
}

export interface StreamProgram {
  schema: Json;
  steps: StreamStep[];
  constants?: JsonObject;
  options?: JsonObject;
  functions?: JsonObject;
}

export interface StreamInfo {
  problems: {
    step: string;
    path: (string | number)[];
    span?: [number, number];
    code: string;
    message: string;
    help?: string;
    severity?: 'error' | 'warning';
  }[];
  /**
   * Each fill: the type of its product, the source columns it reads, and a canonical description of all it
   * depends on. Constants stand in it by name; `constants` lists those it uses, so that their values enter
   * the content key of each dataset.
   */
  outputs: Record<
    string,
    {
      type: string;
      columns: string[];
      canonical: string;
      constants?: string[];
      labels: string[];
      /** Of a collect: its fields, and whether every row of the source is there. */
      schema?: Json;
      whole?: boolean;
    }
  >;
  /** Each step: fields read, as `name` or `name@step`; fields made. */
  fields: Record<string, { reads: string[]; makes: string[] }>;
}

export interface StreamRun {
  push(batch: unknown): void | Promise<void>;
  /** Partial results as bytes; `collect` results of other stages as batches through `drain`. */
  finish(): Promise<Record<string, Uint8Array>> | Record<string, Uint8Array>;
  /** Rows collected since the last call by a fill made with `collect`, for the next stage. */
  drain?(output: string): unknown | undefined;
}

/* ---- language ---- */

/** Config → Definition, and back where it can. */
export interface Syntax {
  name: string;
  /** 0…1: how sure it is, from the document's shape. */
  recognises(value: Json): number;
  /** `load` composes another file that this one names (relative to it); throws ConfigErrors. */
  read(
    config: Config,
    registry: Registry,
    load?: (path: string, from: string) => Config,
  ): { definition: Definition; problems: Problem[] };
  write?(definition: Definition): string;
}

export interface Validator {
  name: string;
  check(definition: Definition, registry: Registry): Problem[];
}

/** Adds a keyword to tasks or to the top level. */
export interface Extension {
  keyword: string;
  at: 'task' | 'top';
  doc: string;
  schema: JsonSchema;
  /** Earlier first; the shipped ones are multiples of 10. */
  order: number;
  /** `tasks`: its value is a map of tasks, which a syntax reads as such (`block`). */
  holds?: 'tasks';
  /** A task with it needs no operator of its own (`block`, `extends`). */
  operatorless?: boolean;
  /** Rewrites tasks that use the keyword, and takes it away. */
  lower?(definition: Definition, registry: Registry): { definition: Definition; problems: Problem[] };
  lowerGraph?(
    graph: Graph,
    definition: Definition,
    facts: Facts,
    registry: Registry,
  ): { graph: Graph; problems: Problem[] };
}

export interface Interpreter {
  name: string;
  interpret(definition: Definition, facts: Facts, registry: Registry): { graph: Graph; problems: Problem[] };
}

/* ---- engines, stores, exports, hooks ---- */

export interface Backend {
  name: string;
  doc: string;
  can: { parallel?: boolean; remote?: boolean; cancel?: boolean };
  run(plan: Plan, store: Store, context: BackendContext): AsyncIterable<Event>;
}

export interface BackendContext {
  registry: Registry;
  settings: JsonObject;
  signal?: AbortSignal;
  /** Where plan and journal lie, for engines that start other processes. */
  runDirectory?: string;
  /** Packs to load in workers, as `use:` names them. */
  plugins: string[];
}

export interface Exporter {
  name: string;
  doc: string;
  write(
    graph: Graph,
    plan: Plan | undefined,
    options: JsonObject,
  ): { files: Record<string, string>; problems: Problem[] };
}

export interface StoreKind {
  /** The scheme: `file`, `memory`, `s3`. */
  scheme: string;
  open(address: string, options: JsonObject): Promise<Store>;
}

export interface Hook {
  name: string;
  onEvent?(event: Event): void | Promise<void>;
}

/** What plug-ins brought, looked up by name. */
export interface Registry {
  readonly plugins: readonly Plugin[];
  operator(
    name: string,
  ): { operator: Operator; qualified: string } | { problem: { message: string; help?: string } };
  type(name: string): ValueType | undefined;
  stream(name: string): StreamType | undefined;
  all<K extends Exclude<keyof Plugin, 'name' | 'explanations'>>(
    kind: K,
  ): { pack: string; item: NonNullable<Plugin[K]>[number] }[];
}
