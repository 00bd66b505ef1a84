import { didYouMean } from '@fasthep/expression';
import { dereference } from '../interpolation/resolve.ts';
import type { ResolveContext } from '../interpolation/resolvers.ts';
import { Opaque } from '../interpolation/resolvers.ts';
import { ConfigProblem } from '../problem/problem.ts';
import type { Container, ListNode, MapNode, Node } from '../tree/node.ts';
import { contentOf, entriesOf, flagOf, isMissing, isNull, itemsOf } from '../tree/node.ts';
import { fullKey } from '../tree/path.ts';
import type { Key, Scalar } from '../value/scalar.ts';
import { scalarText } from '../value/text.ts';
import { guard } from './guard.ts';
import { findKey } from './key.ts';

/** A map that takes no other keys than it has: struct flag, or a record that is not opened. */
export function isClosed(map: MapNode): boolean {
  if (map.struct && map.flags?.struct !== false) return true;
  return flagOf(map, 'struct') === true;
}

/** The node of a key, undefined where a map that may grow has none. Closed maps and lists throw (`key`). */
export function childOf(container: Container, key: unknown): Node | undefined {
  if (container.kind === 'list') return itemAt(container, key);
  if (!(container.content instanceof Map)) return undefined;
  const found = findKey(container, key);
  const child = found === undefined ? undefined : container.content.get(found);
  if (!child && isClosed(container)) {
    const name = container.struct ? `'${container.struct.name}'` : 'the config, which takes no new keys';
    throw new ConfigProblem('key', `'${scalarText(key)}' is not in ${name}`, {
      help: didYouMean(String(key), [...entriesOf(container).keys()].map(String)),
      fullKey: fullKey(container, key as Key),
    });
  }
  return child;
}

function itemAt(list: ListNode, key: unknown): Node {
  if (isNull(list))
    throw new ConfigProblem('type', 'the list is null', { fullKey: fullKey(list, key as Key) });
  if (isMissing(list))
    throw new ConfigProblem('missing', 'the list is not set', { fullKey: fullKey(list, key as Key) });
  if (typeof key !== 'number' || !Number.isInteger(key))
    throw new ConfigProblem('validation', `the index of a list is an integer, not '${scalarText(key)}'`, {
      fullKey: fullKey(list, key as Key),
    });
  const items = itemsOf(list);
  const child = items[key < 0 ? key + items.length : key];
  if (!child)
    throw new ConfigProblem('key', `the list has ${items.length} items, none at ${key}`, {
      fullKey: fullKey(list, key),
    });
  return child;
}

/** A value that was read: a container node, a leaf, or what a resolver made. */
export type Got = Container | Scalar | Opaque;

/** The value of a node: leaves bare, containers as nodes, interpolations followed. */
export function readValue(node: Node, context: ResolveContext): Got {
  if (isMissing(node))
    throw new ConfigProblem('missing', `the mandatory value '${fullKey(node)}' is not set`, {
      fullKey: fullKey(node),
    });
  const reached = dereference(node, context);
  if (reached instanceof Opaque) return reached;
  if (reached.kind === 'value') return reached.value;
  const content = contentOf(reached);
  return content === null || typeof content === 'string' ? (content as Scalar) : reached;
}

/** The value of a key. `key` where there is none, `missing` for `???`, `interpolation-...` where it fails. */
export function get(container: Container, key: unknown, context: ResolveContext): Got {
  return guard(container, key as Key, () => {
    const child = childOf(container, key);
    if (!child) throw new ConfigProblem('key', `the key '${scalarText(key)}' is not set`);
    return readValue(child, context);
  });
}

/** As `get`, but the default for keys that are absent or `???`. */
export function getOr(
  container: Container,
  key: unknown,
  fallback: unknown,
  context: ResolveContext,
): unknown {
  try {
    const child = childOf(container, key);
    return child && !isMissing(child)
      ? guard(container, key as Key, () => readValue(child, context))
      : fallback;
  } catch (error) {
    if (error instanceof ConfigProblem && error.code === 'key' && container.kind === 'map') return fallback;
    throw error;
  }
}

/** Whether a map has a key with a value; `???` counts as absent, a failing interpolation as present. */
export function has(container: Container, key: unknown, context: ResolveContext): boolean {
  if (container.kind === 'list')
    return itemsOf(container).some((item) => {
      const reached = dereference(item, context);
      return !(reached instanceof Opaque) && reached.kind === 'value' && reached.value === key;
    });
  const found = findKey(container, key);
  const child = found === undefined ? undefined : entriesOf(container).get(found);
  if (!child) return false;
  try {
    readValue(child, context);
    return true;
  } catch (error) {
    if (error instanceof ConfigProblem) return error.code !== 'missing' || !isMissing(child);
    throw error;
  }
}
