import type { ResolveContext } from '../interpolation/resolvers.ts';
import { ConfigProblem } from '../problem/problem.ts';
import { convertLeaf } from '../tree/convert.ts';
import { MAX_DEPTH, nodeFrom } from '../tree/create.ts';
import type { Container, Node } from '../tree/node.ts';
import { attach, ListNode, MapNode, MISSING, ValueNode } from '../tree/node.ts';
import type { StructType, TypeRef } from '../tree/types.ts';
import { ANY, typeText } from '../tree/types.ts';
import type { Key, Scalar } from '../value/scalar.ts';
import { Bytes, equalKey } from '../value/scalar.ts';
import { guard } from './guard.ts';
import { checkedKey } from './key.ts';
import type { Given } from './special.ts';
import { bareOf, isCheckedInterpolation, isMapValue, isNode, mapEntries, StructDefault } from './special.ts';

/** Sets a leaf, converted to its type. Interpolations and `???` are kept as they are. */
export function setLeaf(node: ValueNode, given: Given, context: ResolveContext): void {
  const value = bareOf(given);
  if (value === MISSING || isCheckedInterpolation(value, context)) {
    node.value = value as string;
    return;
  }
  if (Array.isArray(value) || isMapValue(value))
    throw new ConfigProblem(
      'validation',
      `a ${Array.isArray(value) ? 'list' : 'map'} does not fit the type ${typeText(node.type)}`,
    );
  const leaf = value instanceof Uint8Array ? new Bytes(value) : (value as Scalar | Node);
  if (node.type.kind === 'any') {
    const made = nodeFrom(leaf ?? null);
    if (made.kind !== 'value') throw new ConfigProblem('validation', 'a container cannot be a leaf');
    node.value = made.value;
    return;
  }
  node.value = convertLeaf(node.type, leaf ?? null);
}

/** A record with its defaults; fields without one are `???`. */
export function structNode(struct: StructType, type: TypeRef, context: ResolveContext, depth = 0): MapNode {
  if (depth > MAX_DEPTH) throw new ConfigProblem('limit', `the type ${struct.name} contains itself`);
  const map = new MapNode(new Map(), undefined, type);
  const content = map.content as Map<Key, Node>;
  for (const field of struct.fields) {
    if (
      field.type.kind === 'union' &&
      field.type.of.some(
        (one) => !['int', 'float', 'bool', 'str', 'bytes', 'path', 'enum'].includes(one.kind),
      )
    )
      throw new ConfigProblem(
        'validation',
        `unions of containers are not supported: ${field.name}: ${typeText(field.type)}`,
      );
    const node = wrap(field.type, 'default' in field ? field.default : MISSING, context, depth + 1);
    attach(map, field.name, node);
    content.set(field.name, node);
  }
  map.struct = struct;
  return map;
}

/** A value as a node of a type: leaves converted, lists and maps element by element. Nodes are taken as they are. */
export function wrap(type: TypeRef, given: Given, context: ResolveContext, depth = 0): Node {
  if (depth > MAX_DEPTH)
    throw new ConfigProblem('limit', `the value is nested deeper than ${MAX_DEPTH} levels`);
  if (isNode(given)) return given;
  const value = given ?? null;
  if (type.kind === 'any') {
    if (value instanceof StructDefault) return structNode(value.struct, ANY, context, depth + 1);
    const node = nodeFrom(value, undefined, depth);
    checkTexts(node, context);
    return node;
  }
  if (type.kind === 'list' || type.kind === 'tuple') {
    const list = new ListNode([], undefined, type);
    setList(list, value, context, depth + 1);
    return list;
  }
  if (type.kind === 'dict' || type.kind === 'struct') {
    const map = new MapNode(new Map(), undefined, type);
    setMap(map, value, context, depth + 1);
    return map;
  }
  const node = new ValueNode(null, undefined, type);
  setLeaf(node, value, context);
  return node;
}

/** Every interpolation below must be well-formed. */
function checkTexts(node: Node, context: ResolveContext): void {
  if (node.kind === 'value') {
    const { parent, key } = node;
    if (parent) guard(parent, key, () => isCheckedInterpolation(node.value, context));
    else isCheckedInterpolation(node.value, context);
  } else if (node.kind === 'list')
    for (const item of (node.content as Node[] | null) ?? []) checkTexts(item, context);
  else if (node.content instanceof Map) for (const item of node.content.values()) checkTexts(item, context);
}

