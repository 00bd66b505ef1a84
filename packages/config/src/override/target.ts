import { dereference } from '../interpolation/resolve.ts';
import type { ResolveContext } from '../interpolation/resolvers.ts';
import { Opaque } from '../interpolation/resolvers.ts';
import type { Container, MapNode, Node } from '../tree/node.ts';
import { entriesOf, isContainer, isInterpolation, isSpecial, itemsOf } from '../tree/node.ts';
import type { Key } from '../value/scalar.ts';
import { scalarText } from '../value/text.ts';

/** Where an override leads: a node with the container that holds it. */
export interface Target {
  parent: Container;
  key: Key;
  node: Node;
}

/** How far a path leads: the target, or the container where it ends and the rest of the path. */
export type Found = { target: Target } | { parent: Container; rest: string[] };

function throughInterpolation(node: Node, context: ResolveContext): Node {
  if (!isInterpolation(node)) return node;
  const reached = dereference(node, context);
  return reached instanceof Opaque ? node : reached;
}

/** The longest key of a map that the next parts of a path spell; keys may hold dots themselves. */
function longestKey(map: MapNode, parts: string[]): { key: Key; length: number } | undefined {
  const entries = entriesOf(map);
  for (let length = parts.length; length > 0; length--) {
    const text = parts.slice(0, length).join('.');
    if (entries.has(text)) return { key: text, length };
  }
  for (const key of entries.keys())
    if (typeof key !== 'string' && scalarText(key) === parts[0]) return { key, length: 1 };
  return undefined;
}

/** Walks down a dotted path as far as it exists. */
export function findTarget(root: Container, path: string, context: ResolveContext): Found {
  let rest = path.split('.');
  let parent: Container = root;
  for (;;) {
    let step: { key: Key; length: number } | undefined;
    let node: Node | undefined;
    if (parent.kind === 'map') {
      step = longestKey(parent, rest);
      node = step && entriesOf(parent).get(step.key);
    } else if (/^\d+$/.test(rest[0]!)) {
      node = itemsOf(parent)[Number(rest[0])];
      step = { key: Number(rest[0]), length: 1 };
    }
    if (!step || !node) return { parent, rest };
    if (step.length === rest.length) return { target: { parent, key: step.key, node } };
    const next = throughInterpolation(node, context);
    if (!isContainer(next) || isSpecial(next)) return { parent, rest };
    rest = rest.slice(step.length);
    parent = next;
  }
}
