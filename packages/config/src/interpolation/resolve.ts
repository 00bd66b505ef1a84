import { didYouMean } from '@fasthep/expression';
import { originInside, originOf } from '../origin/make.ts';
import type { Origin } from '../origin/types.ts';
import type { Code } from '../problem/codes.ts';
import { ConfigProblem } from '../problem/problem.ts';
import { convertLeaf } from '../tree/convert.ts';
import type { Container, Node } from '../tree/node.ts';
import { contentOf, entriesOf, isContainer, isInterpolation, rootOf, ValueNode } from '../tree/node.ts';
import { fullKey } from '../tree/path.ts';
import type { Scalar } from '../value/scalar.ts';
import { equalKey } from '../value/scalar.ts';
import { evaluateExpression } from './expression.ts';
import { GrammarProblem, parseTemplate } from './parse.ts';
import type { ResolveContext, Value } from './resolvers.ts';
import { Opaque } from './resolvers.ts';
import { splitKey, stepTo } from './select.ts';
import { valueText } from './text.ts';
import type { Element, Interpolation, NodeReference, ResolverCall, Template } from './tree.ts';

/** Interpolations may lead from one to the next this often. */
const MAX_TRAIL = 200;

/** What an interpolation leads to. */
export type Resolved = Node | Opaque;

/** Where a character of a node's text stands. */
export function placeInside(node: Node, start: number, end?: number): Origin | undefined {
  const text = contentOf(node);
  if (!node.place || typeof text !== 'string') return node.place && originOf(node.place);
  const whole = originOf(node.place, text);
  const origin = node.place.style ? originInside(whole, start) : whole;
  if (end !== undefined && node.place.style) {
    const last = originInside(whole, end - 1);
    if (last.line === origin.line && last.file === origin.file) origin.endColumn = last.column + 1;
  }
  return origin;
}

function fail(code: Code, message: string, node: Node, at?: Interpolation, help?: string): never {
  throw new ConfigProblem(code, message, {
    help,
    origin: at ? placeInside(node, at.start, at.end) : node.place && originOf(node.place),
  });
}

/** The chain `a (3:4) -> b (4:4) -> a` of a cycle that ends in `node`. */
function cycle(node: Node, trail: Node[]): never {
  const round = trail.slice(trail.indexOf(node));
  // Begin with the link that stands first, so that a cycle reads the same from wherever it was entered.
  const order = (link: Node) => link.place?.start ?? 0;
  const first = round.reduce((best, link, index) => (order(link) < order(round[best]!) ? index : best), 0);
  const links = [...round.slice(first), ...round.slice(0, first)];
  const [start] = links as [Node];
  const shown = links.map((link) => {
    const { line, column } = link.place ? link.place.source.lineColumn(link.place.start) : {};
    return line === undefined ? fullKey(link) : `${fullKey(link)} (${line}:${column})`;
  });
  throw new ConfigProblem(
    'interpolation-cycle',
    `the interpolations go round: ${shown.join(' -> ')} -> ${fullKey(start)}`,
    {
      help: 'give one of them a value of its own',
      origin: start.place && originOf(start.place),
      related: links
        .slice(1)
        .filter((link) => link.place)
        .map((link) => ({ message: `'${fullKey(link)}' is part of it`, origin: originOf(link.place!) })),
    },
  );
}

/** The template of a node's text; a syntax error is placed inside the text. */
export function templateOf(node: Node, context: ResolveContext): Template {
  const text = contentOf(node) as string;
  try {
    return parseTemplate(text, context.expressions);
  } catch (error) {
    if (error instanceof GrammarProblem) {
      error.origin = placeInside(node, Math.min(error.at, Math.max(0, text.length - 1)));
      throw Object.assign(new ConfigProblem(error.code, error.message, { ...error, cause: undefined }), {});
    }
    throw error;
  }
}

/** The node that an interpolation leads to; itself if it is none. Throws `ConfigProblem`. */
export function dereference(node: Node, context: ResolveContext): Resolved {
  if (!isInterpolation(node)) return node;
  if (!node.parent)
    throw new ConfigProblem('interpolation-eval', 'an interpolation without a parent cannot be resolved');
  if (context.trail.includes(node)) cycle(node, context.trail);
  if (context.trail.length > MAX_TRAIL)
    fail('interpolation-eval', `the interpolations form a chain of more than ${MAX_TRAIL} links`, node);
  context.trail.push(node);
  try {
    const result = evaluateTemplate(templateOf(node, context), node, context);
    return convertResult(node, result);
  } finally {
    context.trail.pop();
  }
}

