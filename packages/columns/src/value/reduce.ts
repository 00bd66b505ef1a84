import { and, big, cast, float2, where } from '../ir/arithmetic.ts';
import { type Graph, variableOf } from '../ir/graph.ts';
import { isInteger, isUnsigned, isWide, promote } from '../ir/scalars.ts';
import { MAX_LIST, type Node, type ReduceKind, type Scalar } from '../ir/types.ts';
import { condition, lift, scalar, typeName } from './arithmetic.ts';
import { Refusal } from './refusal.ts';
import type { Data, Level, ScalarValue, Value } from './types.ts';
import { sumVectors } from './vector.ts';

const CHOOSING = new Set<ReduceKind>([
  'min',
  'max',
  'nanmin',
  'nanmax',
  'argmin',
  'argmax',
  'nanargmin',
  'nanargmax',
]);

function innermost(value: Data, name: string): Level {
  const level = value.shape.at(-1);
  if (level) return level;
  throw new Refusal(
    'type',
    `${name}() reduces lists, but this has one value for each row`,
    'reductions over rows stand in the agg of a group',
  );
}

function body(graph: Graph, kind: ReduceKind, node: Node): Node {
  if (kind === 'sum' || kind === 'nansum' || kind === 'prod') {
    if (node.type === 'bool') return cast(graph, node, 'int64');
    if (isInteger(node.type)) return cast(graph, node, isUnsigned(node.type) ? 'uint64' : 'int64');
  }
  return node;
}

/** Sums of 32-bit integers over a list stay below 2^53: only wider ones, and products, need bigint. */
function resultOf(
  graph: Graph,
  kind: ReduceKind,
  node: Node,
  draft: Omit<Parameters<Graph['node']>[0], 'type'>,
): Node {
  const count = { low: 0, high: MAX_LIST };
  if (kind === 'any' || kind === 'all') return graph.node({ ...draft, type: 'bool' });
  if (kind === 'count' || kind === 'countnonzero' || kind.includes('arg'))
    return graph.node({ ...draft, type: 'int64', ...count });
  const type: Scalar = node.type;
  if (!isWide(type)) return graph.node({ ...draft, type });
  if (kind === 'sum' || kind === 'nansum') {
    const [low, high] = [(node.low ?? Number.NaN) * MAX_LIST, (node.high ?? Number.NaN) * MAX_LIST];
    if (Math.abs(low) < 2 ** 53 && Math.abs(high) < 2 ** 53)
      return graph.node({ ...draft, type, low: Math.min(0, low), high: Math.max(0, high) });
  }
  if (kind === 'min' || kind === 'max' || kind === 'nanmin' || kind === 'nanmax')
    return graph.node({ ...draft, type, ...(node.low !== undefined && { low: node.low, high: node.high }) });
  return graph.node({ ...draft, type, args: [big(graph, draft.args![0]!), ...draft.args!.slice(1)] });
}

/** Takes off the innermost list; missing elements are left out. */
export function reduce(graph: Graph, kind: ReduceKind, value: ScalarValue, name: string = kind): ScalarValue {
  const level = innermost(value, name);
  const node = body(graph, kind, value.node);
  const args = value.ok ? [node, value.ok] : [node];
  const nanless = node.type !== 'float64' && kind.startsWith('nan') ? (kind.slice(3) as ReduceKind) : kind;
  const reduced = resultOf(graph, nanless, node, {
    op: 'reduce',
    kind: nanless,
    axis: level.axis,
    variable: variableOf(level.axis),
    args,
  });
  const found = CHOOSING.has(kind) ? graph.node({ op: 'found', type: 'bool', args: [reduced] }) : undefined;
  const ok = and(graph, level.present, found);
  return { kind: 'scalar', shape: value.shape.slice(0, -1), node: reduced, ...(ok && { ok }) };
}

export function reduceNumbers(graph: Graph, kind: ReduceKind, value: Value, name: string): Value {
  if (value.kind === 'record' && kind === 'sum') {
    innermost(value, name);
    return sumVectors(graph, value, (one) => reduce(graph, 'sum', one));
  }
  const of = scalar(value, `${name}()`);
  const texts = kind === 'min' || kind === 'max' || kind === 'argmin' || kind === 'argmax';
  if (of.node.type === 'string' && !texts)
    throw new Refusal('type', `${name}() takes numbers, not ${typeName(value)}`);
  return reduce(graph, kind, of, name);
}

