import type { ResolveContext } from '../interpolation/resolvers.ts';
import { ConfigProblem } from '../problem/problem.ts';
import { rememberBeaten } from '../tree/merge-plain.ts';
import type { Container, ListNode, MapNode, Node } from '../tree/node.ts';
import { attach, copyNode, entriesOf, flagOf, isMissing, isNull, itemsOf } from '../tree/node.ts';
import { fullKey } from '../tree/path.ts';
import type { TypeRef } from '../tree/types.ts';
import { isLeafType, typeText } from '../tree/types.ts';
import type { Key } from '../value/scalar.ts';
import { equalKey } from '../value/scalar.ts';
import { scalarText } from '../value/text.ts';
import { childOf } from './access.ts';
import { guard } from './guard.ts';
import { declareType, setChild } from './hint.ts';
import { checkedKey } from './key.ts';
import type { Given } from './special.ts';
import {
  bareOf,
  isContainerValue,
  isMapValue,
  isMissingValue,
  isNode,
  isNullValue,
  isSpecialValue,
  StructDefault,
} from './special.ts';
import { setLeaf, setList, setMap, wrap } from './wrap.ts';

/** Sets a node's value by its own kind. */
export function setNodeValue(node: Node, given: Given, context: ResolveContext): void {
  if (flagOf(node, 'readonly')) throw new ConfigProblem('readonly', `'${fullKey(node)}' is read-only`);
  if (node.kind === 'value') setLeaf(node, given, context);
  else if (node.kind === 'list') setList(node, given, context);
  else setMap(node, given, context);
  if (isNode(given) && given.place) {
    if (node.place) node.beat = [node.place, ...(node.beat ?? [])];
    node.place = given.place;
  }
}

/** Sets a key; the value is copied, converted to the declared type, and refused where it does not fit. */
export function set(container: Container, key: unknown, given: Given, context: ResolveContext): void {
  guard(container, key as Key, () => {
    const checked =
      container.kind === 'map' ? equalKey(entriesOf(container), checkedKey(container, key)) : (key as Key);
    setItem(container, checked, given, context);
  });
}

/** The type a value has in the sense of records: undefined for null and leaves. */
function structOf(given: Given): TypeRef['kind'] | StructDefault['struct'] | undefined {
  if (given instanceof StructDefault) return given.struct;
  if (isNode(given))
    return given.kind === 'map' ? (given.struct ?? 'dict') : given.kind === 'list' ? 'list' : undefined;
  if (isMapValue(given)) return 'dict';
  return Array.isArray(given) ? 'list' : undefined;
}

function validateMapSet(map: MapNode, key: Key, given: Given, context: ResolveContext): void {
  if (
    !isNode(given)
      ? isSpecialValue(given) && given !== null && given !== undefined && !isMissingValue(given)
      : false
  )
    return;
  if (isNullValue(given, context)) {
    const child = childOf(map, key);
    const type = child?.type ?? map.elementType;
    if (!type.optional)
      throw new ConfigProblem(
        'validation',
        `'${fullKey(map, key)}' must not be null: the type is ${typeText(type)}`,
      );
    return;
  }
  if (isSpecialValue(given)) return;
  const target = childOf(map, key);
  if (target?.kind !== 'map' || target.type.kind === 'any') return;
  const type = structOf(given);
  const refuse = (): never => {
    throw new ConfigProblem(
      'validation',
      `the value of '${fullKey(map, key)}' must be of type ${typeText(target.type)}`,
    );
  };
  if (target.type.kind === 'dict') {
    if (type !== 'dict' && !(typeof type === 'object')) refuse();
    if (typeof type === 'object') refuse();
  } else if (
    target.type.kind === 'struct' &&
    !(typeof type === 'object' && type.bases.includes(target.type.of))
  )
    refuse();
}