/** A typed node takes only what fits its type. */
function convertResult(node: Node, result: Value): Resolved {
  if (node.kind === 'value' && node.type.kind !== 'any' && node.type.kind !== 'union') {
    const value = isNodeValue(result) ? (result.kind === 'value' ? result.value : result) : result;
    try {
      const converted = convertLeaf(node.type, value as Scalar | Node);
      if (!isNodeValue(result) || converted !== value) return resultNode(converted, node);
    } catch (error) {
      if (!(error instanceof ConfigProblem)) throw error;
      throw new ConfigProblem('interpolation-eval', `${error.message}`, {
        help: error.help,
        origin: node.place && originOf(node.place),
        related:
          isNodeValue(result) && result.place
            ? [{ message: 'the value was written here', origin: originOf(result.place) }]
            : [],
      });
    }
  }
  if (isNodeValue(result)) return result;
  if (Array.isArray(result) || result instanceof Map) return new Opaque(result);
  return resultNode(result, node);
}

export const isNodeValue = (value: unknown): value is Node =>
  value instanceof ValueNode ||
  (typeof value === 'object' && value !== null && 'kind' in value && 'content' in value);

/** A leaf made by an interpolation: stands where the interpolation stands. */
function resultNode(value: Scalar, node: Node): ValueNode {
  const made = new ValueNode(value, node.place);
  made.parent = node.parent;
  made.key = node.key;
  made.keyPlace = node.keyPlace;
  made.settled = true;
  return made;
}

/** The value of a parsed text in the place of `node`. A single interpolation keeps its type. */
export function evaluateTemplate(template: Template, node: Node, context: ResolveContext): Value {
  if (template.length === 1 && template[0]!.kind !== 'literal')
    return evaluateInterpolation(template[0]!, node, context);
  return template
    .map((part) =>
      part.kind === 'literal' ? part.text : valueText(evaluateInterpolation(part, node, context)),
    )
    .join('');
}

export function evaluateInterpolation(part: Interpolation, node: Node, context: ResolveContext): Value {
  switch (part.kind) {
    case 'node':
      return evaluateReference(part, node, context);
    case 'resolver':
      return evaluateCall(part, node, context);
    case 'expression':
      return evaluateExpression(part, node, context, dereference, (code, message, help, span) =>
        fail(code, message, node, span ? { ...part, start: span[0], end: span[1] } : part, help),
      );
  }
}

/** The text that an interpolation used as a key gives. */
function keyText(part: string | Interpolation, node: Node, context: ResolveContext, what: string): string {
  if (typeof part === 'string') return part;
  const value = evaluateInterpolation(part, node, context);
  const leaf = isNodeValue(value) && value.kind === 'value' ? value.value : value;
  if (typeof leaf !== 'string')
    fail(
      'interpolation-eval',
      `an interpolation used as ${what} must give text, not ${valueText(value)}`,
      node,
      part,
    );
  return leaf;
}

function evaluateReference(part: NodeReference, node: Node, context: ResolveContext): Value {
  const path = part.path.map((piece) => keyText(piece, node, context, 'a key')).join('');
  return lookUp(path, node, context, part);
}

/** The node that a path means, seen from the parent of `node`; always found, or it throws. */
export function lookUp(path: string, node: Node, context: ResolveContext, part?: Interpolation): Node {
  const dots = /^\.*/.exec(path)![0].length;
  let from: Container | undefined;
  if (dots === 0) from = rootOf(node.parent ?? node) as Container;
  else {
    from = node.parent;
    for (let up = 1; up < dots; up++) from = from?.parent;
  }
  const bare = path.slice(dots);
  const keys = splitKey(bare);
  if (dots === 0 && node.scope && keys[0] === 'params') {
    from = node.scope;
    keys.shift();
  }
  if (!from) fail('interpolation-key', `'\${${path}}' leads above the root of the config`, node, part);
  const found = bare === '' ? from : walk(from, keys, path, node, context, part);
  // A value cannot be a container that it lies in.
  for (let at: Node | undefined = node.parent; at; at = at.parent)
    if (at === found) fail('interpolation-eval', `'\${${path}}' leads to a parent of itself`, node, part);
  return found;
}

