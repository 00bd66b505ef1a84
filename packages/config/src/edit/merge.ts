import { dereference } from '../interpolation/resolve.ts';
import type { ResolveContext } from '../interpolation/resolvers.ts';
import { Opaque } from '../interpolation/resolvers.ts';
import { ConfigProblem } from '../problem/problem.ts';
import type { Container, ListNode, MapNode, Node } from '../tree/node.ts';
import {
  attach,
  contentOf,
  copyNode,
  entriesOf,
  isContainer,
  isInterpolation,
  isMissing,
  isNull,
  ListNode as List,
  MISSING,
  type ValueNode,
} from '../tree/node.ts';
import { fullKey } from '../tree/path.ts';
import type { TypeRef } from '../tree/types.ts';
import { typeText } from '../tree/types.ts';
import type { Key } from '../value/scalar.ts';
import { equalKey, scalarEqual } from '../value/scalar.ts';
import { typeName } from '../value/text.ts';
import { guard, withFlags } from './guard.ts';
import { declareType } from './hint.ts';
import { append } from './list.ts';
import { set, setNodeValue } from './set.ts';
import { isNullValue } from './special.ts';
import { structNode } from './wrap.ts';

/** What happens to a list that is merged into a list. */
export type ListMode =
  | 'replace'
  /** Behind, or before, the items that are there. */
  | 'append'
  | 'prepend'
  /** As `append`, without items that are there already. */
  | 'unique'
  /** Maps with an equal value under this key are merged, other items are put behind. */
  | { by: string };

export interface MergeOptions {
  lists?: ListMode;
}

/** A child without the checks that reading has. */
const peek = (map: MapNode, key: Key): Node | undefined => entriesOf(map).get(equalKey(entriesOf(map), key));

/** Makes an unset node, a null or an interpolation an empty value of its type, ready to be merged into. */
function expand(node: Container, context: ResolveContext): void {
  if (node.kind === 'map' && node.type.kind === 'struct') {
    const made = structNode(node.type.of, node.type, context);
    node.content = made.content;
    node.struct = made.struct;
    for (const [key, child] of entriesOf(node)) attach(node, key, child);
  } else setNodeValue(node, node.kind === 'map' ? new Map() : [], context);
}

function validateMerge(dest: MapNode, src: Node, context: ResolveContext): void {
  if (isNullValue(src, context) && !dest.type.optional)
    throw new ConfigProblem('validation', `'${fullKey(dest)}' must not be null`);
  if (src.kind === 'list' && Array.isArray(src.content) && isMissing(dest) && dest.type.kind !== 'any')
    throw new ConfigProblem('validation', `a list does not fit the type ${typeText(dest.type)}`);
  if (dest.struct && src.kind === 'value' && !isNull(src) && !isMissing(src))
    throw new ConfigProblem('validation', `a ${typeName(src.value)} is not a ${dest.struct.name}`);
  if (dest.struct && src.kind === 'list' && Array.isArray(src.content))
    throw new ConfigProblem('validation', `a list is not a ${dest.struct.name}`);
  if (src.kind !== 'map' || isMissing(src) || isNull(src) || isInterpolation(src)) return;
  if (dest.struct && src.struct && !src.struct.bases.includes(dest.struct))
    throw new ConfigProblem('validation', `${src.struct.name} is not a ${dest.struct.name}`);
  if (
    isMissing(dest) &&
    src.struct &&
    dest.type.kind === 'struct' &&
    !src.struct.bases.includes(dest.type.of)
  )
    throw new ConfigProblem('validation', `${src.struct.name} is not a ${dest.type.of.name}`);
}

function updateTypes(
  dest: MapNode,
  srcType: TypeRef,
  struct: MapNode['struct'],
  context: ResolveContext,
): void {
  if (struct) dest.struct = struct;
  if (dest.type.kind === 'any') declareType(dest, srcType, context);
}

function mergeFlags(dest: Container, src: Container): void {
  if (src.flags) dest.flags = { ...dest.flags, ...src.flags };
}

function touch(dest: Node, src: Node): void {
  if (!src.place || src.place === dest.place) return;
  if (dest.place) dest.beat = [dest.place, ...(dest.beat ?? [])];
  dest.place = src.place;
  dest.keyPlace ??= src.keyPlace;
}

function mergeMap(dest: MapNode, given: MapNode, context: ResolveContext, options: MergeOptions): void {
  let src = given;
  let { struct } = src;
  const srcType = src.type;
  if (isNull(src) || isInterpolation(src)) {
    setNodeValue(dest, src, context);
    updateTypes(dest, srcType, struct, context);
    return;
  }
  validateMerge(dest, src, context);
  if (isMissing(src) && !isMissing(dest) && srcType.kind === 'struct') {
    struct = srcType.of;
    src = structNode(srcType.of, srcType, context);
    for (const child of entriesOf(src).values()) {
      if (child.kind === 'value') child.value = MISSING;
      else child.content = MISSING;
    }
  }
  if ((isInterpolation(dest) || isMissing(dest)) && !isMissing(src)) expand(dest, context);
  touch(dest, src);
  for (const [key, srcNode] of isMissing(src) ? [] : entriesOf(src))
    mergeKey(dest, key, srcNode, struct, context, options);
  updateTypes(dest, srcType, struct, context);
  mergeFlags(dest, src);
}

