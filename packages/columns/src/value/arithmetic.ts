import type { BinaryOperator, CompareOperator } from '@fasthep/expression';
import {
  and,
  big,
  both,
  cast,
  comparison,
  either,
  float2,
  not,
  numeric,
  same,
  unify,
} from '../ir/arithmetic.ts';
import { type Graph, isBigNode } from '../ir/graph.ts';
import { isInteger, isUnsigned, promote, rangeOf } from '../ir/scalars.ts';
import { tabulated } from '../ir/substitute.ts';
import type { Node, Scalar, Strict } from '../ir/types.ts';
import { spread } from './broadcast.ts';
import { Refusal } from './refusal.ts';
import type { ScalarValue, Value } from './types.ts';

export const typeName = (value: Value): string => {
  if (value.kind === 'none') return 'None';
  if (value.kind === 'list') return 'a list';
  if (value.kind === 'record') return value.tuple === undefined ? 'a record' : 'a tuple of objects';
  return value.node.type === 'string' ? 'text' : value.node.type;
};

export function scalar(value: Value, what: string): ScalarValue {
  if (value.kind === 'scalar') return value;
  if (value.kind === 'record') {
    const names = [...value.fields.keys()].slice(0, 4).join(', ');
    throw new Refusal('type', `${what} takes values, not ${typeName(value)}`, `name a field of it: ${names}`);
  }
  throw new Refusal('type', `${what} cannot take ${typeName(value)}`);
}

export function literal(graph: Graph, value: bigint): ScalarValue {
  const type = value > 2n ** 63n - 1n ? 'uint64' : 'int64';
  return { kind: 'scalar', shape: [], node: graph.constant(type, value), weak: value };
}

export const constantOf = (graph: Graph, type: Scalar, value: boolean | number | string): ScalarValue => ({
  kind: 'scalar',
  shape: [],
  node: graph.constant(type, value),
});

/** An elementwise function of scalar nodes, over values of any shape, missing where one of them is. */
export function lift(
  graph: Graph,
  values: readonly ScalarValue[],
  apply: (nodes: Node[]) => Node,
): ScalarValue {
  const { shape, values: even } = spread(graph, values);
  const ok = even.reduce<Node | undefined>((sum, one) => and(graph, sum, one.ok), undefined);
  const node = tabulated(graph, apply(even.map((one) => one.node)));
  return { kind: 'scalar', shape, node, ...(ok && { ok }) };
}

/** Whole numbers of the text take the type of the other operands; alone they are int64. */
export function strengthen(
  graph: Graph,
  values: readonly ScalarValue[],
  bool: Scalar = 'int64',
): ScalarValue[] {
  const strong = values.filter((value) => value.weak === undefined).map((value) => value.node.type);
  if (strong.length === 0 || strong.length === values.length) return [...values];
  let type = strong.reduce(promote);
  if (type === 'bool') type = bool;
  if (type === 'string') return [...values];
  return values.map((value) => {
    if (value.weak === undefined) return value;
    if (isInteger(type)) {
      const [least, most] = rangeOf(type);
      if (value.weak < least || value.weak > most)
        throw new Refusal(
          'value',
          `${value.weak} does not fit into ${type}`,
          `widen the other operand: int(...) is int64`,
        );
    }
    return { ...value, node: cast(graph, graph.constant(wideEnough(value.weak), value.weak), type) };
  });
}

const wideEnough = (value: bigint): Scalar => (value > 2n ** 63n - 1n ? 'uint64' : 'int64');

const OPS: Partial<Record<BinaryOperator, Strict>> = {
  '+': 'add', '-': 'sub', '*': 'mul', '/': 'div', '//': 'floordiv', '%': 'mod', '**': 'pow',
  '&': 'bitand', '|': 'bitor', '^': 'bitxor', '<<': 'shl', '>>': 'shr',
}; // biome-ignore format: a table

function bool2(graph: Graph, op: BinaryOperator, a: Node, b: Node): Node | undefined {
  if (op === '+' || op === '|') return either(graph, a, b);
  if (op === '*' || op === '&') return both(graph, a, b);
  if (op === '^') return graph.node({ op: 'ne', type: 'bool', args: [a, b] });
  if (op === '-') throw new Refusal('type', "'-' of two conditions", 'write a and not b, or a != b');
  return undefined;
}

