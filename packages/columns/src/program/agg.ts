import { children, type Expression, ExpressionError, print } from '@fasthep/expression';
import { meaning, type Scope } from '../check/expression.ts';
import { cast } from '../ir/arithmetic.ts';
import { isInteger, isUnsigned } from '../ir/scalars.ts';
import type { Scalar } from '../ir/types.ts';
import { condition } from '../value/arithmetic.ts';
import { Refusal } from '../value/refusal.ts';
import type { ScalarValue } from '../value/types.ts';
import type { SlotKind, SlotSpec } from './plans.ts';

/** A reduction over rows, found in a text of `agg`. */
export interface Slot extends SlotSpec {
  value?: ScalarValue;
  /** As written: what is one reduction in one dataset must be one in all of them, whatever it is worth there. */
  text?: string;
}

const KINDS: Record<string, SlotKind> = {
  sum: 'sum',
  nansum: 'nansum',
  prod: 'prod',
  min: 'min',
  max: 'max',
  nanmin: 'nanmin',
  nanmax: 'nanmax',
  any: 'any',
  all: 'all',
  mean: 'mean',
  std: 'std',
  count: 'count',
  count_nonzero: 'countnonzero',
};

function resultType(kind: SlotKind, type: Scalar): Scalar {
  if (kind === 'count' || kind === 'countnonzero') return 'int64';
  if (kind === 'any' || kind === 'all') return 'bool';
  if (kind === 'mean' || kind === 'std' || kind === 'sumw' || kind === 'sumw2') return 'float64';
  if (kind === 'sum' || kind === 'nansum' || kind === 'prod') {
    if (type === 'bool') return 'int64';
    return isInteger(type) ? (isUnsigned(type) ? 'uint64' : 'int64') : 'float64';
  }
  return type;
}

function slotOf(kind: SlotKind, value: ScalarValue, scope: Scope): Slot {
  const { graph } = scope;
  let of = value;
  if (kind === 'any' || kind === 'all' || kind === 'countnonzero') of = condition(graph, value, `${kind}()`);
  else if (kind !== 'count' && kind !== 'min' && kind !== 'max' && value.node.type === 'string')
    throw new Refusal('type', `${kind}() takes numbers, not text`);
  const type = resultType(kind, of.node.type);
  const summed = kind === 'sum' || kind === 'nansum' || kind === 'prod' || kind === 'mean' || kind === 'std';
  if (summed) of = { ...of, node: cast(graph, of.node, type) };
  const nullable = kind === 'min' || kind === 'max' || kind === 'nanmin' || kind === 'nanmax';
  return { kind, type, nullable, value: of };
}

/** The row value that a call reduces over rows, or undefined if it reduces lists inside rows. */
function argument(node: Expression & { kind: 'call' }, scope: Scope): ScalarValue | undefined {
  const axis = node.named.find((one) => one.name === 'axis');
  if (axis && !(axis.value.kind === 'integer' && axis.value.value === 0n))
    throw new ExpressionError('arguments', 'axis=0 are the rows', [axis.value.start, axis.value.end]);
  if (node.args.length !== 1 || node.named.length > (axis ? 1 : 0)) return undefined;
  const value = meaning(node.args[0]!, scope);
  if (value.kind === 'scalar' && value.shape.length === 0) return value;
  if (axis)
    throw new ExpressionError(
      'type',
      'a reduction over rows takes one value for each row',
      [node.start, node.end],
      `reduce the lists first: ${node.name}(${node.name}(...))`,
    );
  return undefined;
}

/** Puts `$0`, `$1`, … for the reductions over rows in a text of `agg`; gives the text of what is left. */
export function extractSlots(node: Expression, scope: Scope, slots: Slot[]): string {
  const inside = { value: false };
  const result = replace(node, scope, slots, inside);
  if (!inside.value)
    throw new ExpressionError(
      'type',
      'this is not reduced over the rows',
      [node.start, node.end],
      'agg takes count(), sumw(), sum(x), mean(x), min(x), max(x), any(x), …',
    );
  return print(result);
}

function replace(node: Expression, scope: Scope, slots: Slot[], found: { value: boolean }): Expression {
  const slot = node.kind === 'call' ? rowReduction(node, scope) : undefined;
  if (slot) {
    found.value = true;
    const text = print(node);
    const same = slots.findIndex((one) => one.text === text);
    const at = same >= 0 ? same : slots.push({ ...slot, text }) - 1;
    return { kind: 'name', name: `$${at}`, quoted: true, start: node.start, end: node.end };
  }
  if (node.kind === 'name' || node.kind === 'member')
    throw new ExpressionError(
      'type',
      `'${print(node)}' has a value for each row`,
      [node.start, node.end],
      `reduce it over the rows: sum(${print(node)}), max(${print(node)}), …`,
    );
  return rebuilt(node, (child) => replace(child, scope, slots, found));
}

function rowReduction(node: Expression & { kind: 'call' }, scope: Scope): Slot | undefined {
  if (node.args.length === 0 && node.named.length === 0) {
    if (node.name === 'count') return { kind: 'count', type: 'int64', nullable: false };
    if (node.name === 'sumw' || node.name === 'sumw2')
      return { kind: node.name, type: 'float64', nullable: false };
  }
  const kind = Object.hasOwn(KINDS, node.name) ? KINDS[node.name] : undefined;
  if (!kind || scope.macros.has(node.name)) return undefined;
  const value = argument(node, scope);
  if (!value) return undefined;
  try {
    return slotOf(kind, value, scope);
  } catch (error) {
    if (error instanceof Refusal)
      throw new ExpressionError(error.code, error.message, [node.start, node.end], error.help);
    throw error;
  }
}

/** A node with its parts changed. */
function rebuilt(node: Expression, change: (child: Expression) => Expression): Expression {
  switch (node.kind) {
    case 'list':
      return { ...node, items: node.items.map(change) };
    case 'unary':
      return { ...node, of: change(node.of) };
    case 'binary':
      return { ...node, left: change(node.left), right: change(node.right) };
    case 'compare':
      return {
        ...node,
        first: change(node.first),
        rest: node.rest.map((one) => ({ ...one, right: change(one.right) })),
      };
    case 'choice':
      return { ...node, test: change(node.test), yes: change(node.yes), no: change(node.no) };
    case 'call':
      return {
        ...node,
        args: node.args.map(change),
        named: node.named.map((one) => ({ ...one, value: change(one.value) })),
      };
    default:
      if (children(node).length > 0)
        throw new ExpressionError('type', 'an index has no meaning here', [node.start, node.end]);
      return node;
  }
}
