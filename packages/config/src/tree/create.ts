import type { Place } from '../origin/source.ts';
import { ConfigProblem } from '../problem/problem.ts';
import type { Key, Scalar } from '../value/scalar.ts';
import { Bytes, EnumMember, equalKey, Float, PathValue } from '../value/scalar.ts';
import type { Container, Node } from './node.ts';
import { attach, copyNode, ListNode, MapNode, ValueNode } from './node.ts';

/** Deepest nesting of a config; deeper ones are refused, so that nothing overflows the stack. */
export const MAX_DEPTH = 400;

const isNode = (value: unknown): value is Node =>
  value instanceof ValueNode || value instanceof MapNode || value instanceof ListNode;

const isScalar = (value: unknown): value is Scalar =>
  value === null ||
  ['boolean', 'number', 'bigint', 'string'].includes(typeof value) ||
  value instanceof Float ||
  value instanceof Bytes ||
  value instanceof PathValue ||
  value instanceof EnumMember;

/**
 * A node from plain data: objects and `Map`s become maps, arrays lists; nodes are copied. Anything else
 * (functions, class instances, dates, cycles) is a `validation` problem.
 */
export function nodeFrom(value: unknown, place?: Place, depth = 0): Node {
  if (depth > MAX_DEPTH)
    throw new ConfigProblem('limit', `the value is nested deeper than ${MAX_DEPTH} levels`);
  if (isNode(value)) return copyNode(value);
  if (value === undefined) return new ValueNode(null, place);
  if (isScalar(value)) return new ValueNode(value, place);
  if (value instanceof Uint8Array) return new ValueNode(new Bytes(value), place);
  if (Array.isArray(value)) {
    const list = new ListNode([], place);
    list.content = value.map((item, index) => {
      const node = nodeFrom(item, place, depth + 1);
      attach(list, index, node);
      return node;
    });
    return list;
  }
  if (typeof value === 'object') {
    const prototype = Object.getPrototypeOf(value);
    if (value instanceof Map || prototype === Object.prototype || prototype === null) {
      const map = new MapNode(new Map(), place);
      const content = map.content as Map<Key, Node>;
      const entries: Iterable<[unknown, unknown]> = value instanceof Map ? value : Object.entries(value);
      for (const [key, item] of entries) {
        const node = nodeFrom(item, place, depth + 1);
        const checked = equalKey(content, checkKey(key));
        attach(map, checked, node);
        content.set(checked, node);
      }
      return map;
    }
  }
  const what = typeof value === 'object' ? (value.constructor?.name ?? 'object') : typeof value;
  throw new ConfigProblem('validation', `a ${what} cannot be a config value`, {
    help: 'use plain data: objects, arrays, texts, numbers, booleans, null',
  });
}

/** A value as a key of a map; lists, maps and null cannot be one. */
export function checkKey(key: unknown): Key {
  if (
    typeof key === 'string' ||
    typeof key === 'number' ||
    typeof key === 'boolean' ||
    key instanceof Float ||
    key instanceof Bytes ||
    key instanceof EnumMember
  )
    return key;
  throw new ConfigProblem('validation', 'a key must be a text, a number or a boolean');
}

/** A config from plain data. A leaf alone is not a config. */
export function create(value: unknown = {}): Container {
  const node = nodeFrom(value);
  if (node.kind === 'value') throw new ConfigProblem('validation', 'a config is a map or a list');
  return node;
}