function validateListSet(list: ListNode, key: Key, given: Given): void {
  if (typeof key !== 'number' || !Number.isInteger(key))
    throw new ConfigProblem('validation', 'the index of a list is an integer');
  if (flagOf(list, 'readonly')) throw new ConfigProblem('readonly', 'the list is read-only');
  const target = itemsOf(list)[key];
  if (target && (given === null || given === undefined) && !target.type.optional)
    throw new ConfigProblem('validation', `'${fullKey(target)}' must not be null`);
  if (isMissingValue(given)) return;
  const { elementType: type } = list;
  const nothing = isNullValue(given);
  if (nothing && !type.optional)
    throw new ConfigProblem('validation', `an item must not be null: the type is ${typeText(type)}`);
  if (type.kind === 'struct' && !nothing && !isSpecialValue(given)) {
    const struct = structOf(given);
    if (!(typeof struct === 'object' && struct.bases.includes(type.of)))
      throw new ConfigProblem('validation', `an item must be of type ${typeText(type)}`);
  }
}

/** `set` without the key checked and without context in its problems. */
export function setItem(
  container: Container,
  key: Key,
  given: Given,
  context: ResolveContext,
  growing = false,
): void {
  let value = given;
  if (isNode(value)) {
    const copy = copyNode(value);
    copy.parent = undefined;
    // Interpolations are judged where they come from.
    validate(container, key, value, context, growing);
    value = copy;
  } else validate(container, key, value, context, growing);
  if (flagOf(container, 'readonly'))
    throw new ConfigProblem('readonly', `'${fullKey(container)}' is read-only`);
  const target = growing ? undefined : childOf(container, key);
  const type = value instanceof StructDefault && target ? target.type : container.elementType;
  const place = (node: Node) => {
    rememberBeaten(node, target);
    if (target?.keyPlace && !node.keyPlace) node.keyPlace = target.keyPlace;
    setChild(container, key, node);
  };
  const assign = (node: Node) => {
    declareType(node, container.elementType, context);
    place(node);
  };
  if (
    isNode(value) &&
    value.kind === 'value' &&
    value.type.kind !== 'any' &&
    value.type.kind !== 'union' &&
    type.kind !== 'union'
  ) {
    assign(value);
    return;
  }
  const typed = target && target.type.kind !== 'any';
  if (target && (typed || (target.kind === 'value' && !isNode(value) && !isContainerValue(value)))) {
    setNodeValue(
      target,
      isNode(value) && isSpecialValue(value) && !value.place ? bareOf(value) : value,
      context,
    );
    return;
  }
  if (!isNode(value)) {
    place(attached(wrapUnder(type, value, key, context), container, key));
    return;
  }
  const containerType = ['list', 'tuple', 'dict', 'struct'].includes(type.kind);
  if ((isSpecialValue(value) && containerType) || isLeafType(type) || type.kind === 'union') {
    const node = wrap(type, bareOf(value), context);
    // A container where a leaf is declared.
    if (isNode(bareOf(value)))
      throw new ConfigProblem('validation', `the value must be of type ${typeText(type)}`);
    node.place ??= value.place;
    node.keyPlace ??= value.keyPlace;
    place(node);
    return;
  }
  assign(value);
}

/** `wrap`; a record that does not fit is told by its bare key, as OmegaConf does. */
function wrapUnder(type: TypeRef, value: Given, key: Key, context: ResolveContext): Node {
  try {
    return wrap(type, value, context);
  } catch (error) {
    if (error instanceof ConfigProblem && type.kind === 'struct') error.fullKey ??= scalarText(key);
    throw error;
  }
}

function attached(node: Node, container: Container, key: Key): Node {
  attach(container, key, node);
  return node;
}

function validate(
  container: Container,
  key: Key,
  given: Given,
  context: ResolveContext,
  growing: boolean,
): void {
  if (container.kind === 'list') {
    if (isNull(container)) throw new ConfigProblem('type', 'the list is null');
    if (isMissing(container)) throw new ConfigProblem('missing', 'the list is not set');
    validateListSet(container, key, given);
    if (!growing) childOf(container, key);
  } else validateMapSet(container, key, given, context);
}
