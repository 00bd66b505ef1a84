import type { Axis as HistAxis, Storage } from '../hist/index.ts';
import type { Node, Scalar } from '../ir/types.ts';
import type { DataType } from '../table/types.ts';
import type { Data, Shape } from '../value/types.ts';

/** A weight: 1 if there is no node. Where `ok` fails the weight is missing, which is an error. */
export interface Weight {
  node?: Node;
  ok?: Node;
}

/** One histogram: where its rows are, what is filled. */
export interface HistVariant {
  where: readonly Node[];
  shape: Shape;
  ok?: Node;
  coordinates: readonly Node[];
  weight: Weight;
  sample?: Node;
}

export interface HistPlan {
  kind: 'hist';
  id: string;
  labels: Labels;
  axes: readonly HistAxis[];
  storage: Storage;
  /** One for each combination of labels, the last label fastest. */
  variants: readonly HistVariant[];
}

/** Reductions over rows. */
export type SlotKind =
  | 'count'
  | 'countnonzero'
  | 'sumw'
  | 'sumw2'
  | 'sum'
  | 'nansum'
  | 'prod'
  | 'min'
  | 'max'
  | 'nanmin'
  | 'nanmax'
  | 'any'
  | 'all'
  | 'mean'
  | 'std';

export interface SlotSpec {
  kind: SlotKind;
  type: Scalar;
  /** May be missing in the end: a least or greatest of nothing. */
  nullable: boolean;
}

export interface GroupVariant {
  where: readonly Node[];
  shape: Shape;
  ok?: Node;
  keys: readonly Node[];
  /** What each slot takes; count, sumw and sumw2 take nothing. */
  slots: readonly { node?: Node; ok?: Node }[];
  weight: Weight;
}

export interface KeySpec {
  name: string;
  type: Scalar;
  /** Bins whose low edges are the key. */
  axis?: HistAxis;
}

export interface GroupPlan {
  kind: 'group';
  id: string;
  labels: Labels;
  keys: readonly KeySpec[];
  slots: readonly SlotSpec[];
  /** Column → text over the slots, which are called `$0`, `$1`, … */
  columns: Readonly<Record<string, string>>;
  variants: readonly GroupVariant[];
}

export interface CountsVariant {
  cells: readonly { where: readonly Node[]; weight: Weight }[];
}

export interface CountsPlan {
  kind: 'counts';
  id: string;
  labels: Labels;
  /** Row and column suffix of each cell. */
  cells: readonly (readonly [row: string, suffix: string])[];
  variants: readonly CountsVariant[];
}

export interface CollectVariant {
  where: readonly Node[];
  values: readonly Data[];
  /** The source column that a value is, unchanged. */
  sources: readonly (string | undefined)[];
}

export interface CollectPlan {
  kind: 'collect';
  id: string;
  labels: Labels;
  names: readonly string[];
  types: readonly DataType[];
  variants: readonly CollectVariant[];
}

export type FillPlan = HistPlan | GroupPlan | CountsPlan | CollectPlan;

/** Labels of a result and their values, outermost first; `variation` is the last one. */
export type Labels = readonly (readonly [label: string, values: readonly string[]])[];
