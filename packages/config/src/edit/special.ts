import { parseTemplate } from '../interpolation/parse.ts';
import { dereference } from '../interpolation/resolve.ts';
import type { ResolveContext } from '../interpolation/resolvers.ts';
import { Opaque } from '../interpolation/resolvers.ts';
import { ConfigProblem } from '../problem/problem.ts';
import type { Node } from '../tree/node.ts';
import {
  contentOf,
  isContainer,
  isInterpolation,
  isInterpolationText,
  ListNode,
  MapNode,
  MISSING,
  ValueNode,
} from '../tree/node.ts';
import type { StructType } from '../tree/types.ts';

/** A value that makes a record with its defaults. */
export class StructDefault {
  readonly struct: StructType;
  constructor(struct: StructType) {
    this.struct = struct;
  }
}

/** What can be put into a config: nodes, leaves, arrays, plain objects, `Map`s, records. */
export type Given = unknown;

export const isNode = (value: unknown): value is Node =>
  value instanceof ValueNode || value instanceof MapNode || value instanceof ListNode;

/** The content of a node, or the value itself: leaves and texts that stand for containers come out bare. */
export function bareOf(value: Given): Given {
  if (!isNode(value)) return value;
  if (value.kind === 'value') return value.value;
  return value.content === null || typeof value.content === 'string' ? value.content : value;
}

/** Whether a text is an interpolation; it must then be well-formed. */
export function isCheckedInterpolation(value: unknown, context: ResolveContext): value is string {
  if (!isInterpolationText(value)) return false;
  parseTemplate(value, context.expressions);
  return true;
}

export const isMissingValue = (value: Given): boolean => bareOf(value) === MISSING;

/** Whether a value is null; an interpolation counts if it leads to null. */
export function isNullValue(value: Given, context?: ResolveContext): boolean {
  const bare = bareOf(value);
  if (bare === null || bare === undefined) return true;
  if (context && isNode(value) && isInterpolation(value) && value.parent)
    try {
      const reached = dereference(value, context);
      return !(reached instanceof Opaque) && contentOf(reached) === null;
    } catch (error) {
      if (!(error instanceof ConfigProblem)) throw error;
    }
  return false;
}

/** Null, `???` or an interpolation: no value of its own. */
export function isSpecialValue(value: Given): boolean {
  const bare = bareOf(value);
  return bare === null || bare === undefined || bare === MISSING || isInterpolationText(bare);
}

export const isMapValue = (value: Given): boolean =>
  value instanceof Map ||
  (typeof value === 'object' &&
    value !== null &&
    [Object.prototype, null].includes(Object.getPrototypeOf(value)));

export const isContainerValue = (value: Given): boolean =>
  (isNode(value) && isContainer(value)) ||
  Array.isArray(value) ||
  isMapValue(value) ||
  value instanceof StructDefault;

/** The entries of a plain map. */
export const mapEntries = (value: Given): [unknown, unknown][] =>
  value instanceof Map ? [...value] : Object.entries(value as object);