function walk(
  start: Container,
  keys: string[],
  path: string,
  node: Node,
  context: ResolveContext,
  part?: Interpolation,
): Node {
  let at: Node = start;
  for (const [index, key] of keys.entries()) {
    const reached = at === start && !isInterpolation(at) ? at : dereference(at, context);
    if (reached instanceof Opaque || !isContainer(reached)) {
      const parent = keys.slice(0, index).join('.');
      fail(
        'interpolation-eval',
        `'\${${path}}' goes through '${parent}', which is not a map or list`,
        node,
        part,
      );
    }
    let next: Node | undefined;
    try {
      next = stepTo(reached, key, { throwOnMissing: true, throwOnType: true });
    } catch (error) {
      if (!(error instanceof ConfigProblem)) throw error;
      fail(error.code === 'missing' ? 'missing' : 'interpolation-eval', error.message, node, part);
    }
    if (!next)
      fail('interpolation-key', `'\${${path}}' is not set`, node, part, suggestion(reached, keys, index));
    at = next;
  }
  const reached = dereference(at, context);
  if (reached instanceof Opaque) return opaqueNode(reached, at);
  return reached;
}

/** Results that are no part of the tree pass through as a leaf that holds them. */
function opaqueNode(opaque: Opaque, node: Node): Node {
  const made = new ValueNode(null, node.place);
  made.parent = node.parent;
  made.key = node.key;
  made.value = opaque.value as unknown as Scalar;
  return made;
}

function suggestion(parent: Container, keys: string[], index: number): string | undefined {
  if (parent.kind !== 'map') return undefined;
  const known = [...entriesOf(parent).keys()].map(String);
  const meant = didYouMean(keys[index]!, known);
  if (meant || known.length === 0) return meant;
  const place = keys.slice(0, index).join('.');
  const shown = known.slice(0, 8).join(', ') + (known.length > 8 ? ', ...' : '');
  return place ? `'${place}' has: ${shown}` : `known: ${shown}`;
}

function evaluateCall(part: ResolverCall, node: Node, context: ResolveContext): Value {
  const name = part.name.map((piece) => keyText(piece, node, context, 'the name of a resolver')).join('.');
  const resolver = context.resolvers.get(name);
  if (!resolver) {
    const help = didYouMean(name, context.resolvers.keys());
    fail('interpolation-eval', `no resolver is named '${name}'`, node, part, help);
  }
  const args = part.args.map((arg) => evaluateElement(arg, node, context));
  const parent = (node.parent ?? node) as Container;
  try {
    const result = resolver.call({
      args,
      texts: part.texts,
      node,
      parent,
      root: rootOf(parent) as Container,
      context,
    });
    // A value cannot be a container that it lies in.
    for (let at: Node | undefined = node.parent; at && isNodeValue(result); at = at.parent)
      if (at === result)
        fail('interpolation-eval', `'${name}' leads to a parent of the value itself`, node, part);
    return result;
  } catch (error) {
    if (error instanceof ConfigProblem) {
      if (error.origin || ['interpolation-cycle'].includes(error.code)) throw error;
      const passes = error.code === 'interpolation-key' || error.code === 'missing';
      fail(passes ? error.code : 'interpolation-eval', error.message, node, part, error.help);
    }
    const message = error instanceof Error ? error.message : String(error);
    fail('interpolation-eval', `the resolver '${name}' failed: ${message}`, node, part);
  }
}

/** The value of a parsed element. Nodes that are leaves are unwrapped. */
export function evaluateElement(element: Element, node: Node, context: ResolveContext): Value {
  switch (element.kind) {
    case 'constant':
      return element.value;
    case 'text':
      return element.parts
        .map((part) =>
          part.kind === 'literal' ? part.text : valueText(evaluateInterpolation(part, node, context)),
        )
        .join('');
    case 'list':
      return element.items.map((item) => evaluateElement(item, node, context));
    case 'map': {
      const map = new Map<unknown, Value>();
      for (const [key, item] of element.entries)
        map.set(equalKey(map, key), evaluateElement(item, node, context));
      return map;
    }
    default: {
      const value = evaluateInterpolation(element, node, context);
      return isNodeValue(value) && (value.kind === 'value' || !isContainer(value) || value.content === null)
        ? (contentOf(value) as Scalar)
        : value;
    }
  }
}
