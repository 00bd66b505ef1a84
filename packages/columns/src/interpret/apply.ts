import { isBigNode } from '../ir/graph.ts';
import { BITS, isInteger, isUnsigned, wrap, wrapBig } from '../ir/scalars.ts';
import type { Datum, Node } from '../ir/types.ts';
import { ELEMENTARY, type Elementary } from '../maths/elementary.ts';
import {
  deltaPhi,
  floatFloorDiv,
  floatMod,
  hypot,
  max2,
  min2,
  nanmax2,
  nanmin2,
  roundEven,
} from '../maths/float.ts';
import {
  bigFloorDiv,
  bigMod,
  bigPow,
  bigShiftLeft,
  bigShiftRight,
  bigToPosition,
  floatToBig,
  floatToInt,
  intFloorDiv,
  intMod,
  intPow,
  shiftLeft,
  shiftRight,
} from '../maths/integer.ts';

/** Text length in characters. */
export const textLength = (text: string): number => {
  let count = 0;
  for (const _ of text) count++;
  return count;
};

/** The value of an elementwise operation: what the compiler writes out, step by step. */
export function apply(node: Node, args: readonly Datum[]): Datum {
  const [a, b] = args as [never, never];
  const { op, type } = node;
  if (op === 'cast') return convert(node, args[0]!);
  if (op === 'big') return BigInt(a);
  switch (op) {
    case 'lt':
      return a < b;
    case 'le':
      return a <= b;
    case 'eq':
      return a === b;
    case 'ne':
      return a !== b;
    case 'not':
      return !a;
    case 'isnan':
      return Number.isNaN(a);
    case 'isfinite':
      return Number.isFinite(a);
    case 'isinf':
      return a === Number.POSITIVE_INFINITY || a === Number.NEGATIVE_INFINITY;
    case 'isin':
      return node.set!.includes(args[0]!);
    case 'length':
      return textLength(a);
  }
  if (isBigNode(node)) return wrapBig(type, wide(node, a, b));
  if (isInteger(type)) return whole(node, a, b);
  return float(node, a, b);
}

function wide(node: Node, a: bigint, b: bigint): bigint {
  switch (node.op) {
    case 'add':
      return a + b;
    case 'sub':
      return a - b;
    case 'mul':
      return a * b;
    case 'floordiv':
      return bigFloorDiv(a, b);
    case 'mod':
      return bigMod(a, b);
    case 'pow':
      return bigPow(a, b);
    case 'bitand':
      return a & b;
    case 'bitor':
      return a | b;
    case 'bitxor':
      return a ^ b;
    case 'shl':
      return bigShiftLeft(a, b);
    case 'shr':
      return bigShiftRight(a, b);
    case 'abs':
      return a < 0n ? -a : a;
    case 'invert':
      return ~a;
    case 'min2':
      return a < b ? a : b;
    case 'max2':
      return a > b ? a : b;
    default:
      throw new TypeError(`no ${node.op} of 64-bit integers`);
  }
}

/** Integers that are numbers in memory. Those of 64 bits have bounds that no operation leaves. */
function whole(node: Node, a: number, b: number): number {
  const { op, type } = node;
  switch (op) {
    case 'add':
      return wrap(type, a + b);
    case 'sub':
      return wrap(type, a - b);
    case 'mul':
      return type === 'int64' || type === 'uint64' ? a * b : wrap(type, Math.imul(a, b));
    case 'floordiv':
      return wrap(type, intFloorDiv(a, b));
    case 'mod':
      return wrap(type, intMod(a, b));
    case 'pow':
      return wrap(type, intPow(a, b));
    case 'bitand':
      return wrap(type, a & b);
    case 'bitor':
      return wrap(type, a | b);
    case 'bitxor':
      return wrap(type, a ^ b);
    case 'shl':
      return wrap(type, shiftLeft(a, b, BITS[type]));
    case 'shr':
      return wrap(type, shiftRight(a, b, BITS[type]));
    case 'abs':
      return wrap(type, a < 0 ? -a : a);
    case 'invert':
      return wrap(type, ~a);
    case 'min2':
      return Math.min(a, b);
    case 'max2':
      return Math.max(a, b);
    default:
      throw new TypeError(`no ${op} of integers`);
  }
}

function float(node: Node, a: number, b: number): number {
  switch (node.op) {
    case 'add':
      return a + b;
    case 'sub':
      return a - b;
    case 'mul':
      return a * b;
    case 'div':
      return a / b;
    case 'floordiv':
      return floatFloorDiv(a, b);
    case 'mod':
      return floatMod(a, b);
    case 'neg':
      return -a;
    case 'abs':
      return Math.abs(a);
    case 'min2':
      return min2(a, b);
    case 'max2':
      return max2(a, b);
    case 'nanmin2':
      return nanmin2(a, b);
    case 'nanmax2':
      return nanmax2(a, b);
    case 'deltaphi':
      return deltaPhi(a, b);
    case 'hypot':
      return hypot(a, b);
    case 'round':
      return roundEven(a);
    case 'atan2':
      return ELEMENTARY.atan2(a, b);
    case 'pow':
      return ELEMENTARY.pow(a, b);
    default:
      return (ELEMENTARY[node.op as Elementary] as (x: number) => number)(a);
  }
}

function convert(node: Node, value: Datum): Datum {
  const { type } = node;
  const from = node.args[0]!;
  if (type === 'bool') return typeof value === 'bigint' ? value !== 0n : value !== 0;
  if (type === 'float64') return Number(value);
  if (isBigNode(node)) {
    if (from.type === 'float64') return floatToBig(value as number, isUnsigned(type));
    return wrapBig(type, BigInt(value as number | bigint));
  }
  if (from.type === 'float64') return wrap(type, floatToInt(value as number));
  if (typeof value === 'bigint')
    return type === 'int32' ? bigToPosition(value) : Number(BigInt.asIntN(32, value));
  return wrap(type, Number(value));
}
