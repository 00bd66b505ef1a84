import type { Node } from '../tree/node.ts';
import { entriesOf, itemsOf } from '../tree/node.ts';
import { scalarText } from '../value/text.ts';
import type { Value } from './resolvers.ts';

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' &&
  value !== null &&
  'kind' in value &&
  ('content' in value || 'value' in value) &&
  'parent' in value;

/** Nodes as plain lists and `Map`s, unresolved, for text. */
function bare(value: Value): unknown {
  if (!isNode(value)) {
    if (Array.isArray(value)) return value.map(bare);
    if (value instanceof Map) return new Map([...value].map(([key, item]) => [key, bare(item)]));
    return value;
  }
  if (value.kind === 'value') return value.value;
  if (value.content === null || typeof value.content === 'string') return value.content;
  if (value.kind === 'list') return itemsOf(value).map(bare);
  return new Map([...entriesOf(value)].map(([key, child]) => [key, bare(child)]));
}

/** A value pasted into text. */
export function valueText(value: Value): string {
  return scalarText(bare(value));
}
