import { type Graph, isBigNode } from './graph.ts';
import { isInteger, isNumeric, isWide, promote, rangeOf, wrap, wrapBig } from './scalars.ts';
import type { Node, Scalar, Strict } from './types.ts';

/** A node as another numeric type. To integers: the low bits of integers; floats lose their fraction, non-finite ones give 0. */
export function cast(graph: Graph, node: Node, type: Scalar): Node {
  if (node.type === type) return node;
  if (node.op === 'const') {
    const { value } = node;
    if (type === 'float64') return graph.constant(type, Number(value));
    if (type === 'bool')
      return graph.constant(type, typeof value === 'bigint' ? value !== 0n : Number(value) !== 0);
    if (node.type === 'bool') return graph.constant(type, value ? 1 : 0);
    if (isInteger(node.type)) {
      const exact = BigInt(value as number | bigint);
      return graph.constant(
        type,
        isWide(type) ? wrapBig(type, exact) : wrap(type, Number(BigInt.asIntN(32, exact))),
      );
    }
  }
  const draft = { op: 'cast' as const, type, args: [node] };
  if (!isInteger(type)) return graph.node(draft);
  if (node.type === 'bool') return graph.integer(draft, 0, 1);
  if (!isInteger(node.type)) return graph.integer(draft);
  const [low, high] = [node.low, node.high];
  const [least, most] = rangeOf(type);
  const fits = low !== undefined && high !== undefined && BigInt(low) >= least && BigInt(high) <= most;
  return fits ? graph.integer(draft, low, high) : graph.integer(draft);
}

/** The same integer as bigint in memory. */
export function big(graph: Graph, node: Node): Node {
  if (isBigNode(node)) return node;
  return graph.node({ op: 'big', type: node.type, args: [node] });
}

/** Bounds of an integer result from those of its operands, or nothing when they are not known. */
function bounds(op: Strict, a: Node, b: Node): [number, number] | undefined {
  if (a.low === undefined || b.low === undefined || a.high === undefined || b.high === undefined)
    return undefined;
  switch (op) {
    case 'add':
      return [a.low + b.low, a.high + b.high];
    case 'sub':
      return [a.low - b.high, a.high - b.low];
    case 'mul': {
      const ends = [a.low * b.low, a.low * b.high, a.high * b.low, a.high * b.high];
      return [Math.min(...ends), Math.max(...ends)];
    }
    case 'floordiv':
    case 'mod': {
      const most =
        op === 'mod'
          ? Math.max(Math.abs(b.low), Math.abs(b.high))
          : Math.max(Math.abs(a.low), Math.abs(a.high));
      return [-most, most];
    }
    case 'min2':
      return [Math.min(a.low, b.low), Math.min(a.high, b.high)];
    case 'max2':
      return [Math.max(a.low, b.low), Math.max(a.high, b.high)];
    default:
      return undefined;
  }
}

/** An operation of two operands that have one type already; integers wrap at its width. */
export function same(graph: Graph, op: Strict, a: Node, b: Node): Node {
  const type = a.type;
  if (!isWide(type)) {
    const draft = { op, type, args: [a, b] };
    return isInteger(type) ? graph.integer(draft) : graph.node(draft);
  }
  const range = bounds(op, a, b);
  const inside = range && (type === 'int64' || range[0] >= 0);
  if (inside && Math.max(Math.abs(range[0]), Math.abs(range[1])) <= Number.MAX_SAFE_INTEGER)
    return graph.integer({ op, type, args: [a, b] }, range[0], range[1]);
  return graph.node({ op, type, args: [big(graph, a), big(graph, b)] });
}

/** Brings numeric operands to the type that numpy gives them. */
export function unify(graph: Graph, nodes: readonly Node[]): Node[] {
  const type = nodes.map((one) => one.type).reduce(promote);
  return nodes.map((one) => cast(graph, one, type));
}

/** Brings operands of a comparison together; 64-bit integers compare exactly, signed with unsigned too. */
function comparable(graph: Graph, a: Node, b: Node): [Node, Node] {
  if (isInteger(a.type) && isInteger(b.type))
    return isBigNode(a) || isBigNode(b) ? [big(graph, a), big(graph, b)] : [a, b];
  if (a.type === b.type) return [a, b];
  const [x, y] = unify(graph, [a, b]);
  return [x!, y!];
}

/** `a op b` for `lt`, `le`, `eq`, `ne`; both numeric, or both text. */
export function comparison(graph: Graph, op: 'lt' | 'le' | 'eq' | 'ne', a: Node, b: Node): Node {
  const [x, y] = comparable(graph, a, b);
  if (x.op === 'const' && y.op === 'const') {
    const [p, q] = [x.value!, y.value!];
    return graph.truth(op === 'lt' ? p < q : op === 'le' ? p <= q : op === 'eq' ? p === q : p !== q);
  }
  return graph.node({ op, type: 'bool', args: [x, y] });
}

export function and(graph: Graph, a: Node | undefined, b: Node | undefined): Node | undefined {
  if (!a || a === b) return b;
  if (!b) return a;
  return both(graph, a, b);
}

/** Logical and; the right operand is evaluated only where the left one holds. */
export function both(graph: Graph, a: Node, b: Node): Node {
  if (a === b) return a;
  if (a.op === 'const') return a.value ? b : a;
  if (b.op === 'const' && b.value) return a;
  // (x and y) and y: guards of several operands often repeat.
  for (let left = a; left.op === 'and'; left = left.args[0]!)
    if (left.args[1] === b || left.args[0] === b) return a;
  return graph.node({ op: 'and', type: 'bool', args: [a, b] });
}

export function either(graph: Graph, a: Node, b: Node): Node {
  if (a === b) return a;
  if (a.op === 'const') return a.value ? a : b;
  if (b.op === 'const' && !b.value) return a;
  return graph.node({ op: 'or', type: 'bool', args: [a, b] });
}

export function not(graph: Graph, a: Node): Node {
  if (a.op === 'const') return graph.truth(!a.value);
  return a.op === 'not' ? a.args[0]! : graph.node({ op: 'not', type: 'bool', args: [a] });
}

export function where(graph: Graph, test: Node, a: Node, b: Node): Node {
  if (a === b) return a;
  if (test.op === 'const') return test.value ? a : b;
  let [x, y] = [a, b];
  if (isBigNode(x) !== isBigNode(y)) [x, y] = [big(graph, x), big(graph, y)];
  const draft = { op: 'where' as const, type: x.type, args: [test, x, y] };
  if (!isInteger(x.type) || x.low === undefined || y.low === undefined) return graph.node(draft);
  return graph.integer(draft, Math.min(x.low, y.low), Math.max(x.high!, y.high!));
}

/** A function of one float. Integers and booleans become floats. */
export function float1(graph: Graph, op: Strict, a: Node): Node {
  return graph.node({ op, type: 'float64', args: [cast(graph, a, 'float64')] });
}

export function float2(graph: Graph, op: Strict, a: Node, b: Node): Node {
  return graph.node({ op, type: 'float64', args: [cast(graph, a, 'float64'), cast(graph, b, 'float64')] });
}

export const numeric = (node: Node): boolean => isNumeric(node.type) || node.type === 'bool';
