import { ConfigProblem } from '../problem/problem.ts';
import { nodeFrom } from '../tree/create.ts';
import type { Container, Node } from '../tree/node.ts';
import { attach, entriesOf, isContainer, isMissing, ListNode, ValueNode } from '../tree/node.ts';
import { fullKey } from '../tree/path.ts';
import { scalarText, typeName } from '../value/text.ts';
import { createFromText } from '../yaml/load.ts';
import { selectNode } from './find.ts';
import { parseElement } from './parse.ts';
import { dereference, evaluateElement, isNodeValue } from './resolve.ts';
import type { Call, Resolver, Value } from './resolvers.ts';
import { Opaque } from './resolvers.ts';

function arity(call: Call, least: number, most: number): void {
  const given = call.args.length;
  if (given < least || given > most)
    throw new ConfigProblem(
      'interpolation-eval',
      `takes ${least === most ? least : `${least} to ${most}`} values, not ${given}`,
    );
}

function textArgument(value: Value | undefined, what: string): string {
  if (typeof value !== 'string')
    throw new ConfigProblem(
      'interpolation-eval',
      `${what} must be text, not ${isNodeValue(value) ? value.kind : typeName(value)}`,
    );
  return value;
}

/** The node of a key as resolvers take it: absolute, or relative with leading dots. */
const find = (call: Call, key: string, throwOnMissing = false): Node | Opaque | undefined =>
  selectNode(call.parent, key, call.context, { absolute: true, throwOnMissing });

function env(call: Call): Value {
  arity(call, 1, 2);
  const name = textArgument(call.args[0], 'the name of an environment variable');
  if (!call.context.env)
    throw new ConfigProblem('interpolation-eval', 'access to the environment is switched off');
  const value = Object.hasOwn(call.context.env, name) ? call.context.env[name] : undefined;
  if (value !== undefined) return value;
  if (call.args.length < 2)
    throw new ConfigProblem('interpolation-eval', `the environment variable '${name}' is not set`, {
      help: `set it, or give a default: \${oc.env:${name},DEFAULT}`,
    });
  const fallback = call.args[1]!;
  return fallback === null || isNodeValue(fallback) ? fallback : scalarText(fallback);
}

function decode(call: Call): Value {
  arity(call, 1, 1);
  const [text] = call.args;
  if (text === null) return null;
  return evaluateElement(parseElement(textArgument(text, 'what oc.decode reads')), call.node, call.context);
}

function select(call: Call): Value {
  arity(call, 1, 2);
  const found = find(call, textArgument(call.args[0], 'the key'));
  if (found instanceof Opaque) return found.value;
  if (!found || isMissing(found)) return call.args.length > 1 ? call.args[1]! : null;
  return found;
}

function create(call: Call): Value {
  arity(call, 1, 1);
  const [given] = call.args;
  const made = isNodeValue(given)
    ? given
    : typeof given === 'string'
      ? createFromText(given)
      : nodeFrom(given, call.node.place);
  if (!isContainer(made)) throw new ConfigProblem('interpolation-eval', 'oc.create takes a list or a map');
  if (made.parent) return made;
  made.parent = call.parent;
  made.key = call.node.key;
  return made;
}

function mapArgument(call: Call): [string, Container] {
  arity(call, 1, 1);
  const key = textArgument(call.args[0], 'the key');
  const found = find(call, key, true);
  if (!found) throw new ConfigProblem('interpolation-eval', `the key '${key}' is not set`);
  if (found instanceof Opaque || found.kind !== 'map' || !(found.content instanceof Map))
    throw new ConfigProblem('interpolation-eval', `'${key}' is not a map`);
  return [key, found];
}

function dictKeys(call: Call): Value {
  const [, map] = mapArgument(call);
  return listUnder(
    call,
    map.kind === 'map' ? [...entriesOf(map).keys()].map((key) => new ValueNode(key, call.node.place)) : [],
  );
}

function dictValues(call: Call): Value {
  const [key, map] = mapArgument(call);
  const path = key.startsWith('.') ? `.${key}` : key;
  const texts =
    map.kind === 'map' ? [...entriesOf(map).keys()].map((one) => `\${${path}.${scalarText(one)}}`) : [];
  return listUnder(
    call,
    texts.map((text) => new ValueNode(text, call.node.place)),
  );
}

function listUnder(call: Call, items: Node[]): ListNode {
  const list = new ListNode(items, call.node.place);
  for (const [index, item] of items.entries()) attach(list, index, item);
  list.parent = call.parent;
  return list;
}

function deprecated(call: Call): Value {
  arity(call, 1, 2);
  const key = textArgument(call.args[0], 'the key');
  const message =
    call.args.length > 1
      ? textArgument(call.args[1], 'the message')
      : "'$OLD_KEY' is deprecated. Change your code and config to use '$NEW_KEY'";
  const old = fullKey(call.node);
  const found = find(call, key);
  if (!found || found instanceof Opaque)
    throw new ConfigProblem('interpolation-eval', `oc.deprecated at '${old}': the key '${key}' is not set`);
  call.context.warn(message.replaceAll('$OLD_KEY', old).replaceAll('$NEW_KEY', fullKey(found)));
  return dereferenceAny(found, call);
}

const dereferenceAny = (node: Node, call: Call): Value => {
  const reached = dereference(node, call.context);
  return reached instanceof Opaque ? reached.value : reached;
};

/** The resolvers that every config knows. */
export function builtinResolvers(): Map<string, Resolver> {
  return new Map<string, Resolver>([
    ['oc.env', { call: env }],
    ['oc.decode', { call: decode }],
    ['oc.select', { call: select }],
    ['oc.create', { call: create }],
    ['oc.dict.keys', { call: dictKeys }],
    ['oc.dict.values', { call: dictValues }],
    ['oc.deprecated', { call: deprecated }],
  ]);
}
