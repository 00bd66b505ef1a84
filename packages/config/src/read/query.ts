import type { Got } from '../edit/access.ts';
import { checkDepth, guard } from '../edit/guard.ts';
import { setChild } from '../edit/hint.ts';
import { setNodeValue } from '../edit/set.ts';
import type { FindOptions } from '../interpolation/find.ts';
import { selectNode } from '../interpolation/find.ts';
import { dereference } from '../interpolation/resolve.ts';
import type { ResolveContext } from '../interpolation/resolvers.ts';
import { Opaque } from '../interpolation/resolvers.ts';
import { ConfigProblem } from '../problem/problem.ts';
import type { Container, Node } from '../tree/node.ts';
import {
  attach,
  childrenOf,
  contentOf,
  copyNode,
  entriesOf,
  isContainer,
  isInterpolation,
  isMissing,
  MapNode,
  MISSING,
} from '../tree/node.ts';
import { fullKey } from '../tree/path.ts';
import type { Key } from '../value/scalar.ts';

/** The value at a dotted path, undefined where there is none or it is `???`. */
export function select(
  from: Container,
  path: string,
  context: ResolveContext,
  options: FindOptions = {},
): Got | undefined {
  const node = guard(from, path, () => selectNode(from, path, context, options));
  if (node === undefined || node instanceof Opaque) return node;
  if (isMissing(node)) return undefined;
  if (node.kind === 'value') return node.value;
  const content = contentOf(node);
  return content === null || typeof content === 'string' ? content : node;
}

/** The full keys of all mandatory values that are not set. */
export function missingKeys(root: Container, context: ResolveContext): string[] {
  const found = new Set<string>();
  const gather = (container: Container, depth = 0): void => {
    checkDepth(container, depth);
    for (const [key, child] of childrenOf(container)) {
      const reached = guard(container, key, () => dereference(child, context));
      if (reached instanceof Opaque) continue;
      if (isMissing(child)) found.add(fullKey(child));
      else if (isContainer(reached)) gather(reached, depth + 1);
    }
  };
  gather(root);
  return [...found].sort();
}

/** A copy that holds only some keys of a map. */
export function maskedCopy(map: Container, keys: readonly unknown[]): MapNode {
  if (map.kind !== 'map') throw new ConfigProblem('type', 'only a map can be masked');
  const copy = new MapNode(new Map(), map.place);
  for (const [key, child] of entriesOf(map)) {
    if (!keys.includes(key)) continue;
    const inner = copyNode(child);
    attach(copy, key, inner);
    entriesOf(copy).set(key, inner);
  }
  return copy;
}

/** Replaces every interpolation by what it leads to, in place; those that lead to `???` become `???`. */
export function resolveAll(node: Node, context: ResolveContext, depth = 0): void {
  checkDepth(node, depth);
  if (isInterpolation(node) && isContainer(node)) {
    const reached = follow(node, context);
    setNodeValue(node, reached === MISSING ? MISSING : (reached as Node), context);
  }
  if (!isContainer(node)) return;
  for (const [key, child] of [...childrenOf(node)]) {
    if (!isInterpolation(child)) resolveAll(child, context, depth + 1);
    else replace(node, key, child, context, depth + 1);
  }
}

function follow(node: Node, context: ResolveContext): Node | Opaque | typeof MISSING {
  try {
    return dereference(node, context);
  } catch (error) {
    if (error instanceof ConfigProblem && error.code === 'missing') return MISSING;
    throw error;
  }
}

function replace(parent: Container, key: Key, child: Node, context: ResolveContext, depth: number): void {
  const reached = follow(child, context);
  if (reached === MISSING) {
    setNodeValue(child, MISSING, context);
    return;
  }
  if (reached instanceof Opaque) {
    throw new ConfigProblem('validation', 'a resolver gave a list or map that is no config', {
      fullKey: fullKey(child),
    });
  }
  if (isContainer(reached)) resolveAll(reached, context, depth);
  if (isContainer(reached) && !isContainer(child)) {
    const copy = copyNode(reached);
    copy.keyPlace = child.keyPlace;
    setChild(parent, key, copy);
  } else setNodeValue(child, reached, context);
}