export function reduceConditions(
  graph: Graph,
  kind: 'any' | 'all' | 'countnonzero',
  value: Value,
  name: string,
): Value {
  return reduce(graph, kind, condition(graph, value, `${name}()`), name);
}

/** Entries of each list, missing ones left out. */
export function count(graph: Graph, value: Value): ScalarValue {
  if (value.kind === 'record') return num(graph, value, 'count');
  const of = scalar(value, 'count()');
  return of.ok ? reduce(graph, 'count', of) : num(graph, of, 'count');
}

/** Elements of each list, missing ones too. */
export function num(graph: Graph, value: Value, name: string): ScalarValue {
  if (value.kind === 'list' || value.kind === 'none')
    throw new Refusal('type', `${name}() takes a collection`);
  // The level that counts is the collection's own, not that of lists inside its fields.
  const level = innermost(value, name);
  const shape = value.shape.slice(0, -1);
  const node = graph.lengthOf(level.axis);
  return { kind: 'scalar', shape, node, ...(level.present && { ok: level.present }) };
}

export function mean(graph: Graph, value: Value): ScalarValue {
  const of = scalar(value, 'mean()');
  const float = lift(graph, [of], ([x]) => cast(graph, x!, 'float64'));
  return lift(graph, [reduce(graph, 'sum', float, 'mean'), count(graph, of)], ([sum, n]) =>
    float2(graph, 'div', sum!, n!),
  );
}

/** Root of the mean squared distance from the mean: numpy's `std`, in two passes. */
export function std(graph: Graph, value: Value): ScalarValue {
  const of = scalar(value, 'std()');
  const middle = mean(graph, of);
  const far = lift(graph, [of, middle], ([x, m]) => {
    const d = float2(graph, 'sub', x!, m!);
    return float2(graph, 'mul', d, d);
  });
  return lift(graph, [mean(graph, far)], ([x]) => graph.node({ op: 'sqrt', type: 'float64', args: [x!] }));
}

/** The value, or `otherwise` where it is missing. */
export function fillNone(graph: Graph, value: Value, otherwise: Value): Value {
  const [of, by] = [scalar(value, 'fill_none()'), scalar(otherwise, 'fill_none()')];
  if ((of.node.type === 'string') !== (by.node.type === 'string'))
    throw new Refusal('type', `fill_none() cannot put ${typeName(by)} into ${typeName(of)}`);
  const plain = lift(graph, [withoutOk(of), by], ([x, y]) => {
    const [a, b] = common(graph, x!, y!);
    if (!of.ok) return a;
    return where(graph, of.ok, a, b);
  });
  return plain;
}

const withoutOk = (value: ScalarValue): ScalarValue => {
  const { ok: _, ...rest } = value;
  return rest;
};

/** Two nodes of one type, as `where` and `fill_none` need. */
export function common(graph: Graph, x: Node, y: Node): [Node, Node] {
  if (x.type === y.type) return [x, y];
  if (x.type === 'string' || y.type === 'string')
    throw new Refusal('type', `text and ${x.type === 'string' ? y.type : x.type} have no common type`);
  const type = promote(x.type, y.type);
  return [cast(graph, x, type), cast(graph, y, type)];
}

export function choose(graph: Graph, test: Value, a: Value, b: Value): ScalarValue {
  const c = condition(graph, test, 'where()');
  const [x, y] = [scalar(a, 'where()'), scalar(b, 'where()')];
  const needed = withoutOk(x);
  const other = withoutOk(y);
  const result = lift(graph, [c, needed, other], ([t, p, q]) => {
    const [u, v] = common(graph, p!, q!);
    return where(graph, t!, u, v);
  });
  if (!x.ok && !y.ok) return result;
  // Missing where the chosen side is; a missing row value beside lists is missing in each element.
  const there = where(graph, c.node, x.ok ?? graph.truth(true), y.ok ?? graph.truth(true));
  const ok = and(graph, result.ok, there);
  return { ...result, ...(ok && { ok }) };
}