function mergeKey(
  dest: MapNode,
  key: Key,
  src: Node,
  struct: MapNode['struct'],
  context: ResolveContext,
  options: MergeOptions,
): void {
  const missing = isMissing(src);
  let node = peek(dest, key);
  const inner = node;
  if (inner?.kind === 'map') guard(dest, key, () => validateMerge(inner, src, context));
  if (node && isContainer(node) && isNull(node) && !missing && !isNullValue(src, context))
    expand(node, context);
  if (node && isInterpolation(node)) {
    const target = follow(node, context);
    if (target && isContainer(target)) {
      set(dest, key, target, context);
      node = peek(dest, key);
    }
  }
  const element = dest.elementType;
  if (!node && element.kind === 'struct' && !missing) {
    set(dest, key, structNode(element.of, element, context), context);
    node = peek(dest, key);
  }
  if (!node) {
    if (struct) withFlags(dest, { struct: false }, () => set(dest, key, src, context));
    else set(dest, key, src, context);
    return;
  }
  if (isContainer(node)) {
    if (isContainer(src)) mergeInto(node, src, context, options);
    else if (!missing) set(dest, key, src, context);
    return;
  }
  if (isContainer(src)) {
    set(dest, key, src, context);
    return;
  }
  guard(dest, key, () => {
    if (node.type.kind !== 'any') {
      if (!missing) setNodeValue(node, src, context);
      return;
    }
    let value: Node = src;
    if (missing) {
      // The value stays, but it must fit the type that is declared now.
      const copy = copyNode(src) as ValueNode;
      setNodeValue(copy, node.value, context);
      copy.place = node.place;
      value = copy;
    }
    set(dest, key, value, context);
  });
}

function follow(node: Node, context: ResolveContext): Node | undefined {
  try {
    const reached = dereference(node, context);
    return reached instanceof Opaque ? undefined : reached;
  } catch (error) {
    if (error instanceof ConfigProblem) return undefined;
    throw error;
  }
}

function mergeList(dest: ListNode, src: ListNode, context: ResolveContext, options: MergeOptions): void {
  if (isNull(src)) setNodeValue(dest, null, context);
  else if (isMissing(src)) {
    if (dest.elementType.kind === 'any') dest.elementType = src.elementType;
  } else if (isInterpolation(src)) setNodeValue(dest, src, context);
  else {
    const made = new List([], dest.place, dest.type);
    made.elementType = dest.elementType;
    made.parent = dest.parent;
    made.key = dest.key;
    if (dest.flags) made.flags = { ...dest.flags };
    const element = dest.elementType;
    const old = Array.isArray(dest.content) ? dest.content : [];
    const own = old.map((item) => copyNode(item));
    const mode = options.lists ?? 'replace';
    const add = (item: Node) => {
      let value = item;
      if (element.kind === 'struct' && item.kind === 'map') {
        const prototype = structNode(element.of, element, context);
        mergeInto(prototype, item, context, options);
        value = prototype;
      }
      append(made, value, context);
    };
    const incoming = Array.isArray(src.content) ? src.content : [];
    if (mode === 'append' || mode === 'unique' || typeof mode === 'object')
      for (const item of own) append(made, item, context);
    for (const item of incoming) {
      const items = made.content as Node[];
      if (mode === 'unique' && items.some((one) => sameNode(one, item))) continue;
      const twin =
        typeof mode === 'object' && item.kind === 'map'
          ? items.find((one) => sameUnder(one, item, mode.by))
          : undefined;
      if (twin?.kind === 'map' && item.kind === 'map') mergeInto(twin, item, context, options);
      else add(item);
    }
    if (mode === 'prepend') for (const item of own) append(made, item, context);
    dest.content = made.content;
    for (const [index, item] of (dest.content as Node[]).entries()) attach(dest, index, item);
    touch(dest, src);
  }
  mergeFlags(dest, src);
}

function sameUnder(a: Node, b: Node, key: string): boolean {
  const left = a.kind === 'map' ? peek(a, key) : undefined;
  const right = b.kind === 'map' ? peek(b, key) : undefined;
  return left !== undefined && right !== undefined && sameNode(left, right);
}

/** Whether two nodes have the same structure and leaves, interpolations compared as text. */
export function sameNode(a: Node, b: Node): boolean {
  if (a.kind === 'value' && b.kind === 'value') return scalarEqual(a.value, b.value);
  const left = contentOf(a);
  const right = contentOf(b);
  if (a.kind !== b.kind) return false;
  if (Array.isArray(left) && Array.isArray(right))
    return left.length === right.length && left.every((item, index) => sameNode(item, right[index]!));
  if (left instanceof Map && right instanceof Map)
    return (
      left.size === right.size &&
      [...left].every(([key, item]) => {
        const other = right.get(key);
        return other !== undefined && sameNode(item, other);
      })
    );
  return left === right;
}

/** Merges a tree into another, in place: maps deeply, lists as `options.lists` says, types and flags kept. */
export function mergeInto(
  dest: Container,
  src: Container,
  context: ResolveContext,
  options: MergeOptions = {},
): void {
  if (dest.kind === 'map' && src.kind === 'map') mergeMap(dest, src, context, options);
  else if (dest.kind === 'list' && src.kind === 'list') mergeList(dest, src, context, options);
  else throw new ConfigProblem('type', 'a map cannot be merged with a list', { fullKey: fullKey(dest) });
}

/** A new tree of several, later ones over earlier ones. The first may be read-only: its copy is not, until it is done. */
export function merge(
  configs: readonly Container[],
  context: ResolveContext,
  options: MergeOptions = {},
): Container {
  const [first, ...others] = configs;
  if (!first) throw new ConfigProblem('type', 'there is nothing to merge');
  const target = copyNode(first);
  withFlags(target, { readonly: false }, () => {
    for (const other of others) mergeInto(target, other, context, options);
  });
  const readonly = others.reduce((set, other) => other.flags?.readonly ?? set, first.flags?.readonly);
  if (readonly !== undefined) target.flags = { ...target.flags, readonly };
  return target;
}
