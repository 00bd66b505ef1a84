import type { Fields } from '../fields/fields.ts';
import type { Node } from '../ir/types.ts';
import type { ScalarValue } from '../value/types.ts';

/** A selection of rows: conditions in their order, some of which depend on the case of a label. */
export type Cut = { condition: Node } | { label: string; cases: ReadonlyMap<string, Node> };

export interface Factor {
  name: string;
  value: ScalarValue;
}

/** What a step's rows and fields are under one variation. */
export interface State {
  fields: Fields;
  cuts: readonly Cut[];
  weights: readonly Factor[];
  /** Labels of branches, outermost first, with the cases that are left. */
  branches: readonly { label: string; cases: readonly string[] }[];
}

export const NOMINAL = 'nominal';