function power(graph: Graph, a: Node, b: Node): Node {
  if (a.type === 'float64') {
    const by = b.op === 'const' ? Number(b.value) : undefined;
    if (by === 2) return same(graph, 'mul', a, a);
    if (by === 1) return a;
    if (by === 0.5) return graph.node({ op: 'sqrt', type: 'float64', args: [a] });
  }
  return same(graph, 'pow', a, b);
}

function arithmetic(graph: Graph, op: BinaryOperator, x: Node, y: Node): Node {
  if (x.type === 'bool' && y.type === 'bool') {
    const result = bool2(graph, op, x, y);
    if (result) return result;
    if (op !== '/') return arithmetic(graph, op, cast(graph, x, 'int8'), cast(graph, y, 'int8'));
  }
  if (op === '/') return float2(graph, 'div', x, y);
  const [a, b] = unify(graph, [x, y]) as [Node, Node];
  const bits = op === '&' || op === '|' || op === '^' || op === '<<' || op === '>>';
  if (bits && !isInteger(a.type))
    throw new Refusal(
      'type',
      `'${op}' works on whole numbers and conditions, not on floats`,
      `'${op}' binds tighter than comparisons: put them in brackets, or write 'and', 'or'`,
    );
  if (op === '**') {
    if (isInteger(b.type) && b.op === 'const' && Number(b.value) < 0)
      throw new Refusal('value', 'a whole number to a negative power', 'write the power as a float: -1.0');
    return power(graph, a, b);
  }
  return same(graph, OPS[op]!, a, b);
}

/** Python's arithmetic on two whole numbers of the text. */
function fold(graph: Graph, op: BinaryOperator, a: bigint, b: bigint): ScalarValue | undefined {
  const floor = (x: bigint, y: bigint) => x / y - (x % y !== 0n && x < 0n !== y < 0n ? 1n : 0n);
  switch (op) {
    case '+':
      return literal(graph, a + b);
    case '-':
      return literal(graph, a - b);
    case '*':
      return literal(graph, a * b);
    case '//':
      return b === 0n ? undefined : literal(graph, floor(a, b));
    case '%':
      return b === 0n ? undefined : literal(graph, a - floor(a, b) * b);
    case '**':
      if (b < 0n) return constantOf(graph, 'float64', Number(a) ** Number(b));
      return b < 64n ? literal(graph, a ** b) : undefined;
    case '&':
      return literal(graph, a & b);
    case '|':
      return literal(graph, a | b);
    case '^':
      return literal(graph, a ^ b);
    case '<<':
      return b >= 0n && b < 64n ? literal(graph, a << b) : undefined;
    case '>>':
      return b >= 0n ? literal(graph, a >> b) : undefined;
    default:
      return undefined;
  }
}

/** `left op right` for arithmetic and bit operators, on scalars. */
export function binary(graph: Graph, op: BinaryOperator, left: Value, right: Value): ScalarValue {
  const [a, b] = [scalar(left, `'${op}'`), scalar(right, `'${op}'`)];
  if (a.weak !== undefined && b.weak !== undefined) {
    const whole = fold(graph, op, a.weak, b.weak);
    if (whole && (whole.weak === undefined || (whole.weak < 2n ** 64n && whole.weak >= -(2n ** 63n))))
      return whole;
  }
  if (!numeric(a.node) || !numeric(b.node))
    throw new Refusal('type', `'${op}' cannot take ${typeName(a)} and ${typeName(b)}`);
  const operands = op === '/' ? [a, b] : strengthen(graph, [a, b]);
  return lift(graph, operands, ([x, y]) => arithmetic(graph, op, x!, y!));
}

export function negative(graph: Graph, value: Value): ScalarValue {
  const of = scalar(value, "'-'");
  if (of.weak !== undefined) return literal(graph, -of.weak);
  if (!numeric(of.node)) throw new Refusal('type', `'-' cannot take ${typeName(of)}`);
  if (of.node.type === 'bool') throw new Refusal('type', "'-' of a condition", "write 'not'");
  return lift(graph, [of], ([x]) => minus(graph, x!));
}

function minus(graph: Graph, x: Node): Node {
  if (x.op === 'const' && x.type === 'float64') return graph.constant('float64', -(x.value as number));
  if (!isInteger(x.type)) return graph.node({ op: 'neg', type: x.type, args: [x] });
  return same(graph, 'sub', graph.constant(x.type, 0), x);
}

/** `abs` keeps the type; the least integer stays negative, as in numpy. */
export function absolute(graph: Graph, x: Node): Node {
  if (x.type === 'bool' || isUnsigned(x.type)) return x;
  const draft = { op: 'abs' as const, type: x.type, args: [x] };
  if (!isInteger(x.type)) return graph.node(draft);
  if (isBigNode(x)) return graph.node(draft);
  const far = Math.max(Math.abs(x.low!), Math.abs(x.high!));
  return x.type === 'int64' ? graph.integer(draft, 0, far) : graph.integer(draft);
}

