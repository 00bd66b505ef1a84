import type { Value as PlainValue } from '@fasthep/expression';
import { ExpressionError, evaluate, names, parse } from '@fasthep/expression';
import type { Code } from '../problem/codes.ts';
import { ConfigProblem } from '../problem/problem.ts';
import type { MapNode, Node } from '../tree/node.ts';
import { entriesOf, isNull, itemsOf, rootOf } from '../tree/node.ts';
import { Float } from '../value/scalar.ts';
import { scalarText } from '../value/text.ts';
import type { ResolveContext, Value } from './resolvers.ts';
import { Opaque } from './resolvers.ts';
import type { ExpressionReference } from './tree.ts';

/** Follows a node's interpolations. */
type Follow = (node: Node, context: ResolveContext) => Node | Opaque;
type Fail = (code: Code, message: string, help?: string, span?: [number, number]) => never;

/** The first names of the paths that an expression uses; empty where it cannot be read. */
export function expressionRoots(part: ExpressionReference): string[] {
  try {
    return names(parse(part.text)).map((name) => name.parts[0]!);
  } catch {
    return [];
  }
}

/** The nodes that the names of an expression lead to, as far as they are written where they are named. */
export function expressionNodes(part: ExpressionReference, node: Node): Node[] {
  try {
    return names(parse(part.text)).flatMap(({ parts }) => {
      let at: Node | undefined =
        parts[0] === 'params' && node.scope ? node.scope : rootOf(node.parent ?? node);
      for (const key of at === node.scope ? parts.slice(1) : parts) {
        const next: Node | undefined =
          at.kind === 'map' && at.content instanceof Map
            ? at.content.get(key)
            : at.kind === 'list' && Array.isArray(at.content)
              ? at.content[Number(key)]
              : undefined;
        if (!next) break;
        at = next;
      }
      return at.parent ? [at] : [];
    });
  } catch {
    return [];
  }
}

/** Plain data of a node whose members are resolved only when they are read. */
function lazy(node: Node, context: ResolveContext, follow: Follow, depth = 0): PlainValue {
  if (depth > 1000)
    throw new ConfigProblem('interpolation-cycle', 'lists contain each other through interpolations');
  const reached = follow(node, context);
  if (reached instanceof Opaque) return toPlain(reached.value);
  if (reached.kind === 'value') return toPlain(reached.value);
  if (reached.kind === 'list') return itemsOf(reached).map((item) => lazy(item, context, follow, depth + 1));
  if (isNull(reached)) return null;
  return members(reached, context, follow);
}

function members(map: MapNode, context: ResolveContext, follow: Follow): { [key: string]: PlainValue } {
  const found: { [key: string]: PlainValue } = {};
  for (const [key, child] of entriesOf(map))
    Object.defineProperty(found, String(key), {
      enumerable: true,
      configurable: true,
      get: () => lazy(child, context, follow),
    });
  return found;
}

function toPlain(value: unknown): PlainValue {
  if (value instanceof Float) return value.value;
  if (Array.isArray(value)) return value.map(toPlain);
  if (value instanceof Map)
    return Object.fromEntries([...value].map(([key, item]) => [scalarText(key), toPlain(item)]));
  return value === null || typeof value !== 'object' ? (value as PlainValue) : scalarText(value);
}

/** The value of `${a * 2}`: grammar and meaning are those of the package `expression`, on plain data. */
export function evaluateExpression(
  part: ExpressionReference,
  node: Node,
  context: ResolveContext,
  follow: Follow,
  fail: Fail,
): Value {
  const root = rootOf(node.parent ?? node);
  const scope = root.kind === 'map' ? members(root, context, follow) : {};
  if (node.scope)
    Object.defineProperty(scope, 'params', {
      enumerable: true,
      get: () => lazy(node.scope!, context, follow),
    });
  try {
    return fromPlain(evaluate(parse(part.text), scope));
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    const syntax = ['syntax', 'operator', 'forbidden', 'number', 'text', 'too-long', 'too-deep'].includes(
      error.code,
    );
    const code = syntax
      ? 'interpolation-syntax'
      : error.code.startsWith('unknown')
        ? 'interpolation-key'
        : 'interpolation-eval';
    const from = part.at + error.span[0];
    return fail(code, error.message, error.help, [from, Math.max(part.at + error.span[1], from + 1)]);
  }
}

function fromPlain(value: PlainValue): Value {
  if (Array.isArray(value)) return value.map(fromPlain);
  if (value !== null && typeof value === 'object')
    return new Map(Object.entries(value).map(([key, item]) => [key, fromPlain(item)]));
  return value;
}
