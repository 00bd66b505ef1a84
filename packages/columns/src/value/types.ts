/** What an expression means: a scalar, a record or a literal, for each row or for each element of lists in rows. */
import type { Axis, Node } from '../ir/types.ts';

/** One list around a value. */
export interface Level {
  axis: Axis;
  /** Condition under which the list is there at all. */
  present?: Node;
}

/** The lists around a value, outermost first. Empty: one value for each row. */
export type Shape = readonly Level[];

export interface ScalarValue {
  kind: 'scalar';
  shape: Shape;
  node: Node;
  /** Condition under which the value is there. */
  ok?: Node;
  /** A whole number of the text: it takes the integer type of what it meets. */
  weak?: bigint;
}

/** Several named values that belong together: an event record, an object of a collection, a pair. */
export interface RecordValue {
  kind: 'record';
  shape: Shape;
  /** Fields by name, made when asked for. A field may have lists of its own inside. */
  fields: ReadonlyMap<string, () => Value>;
  /** Whether the record is there (fields are missing where it is not). */
  ok?: Node;
  /** Number of members `0`, `1`, … of a tuple. */
  tuple?: number;
}

/** `[1, 2]` of the text: for `in` only. */
export interface ListLiteral {
  kind: 'list';
  items: Value[];
}

export interface NoneValue {
  kind: 'none';
}

export type Value = ScalarValue | RecordValue | ListLiteral | NoneValue;

/** A value for each row or element. */
export type Data = ScalarValue | RecordValue;
