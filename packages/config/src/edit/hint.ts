import type { ResolveContext } from '../interpolation/resolvers.ts';
import { ConfigProblem } from '../problem/problem.ts';
import { isOfType } from '../tree/convert.ts';
import type { Container, Node } from '../tree/node.ts';
import {
  attach,
  childrenOf,
  contentOf,
  isInterpolation,
  isMissing,
  isNull,
  isSpecial,
} from '../tree/node.ts';
import type { TypeRef } from '../tree/types.ts';
import { isLeafType, typeText } from '../tree/types.ts';
import type { Key } from '../value/scalar.ts';
import { checkedKey } from './key.ts';
import { wrap } from './wrap.ts';

function refuse(node: Node, type: TypeRef): never {
  const what = node.kind === 'value' ? 'the value' : `a ${node.kind}`;
  throw new ConfigProblem('validation', `${what} does not fit the type ${typeText(type)}`);
}

/** Whether a node may stand where a type is declared; nothing is converted. */
function checkShallow(node: Node, type: TypeRef): void {
  if (isNull(node)) {
    if (!type.optional) refuse(node, type);
    return;
  }
  if (isMissing(node) || isInterpolation(node)) return;
  if (isLeafType(type) && node.kind === 'value') {
    if (!isOfType(type, node.value) && !(type.kind === 'int' && typeof node.value === 'boolean'))
      refuse(node, type);
    return;
  }
  if (type.kind === 'struct' && node.kind === 'map') return;
  if (type.kind === 'dict' && node.kind === 'map') return;
  if ((type.kind === 'list' || type.kind === 'tuple') && node.kind === 'list') return;
  if (type.kind === 'union' && node.kind === 'value' && type.of.some((one) => isOfType(one, node.value)))
    return;
  refuse(node, type);
}

/** Declares a node and all below it to be of a type; what does not fit already is a `validation` problem. */
export function declareType(node: Node, type: TypeRef, context: ResolveContext): void {
  if (type.kind === 'any') return;
  checkShallow(node, type);
  node.type = type;
  if ((type.kind === 'list' || type.kind === 'tuple') && node.kind === 'list') {
    node.elementType = type.of;
    declareChildren(node, context);
  } else if (type.kind === 'dict' && node.kind === 'map') {
    node.keyType = type.key;
    node.elementType = type.of;
    if (type.key.kind !== 'any') for (const [key] of childrenOf(node)) checkedKey(node, key);
    declareChildren(node, context);
  }
}

function declareChildren(container: Container, context: ResolveContext): void {
  if (container.elementType.kind === 'any') return;
  for (const [key, child] of [...childrenOf(container)]) {
    if (!isSpecial(child)) {
      declareType(child, container.elementType, context);
      continue;
    }
    // A text that stands for a value must be held by a node of the declared kind.
    const node = wrap(container.elementType, contentOf(child), context);
    node.place = child.place;
    node.keyPlace = child.keyPlace;
    setChild(container, key, node);
  }
}

/** Puts a node under a key, without any check. */
export function setChild(container: Container, key: Key, node: Node): void {
  attach(container, key, node);
  if (container.kind === 'list') {
    if (!Array.isArray(container.content)) container.content = [];
    container.content[key as number] = node;
  } else {
    if (!(container.content instanceof Map)) container.content = new Map();
    container.content.set(key, node);
  }
}