export function invert(graph: Graph, value: Value): ScalarValue {
  const of = scalar(value, "'~'");
  if (of.weak !== undefined) return literal(graph, ~of.weak);
  if (of.node.type !== 'bool' && !isInteger(of.node.type))
    throw new Refusal('type', `'~' cannot take ${typeName(of)}`);
  return lift(graph, [of], ([x]) => {
    if (x!.type === 'bool') return not(graph, x!);
    if (isBigNode(x!)) return graph.node({ op: 'invert', type: x!.type, args: [x!] });
    return isUnsigned(x!.type) && x!.type === 'uint64'
      ? graph.node({ op: 'invert', type: x!.type, args: [big(graph, x!)] })
      : x!.type === 'int64'
        ? same(graph, 'sub', graph.constant('int64', -1), x!)
        : graph.integer({ op: 'invert', type: x!.type, args: [x!] });
  });
}

/** A value as a condition. Numbers count as true when they are not zero. */
export function condition(graph: Graph, value: Value, what: string): ScalarValue {
  const of = scalar(value, what);
  if (of.node.type === 'string') throw new Refusal('type', `${what} takes conditions, not text`);
  if (of.node.type === 'bool') return of;
  const { weak: _, ...rest } = of;
  return { ...rest, node: cast(graph, of.node, 'bool') };
}

export function logical(graph: Graph, op: 'and' | 'or', left: Value, right: Value): ScalarValue {
  const operands = [condition(graph, left, `'${op}'`), condition(graph, right, `'${op}'`)];
  return lift(graph, operands, ([a, b]) => (op === 'and' ? both(graph, a!, b!) : either(graph, a!, b!)));
}

export function negation(graph: Graph, value: Value): ScalarValue {
  return lift(graph, [condition(graph, value, "'not'")], ([a]) => not(graph, a!));
}

/** `a < b` and the other comparisons, `in` and `is` apart. */
export function compare(graph: Graph, op: CompareOperator, left: Value, right: Value): ScalarValue {
  const [a, b] = [scalar(left, `'${op}'`), scalar(right, `'${op}'`)];
  const texts = [a, b].filter((one) => one.node.type === 'string').length;
  if (texts === 1) throw new Refusal('type', `'${op}' cannot compare ${typeName(a)} with ${typeName(b)}`);
  // Whole numbers of the text compare by value, whether they fit into the other's type or not.
  const operands = [a, b].map((one) => (one.weak === undefined ? one : { ...one, weak: undefined }));
  return lift(graph, operands, ([x, y]) => {
    switch (op) {
      case '<':
        return comparison(graph, 'lt', x!, y!);
      case '<=':
        return comparison(graph, 'le', x!, y!);
      case '>':
        return comparison(graph, 'lt', y!, x!);
      case '>=':
        return comparison(graph, 'le', y!, x!);
      case '==':
        return comparison(graph, 'eq', x!, y!);
      default:
        return comparison(graph, 'ne', x!, y!);
    }
  });
}

export function isNone(graph: Graph, value: Value): ScalarValue {
  if (value.kind === 'none') return constantOf(graph, 'bool', true);
  if (value.kind === 'list') return constantOf(graph, 'bool', false);
  // A list that is missing as a whole is missing: the question is asked of its elements.
  const node = value.ok ? not(graph, value.ok) : graph.truth(false);
  return { kind: 'scalar', shape: value.shape, node };
}

export function isIn(graph: Graph, value: Value, list: Value): ScalarValue {
  if (list.kind !== 'list') throw new Refusal('type', "'in' looks into a list", 'write x in [a, b]');
  const of = scalar(value, "'in'");
  const items = list.items.map((item) => scalar(item, "a list for 'in'"));
  const plain = items.every((item) => item.node.op === 'const' && item.node.type === 'string');
  if (plain && of.node.type === 'string' && items.length > 0) {
    const set = items.map((item) => item.node.value!);
    return lift(graph, [of], ([x]) => graph.node({ op: 'isin', type: 'bool', args: [x!], set }));
  }
  return items
    .map((item) => compare(graph, '==', of, item))
    .reduce(
      (a, b) => logical(graph, 'or', a, b),
      lift(graph, [of], () => graph.truth(false)),
    );
}