/** Gives a list new content, its elements converted to its element type. */
export function setList(list: ListNode, given: Given, context: ResolveContext, depth = 0): void {
  const value = bareOf(given);
  if (value === null || value === undefined) {
    if (!list.type.optional) throw new ConfigProblem('validation', 'the list must not be null');
    list.content = null;
    return;
  }
  if (value === MISSING || isCheckedInterpolation(value, context)) {
    list.content = value as string;
    return;
  }
  const items = Array.isArray(value)
    ? value
    : isNode(value) && value.kind === 'list' && Array.isArray(value.content)
      ? value.content
      : undefined;
  if (!items) throw new ConfigProblem('validation', `a list was expected (${typeText(list.type)})`);
  const content: Node[] = [];
  for (const item of items) {
    const index = content.length;
    const node = list.parent
      ? guard(list, index, () => elementNode(list, item, context, depth))
      : elementNode(list, item, context, depth);
    attach(list, content.length, node);
    content.push(node);
  }
  list.content = content;
}

/** A value as an element of a typed container. */
function elementNode(container: Container, item: Given, context: ResolveContext, depth: number): Node {
  const type = container.elementType;
  if (isNode(item) && type.kind === 'any') return wrap(type, copyGiven(item), context, depth);
  if (type.kind === 'struct' && isNode(item) && item.kind === 'map' && item.struct?.bases.includes(type.of))
    return copyGiven(item) as Node;
  return wrap(type, isNode(item) ? plainOf(item) : item, context, depth);
}

const copyGiven = (node: Node): Given =>
  node.kind === 'value' && node.type.kind === 'any' ? new ValueNode(node.value, node.place) : nodeFrom(node);

/** A node's value as plain data that `wrap` takes, unresolved. */
function plainOf(node: Node): Given {
  if (node.kind === 'value') return node.value;
  if (node.content === null || typeof node.content === 'string') return node.content;
  if (node.kind === 'list') return (node.content as Node[]).map(plainOf);
  return new Map([...(node.content as Map<Key, Node>)].map(([key, child]) => [key, plainOf(child)]));
}

/** Gives a map new content, checked against its types. */
export function setMap(map: MapNode, given: Given, context: ResolveContext, depth = 0): void {
  const value = bareOf(given);
  if (value === null || value === undefined) {
    if (!map.type.optional)
      throw new ConfigProblem('validation', `the value must not be null: the type is ${typeText(map.type)}`);
    map.content = null;
    map.struct = undefined;
    return;
  }
  if (value === MISSING || isCheckedInterpolation(value, context)) {
    map.content = value as string;
    map.struct = undefined;
    return;
  }
  const struct =
    value instanceof StructDefault
      ? value.struct
      : isNode(value) && value.kind === 'map'
        ? value.struct
        : undefined;
  const refuse = (what: string): never => {
    throw new ConfigProblem('validation', `${what} does not fit the type ${typeText(map.type)}`);
  };
  if (map.type.kind === 'struct' && !struct?.bases.includes(map.type.of))
    refuse(struct ? `a ${struct.name}` : isMapValue(value) || isNode(value) ? 'a plain map' : 'the value');
  if (value instanceof StructDefault) {
    const made = structNode(value.struct, map.type, context, depth + 1);
    map.content = made.content;
    map.struct = value.struct;
    if (map.content instanceof Map) for (const [key, child] of map.content) attach(map, key, child);
    return;
  }
  const entries = isMapValue(value)
    ? mapEntries(value)
    : isNode(value) && value.kind === 'map' && value.content instanceof Map
      ? [...value.content]
      : refuse('the value');
  const content = new Map<Key, Node>();
  for (const [key, item] of entries) {
    const checked = map.parent
      ? guard(map, key as Key, () => equalKey(content, checkedKey(map, key)))
      : equalKey(content, checkedKey(map, key));
    const node = elementNode(map, item, context, depth);
    attach(map, checked, node);
    content.set(checked, node);
  }
  map.content = content;
  map.struct = struct;
}
