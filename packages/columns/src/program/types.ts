/**
 * A program is what happens to the rows of one partition, as plain data: a tree of steps from the source's
 * rows to results. `check` finds its errors and what it reads; `compile` makes one fused loop of it;
 * `interpret` is the reference. Programs are JSON: they travel in plans.
 */
import type { DataType, Schema } from '../table/types.ts';

/** The rows of the source, before any step. */
export const SOURCE = '';

interface StepBase {
  /** Unique in its program. */
  id: string;
  /** The step whose rows and fields this one sees; `SOURCE` for the source itself. */
  from: string;
}

/** New field (or a changed one, with `replace`; then `expr` sees the value before). Keeps all rows. */
export interface DefineStep extends StepBase {
  do: 'define';
  /** All fields of one task: they see each other by use, in any order. */
  fields: Record<string, string>;
  replace?: boolean;
}

/** Keeps the rows where the condition is true; false, missing and NaN drop. */
export interface KeepStep extends StepBase {
  do: 'keep';
  expr: Condition;
}

/** A condition, or conditions combined. An empty `all` is true, an empty `any` false. */
export type Condition = string | { all: Condition[] } | { any: Condition[] } | { not: Condition };

/** Multiplies named factors onto the rows' weight. Directions other than `nominal` are weight variations `<name>_<direction>`. */
export interface WeightStep extends StepBase {
  do: 'weight';
  factors: Record<string, string | ({ nominal: string } & Record<string, string>)>;
}

/** The label `label`: every fill below is made once for each case, with the rows where its condition holds. Cases may overlap. */
export interface BranchStep extends StepBase {
  do: 'branch';
  label: string;
  cases: Record<string, Condition>;
}

/** Goes on with one value of a label alone (`needs: [region.signal]`); the label keeps that one value. */
export interface OnlyStep extends StepBase {
  do: 'only';
  label: string;
  value: string;
}

/** Variations `<name>_<direction>` of fields: what stands below is made nominal and once for each direction, as far as it depends on them. */
export interface VaryStep extends StepBase {
  do: 'vary';
  name: string;
  /** field → direction → expression over the values before */
  fields: Record<string, Record<string, string>>;
}

/** Renames and leaves out: below, only these fields exist (name → expression). */
export interface ProjectStep extends StepBase {
  do: 'project';
  fields: Record<string, string>;
}

/** Makes a result from the rows of `from`; no rows leave it. `id` is the name of the result. */
export interface FillStep extends StepBase {
  do: 'fill';
  fill: Fill;
}

export type Step =
  | DefineStep
  | KeepStep
  | WeightStep
  | BranchStep
  | OnlyStep
  | VaryStep
  | ProjectStep
  | FillStep;

export type Fill = HistFill | GroupFill | CountsFill | CollectFill;

/** LANGUAGE.md, Axes. `name` is always there once an operator has lowered its arguments. */
export interface AxisSpec {
  name: string;
  field: string;
  label?: string;
  bins?: [number, number, number];
  edges?: number[];
  flow?: boolean;
}

export interface HistFill {
  kind: 'hist';
  axes: AxisSpec[];
  /** Absent: the attached weights. An expression, factor names, or 1 instead of them. */
  weight?: string | string[] | 1;
  storage: 'count' | 'weighted' | 'mean';
  /** For storage `mean`. */
  sample?: string;
}

/** One row for each key that occurs. */
export interface GroupFill {
  kind: 'group';
  by: AxisSpec[];
  /** column → reduction over rows: count(), sumw(), sumw2(), sum(x), mean(x), min(x), any(x), … */
  agg: Record<string, string>;
}

/** Rows, sums of weights and of squared weights of several steps: the numbers of a cutflow. */
export interface CountsFill {
  kind: 'counts';
  /** Row of the report → column suffix → the step whose rows are counted: `{ trigger: { '': s2, _alone: s7, _before: s1 } }`. */
  rows: Record<string, Record<string, string>>;
}

/** The rows themselves, as a table of these fields in file order. */
export interface CollectFill {
  kind: 'collect';
  fields: string[];
}

export interface Program {
  schema: Schema;
  steps: Step[];
  /** `collections:` of `read`: overrides of the rule about names and structure (LANGUAGE.md, Names of rows and objects). */
  collections?: Record<string, unknown>;
  /** Names with a value that is the same for all rows: `dataset.name`, `dataset.xsec`, … */
  constants?: Record<string, unknown>;
  /** Own functions: `mt(lepton, met)` → expression. */
  functions?: Record<string, string>;
}

/** Where an error is: which step, which text of it, and where in that text. */
export interface ProgramProblem {
  code: string;
  /** Absent: an error. A program with warnings alone runs. */
  severity?: 'warning';
  message: string;
  help?: string;
  step: string;
  /** Path inside the step to the text, for example `['fields', 'lead_pt']`. */
  path: (string | number)[];
  /** Characters `[start, end)` of that text. */
  span?: [number, number];
}

/** What one step reads and makes, by field name. Names of source columns are the file's; others are `name@step`. */
export interface StepInfo {
  /** For each text of the step (its path joined by '/'): canonical expression and the fields that it reads. */
  texts: Record<string, { canonical: string; reads: string[] }>;
  /** Fields that the step makes, with their types as the language sees them. */
  makes: Record<string, DataType>;
  /** Labels that a fill's result carries besides those of the source: `[['region', ['signal', 'control']], ['variation', [...]]]`. */
  labels?: [string, string[]][];
}

export interface ProgramInfo {
  problems: ProgramProblem[];
  /** Source columns that the program reads, for all its fills or for the ones asked for. */
  columns: string[];
  steps: Record<string, StepInfo>;
}
