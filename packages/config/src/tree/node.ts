import type { Place } from '../origin/source.ts';
import type { Key, Scalar } from '../value/scalar.ts';
import type { TypeRef } from './types.ts';
import { ANY } from './types.ts';

/** The text of a mandatory value that is not set. */
export const MISSING = '???';

/** Flags of a node; a flag that is absent is the parent's. */
export interface Flags {
  readonly?: boolean;
  struct?: boolean;
}

/** What every node of a config tree has. */
interface Common {
  parent: Container | undefined;
  key: Key | undefined;
  type: TypeRef;
  flags: Flags | undefined;
  /** Where the value was written. */
  place: Place | undefined;
  /** Where its key was written. */
  keyPlace: Place | undefined;
  /** Places of values that this one replaced, the latest first. */
  beat: Place[] | undefined;
  /** The parameters that `${params.x}` means in this node's file. */
  scope: MapNode | undefined;
}

/** A leaf: a scalar, `???`, or a text with interpolations. */
export class ValueNode implements Common {
  readonly kind = 'value';
  value: Scalar;
  parent: Container | undefined = undefined;
  key: Key | undefined = undefined;
  type: TypeRef;
  flags: Flags | undefined = undefined;
  place: Place | undefined;
  keyPlace: Place | undefined = undefined;
  beat: Place[] | undefined = undefined;
  scope: MapNode | undefined = undefined;
  /** What an interpolation gave: a `${` in it means itself. */
  settled = false;

  constructor(value: Scalar, place?: Place, type: TypeRef = ANY) {
    this.value = value;
    this.place = place;
    this.type = type;
  }
}

/** A map. Its content is `null`, or a text (`???`, an interpolation), where it stands for a whole map. */
export class MapNode implements Common {
  readonly kind = 'map';
  content: Map<Key, Node> | null | string;
  parent: Container | undefined = undefined;
  key: Key | undefined = undefined;
  /** The declared type; keys and elements are checked against it. */
  type: TypeRef;
  /** The type of the keys, that of all values, and the record it is now (it may be a subtype of the declared). */
  keyType: TypeRef = ANY;
  elementType: TypeRef = ANY;
  struct: (TypeRef & { kind: 'struct' })['of'] | undefined = undefined;
  flags: Flags | undefined = undefined;
  place: Place | undefined;
  keyPlace: Place | undefined = undefined;
  beat: Place[] | undefined = undefined;
  scope: MapNode | undefined = undefined;

  constructor(content: Map<Key, Node> | null | string = new Map(), place?: Place, type: TypeRef = ANY) {
    this.content = content;
    this.place = place;
    this.type = type;
    if (type.kind === 'dict') {
      this.keyType = type.key;
      this.elementType = type.of;
    }
  }
}

/** A list. Its content is `null` or a text as with maps. */
export class ListNode implements Common {
  readonly kind = 'list';
  content: Node[] | null | string;
  parent: Container | undefined = undefined;
  key: Key | undefined = undefined;
  type: TypeRef;
  elementType: TypeRef = ANY;
  flags: Flags | undefined = undefined;
  place: Place | undefined;
  keyPlace: Place | undefined = undefined;
  beat: Place[] | undefined = undefined;
  scope: MapNode | undefined = undefined;

  constructor(content: Node[] | null | string = [], place?: Place, type: TypeRef = ANY) {
    this.content = content;
    this.place = place;
    this.type = type;
    if (type.kind === 'list' || type.kind === 'tuple') this.elementType = type.of;
  }
}

export type Container = MapNode | ListNode;
export type Node = ValueNode | Container;

export const isContainer = (node: Node | undefined): node is Container =>
  node !== undefined && node.kind !== 'value';

/** A node's own content: a scalar, the children, or the text that stands for them. */
export const contentOf = (node: Node): Scalar | Map<Key, Node> | Node[] =>
  node.kind === 'value' ? node.value : node.content;

export const isMissing = (node: Node): boolean => contentOf(node) === MISSING;
export const isNull = (node: Node): boolean => contentOf(node) === null;

/** Whether a text holds a `${`, escaped or not: what must be parsed before it is used. */
export const isInterpolationText = (value: unknown): value is string =>
  typeof value === 'string' && value.includes('${');
export const isInterpolation = (node: Node): boolean =>
  isInterpolationText(contentOf(node)) && !(node.kind === 'value' && node.settled);

/** Neither a value nor children of its own: null, `???` or an interpolation. */
export const isSpecial = (node: Node): boolean => isNull(node) || isMissing(node) || isInterpolation(node);

/** The children of a map that has some; an empty map otherwise. */
export const entriesOf = (node: MapNode): Map<Key, Node> =>
  node.content instanceof Map ? node.content : new Map();

/** The items of a list that has some. */
export const itemsOf = (node: ListNode): Node[] => (Array.isArray(node.content) ? node.content : []);

/** The children of a container with their keys, in order. */
export function* childrenOf(node: Container): Generator<[Key, Node]> {
  if (node.kind === 'map') yield* entriesOf(node);
  else for (const [index, item] of itemsOf(node).entries()) yield [index, item];
}

export function rootOf(node: Node): Node {
  let root = node;
  while (root.parent) root = root.parent;
  return root;
}

/** A flag of a node, or of the nearest ancestor that sets it. */
export function flagOf(node: Node, flag: keyof Flags): boolean | undefined {
  for (let at: Node | undefined = node; at; at = at.parent) {
    const set = at.flags?.[flag];
    if (set !== undefined) return set;
  }
  return undefined;
}

/** Puts a node under a parent. */
export function attach(parent: Container, key: Key, node: Node): void {
  node.parent = parent;
  node.key = key;
}

/** A deep copy without a parent. Places are shared. */
export function copyNode<T extends Node>(node: T): T {
  const copy = copyBare(node);
  copy.key = node.key;
  return copy as T;
}

function copyBare(node: Node): Node {
  let copy: Node;
  if (node.kind === 'value') copy = new ValueNode(node.value, node.place, node.type);
  else if (node.kind === 'map') {
    copy = new MapNode(node.content, node.place, node.type);
    copy.keyType = node.keyType;
    copy.elementType = node.elementType;
    copy.struct = node.struct;
    if (node.content instanceof Map) {
      const content = new Map<Key, Node>();
      for (const [key, child] of node.content) {
        const inner = copyBare(child);
        inner.parent = copy;
        inner.key = key;
        content.set(key, inner);
      }
      copy.content = content;
    }
  } else {
    copy = new ListNode(node.content, node.place, node.type);
    copy.elementType = node.elementType;
    if (Array.isArray(node.content)) {
      const list = copy;
      copy.content = node.content.map((child, index) => {
        const inner = copyBare(child);
        inner.parent = list;
        inner.key = index;
        return inner;
      });
    }
  }
  if (node.flags) copy.flags = { ...node.flags };
  copy.keyPlace = node.keyPlace;
  copy.beat = node.beat;
  copy.scope = node.scope;
  return copy;
}
