import { cast, float1, float2, same, unify } from '../ir/arithmetic.ts';
import type { Graph } from '../ir/graph.ts';
import { isInteger } from '../ir/scalars.ts';
import type { Node, Strict } from '../ir/types.ts';
import { absolute, lift, scalar, strengthen, typeName } from '../value/arithmetic.ts';
import { common } from '../value/reduce.ts';
import { Refusal } from '../value/refusal.ts';
import type { ScalarValue, Value } from '../value/types.ts';
import type { ExpressionFunction } from './types.ts';

function number(value: Value, name: string): ScalarValue {
  const of = scalar(value, `${name}()`);
  if (of.node.type === 'string') throw new Refusal('type', `${name}() takes numbers, not ${typeName(of)}`);
  return of;
}

/** A function of one float. */
function one(name: string, op: Strict): ExpressionFunction {
  return {
    signature: `${name}(x)`,
    least: 1,
    most: 1,
    apply: (graph, { values }) => lift(graph, [number(values[0]!, name)], ([x]) => float1(graph, op, x!)),
  };
}

function two(signature: string, op: Strict): ExpressionFunction {
  const name = signature.slice(0, signature.indexOf('('));
  return {
    signature,
    least: 2,
    most: 2,
    apply: (graph, { values }) =>
      lift(
        graph,
        values.map((value) => number(value, name)),
        ([x, y]) => float2(graph, op, x!, y!),
      ),
  };
}

/** floor, ceil, round: of whole numbers themselves. */
function rounding(name: string, op: Strict): ExpressionFunction {
  return {
    signature: `${name}(x)`,
    least: 1,
    most: 1,
    apply: (graph, { values }) =>
      lift(graph, [number(values[0]!, name)], ([x]) => (isInteger(x!.type) ? x! : float1(graph, op, x!))),
  };
}

function test(name: string, op: Strict): ExpressionFunction {
  return {
    signature: `${name}(x)`,
    least: 1,
    most: 1,
    apply: (graph, { values }) =>
      lift(graph, [number(values[0]!, name)], ([x]) => {
        if (x!.type !== 'float64') return graph.truth(name === 'isfinite');
        return graph.node({ op, type: 'bool', args: [x!] });
      }),
  };
}

function conversion(name: string, convert: (graph: Graph, x: Node) => Node): ExpressionFunction {
  return {
    signature: `${name}(x)`,
    least: 1,
    most: 1,
    apply: (graph, { values }) => lift(graph, [number(values[0]!, name)], ([x]) => convert(graph, x!)),
  };
}

/** The least or greatest of several values, element by element. */
export function extreme(
  graph: Graph,
  op: 'min2' | 'max2' | 'nanmin2' | 'nanmax2',
  values: Value[],
  name: string,
): ScalarValue {
  const operands = strengthen(
    graph,
    values.map((value) => number(value, name)),
  );
  return operands.reduce((a, b) =>
    lift(graph, [a, b], (nodes) => {
      const [x, y] = unify(graph, nodes) as [Node, Node];
      const plain = op === 'nanmin2' ? 'min2' : op === 'nanmax2' ? 'max2' : op;
      if (x.type === 'bool')
        return cast(graph, same(graph, plain, cast(graph, x, 'int8'), cast(graph, y, 'int8')), 'bool');
      return same(graph, x.type === 'float64' ? op : plain, x, y);
    }),
  );
}

/** NaN and infinities replaced: by 0 and the greatest floats unless said otherwise. */
function nanToNum(
  graph: Graph,
  of: ScalarValue,
  by: (name: string, otherwise: number) => ScalarValue,
): ScalarValue {
  const replacements = [by('nan', 0), by('posinf', Number.MAX_VALUE), by('neginf', -Number.MAX_VALUE)];
  return lift(graph, [of, ...replacements], ([x, nan, up, down]) => {
    if (x!.type !== 'float64') return x!;
    const is = (op: Strict, ...args: Node[]) => graph.node({ op, type: 'bool', args });
    const pick = (cond: Node, a: Node, b: Node) => {
      const [p, q] = common(graph, cast(graph, a, 'float64'), b);
      return graph.node({ op: 'where', type: 'float64', args: [cond, p, q] });
    };
    const zero = graph.constant('float64', 0);
    const infinite = pick(is('lt', zero, x!), up!, cast(graph, down!, 'float64'));
    return pick(is('isnan', x!), nan!, pick(is('isinf', x!), infinite, x!));
  });
}

export const ELEMENTWISE: Record<string, ExpressionFunction> = {
  abs: {
    signature: 'abs(x)',
    least: 1,
    most: 1,
    apply: (graph, { values }) => lift(graph, [number(values[0]!, 'abs')], ([x]) => absolute(graph, x!)),
  },
  sqrt: one('sqrt', 'sqrt'),
  exp: one('exp', 'exp'),
  log: one('log', 'log'),
  log10: one('log10', 'log10'),
  sin: one('sin', 'sin'),
  cos: one('cos', 'cos'),
  tan: one('tan', 'tan'),
  asin: one('asin', 'asin'),
  acos: one('acos', 'acos'),
  atan: one('atan', 'atan'),
  sinh: one('sinh', 'sinh'),
  cosh: one('cosh', 'cosh'),
  tanh: one('tanh', 'tanh'),
  hypot: two('hypot(x, y)', 'hypot'),
  atan2: two('atan2(y, x)', 'atan2'),
  floor: rounding('floor', 'floor'),
  ceil: rounding('ceil', 'ceil'),
  round: rounding('round', 'round'),
  isnan: test('isnan', 'isnan'),
  isfinite: test('isfinite', 'isfinite'),
  isinf: test('isinf', 'isinf'),
  float32: conversion('float32', (graph, x) => float1(graph, 'float32', x)),
  float64: conversion('float64', (graph, x) => cast(graph, x, 'float64')),
  int: conversion('int', (graph, x) => cast(graph, x, 'int64')),
  bool: conversion('bool', (graph, x) => cast(graph, x, 'bool')),
  clip: {
    signature: 'clip(x, low, high)',
    least: 3,
    most: 3,
    named: ['low', 'high'],
    apply: (graph, { values }) =>
      extreme(graph, 'min2', [extreme(graph, 'max2', [values[0]!, values[1]!], 'clip'), values[2]!], 'clip'),
  },
  nan_to_num: {
    signature: 'nan_to_num(x, nan=0, posinf=, neginf=)',
    least: 1,
    most: 4,
    named: ['nan', 'posinf', 'neginf'],
    apply(graph, { values, named }) {
      const order = ['nan', 'posinf', 'neginf'];
      return nanToNum(graph, number(values[0]!, 'nan_to_num'), (name, otherwise) => {
        const given = named.get(name) ?? values[order.indexOf(name) + 1];
        if (given) return number(given, 'nan_to_num');
        return { kind: 'scalar', shape: [], node: graph.constant('float64', otherwise) };
      });
    },
  },
};
