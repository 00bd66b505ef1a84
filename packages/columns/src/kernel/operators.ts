import { isBigNode } from '../ir/graph.ts';
import { BITS, isInteger, isUnsigned, wrapCode } from '../ir/scalars.ts';
import type { Node } from '../ir/types.ts';

const FLOAT2: Record<string, string> = { add: '+', sub: '-', mul: '*', div: '/' };
const CALLS: Record<string, string> = {
  floordiv: 'floatFloorDiv', mod: 'floatMod', min2: 'min2', max2: 'max2', nanmin2: 'nanmin2', nanmax2: 'nanmax2',
  deltaphi: 'deltaPhi', hypot: 'hypot', round: 'roundEven',
}; // biome-ignore format: a table
const BIG: Record<string, string> = { add: '+', sub: '-', mul: '*', bitand: '&', bitor: '|', bitxor: '^' };
const BIG_CALLS: Record<string, string> = {
  floordiv: 'bigFloorDiv', mod: 'bigMod', pow: 'bigPow', shl: 'bigShiftLeft', shr: 'bigShiftRight',
}; // biome-ignore format: a table

/** JavaScript of an elementwise operation, from that of its arguments: what `apply` of the interpreter computes. */
export function operation(node: Node, args: readonly string[]): string {
  const [a, b] = args as [string, string];
  switch (node.op) {
    case 'cast':
      return conversion(node, a);
    case 'big':
      return `BigInt(${a})`;
    case 'lt':
      return `(${a} < ${b})`;
    case 'le':
      return `(${a} <= ${b})`;
    case 'eq':
      return `(${a} === ${b})`;
    case 'ne':
      return `(${a} !== ${b})`;
    case 'not':
      return `!${a}`;
    case 'isnan':
      return `(${a} !== ${a})`;
    case 'isfinite':
      return `(${a} - ${a} === 0)`;
    case 'isinf':
      return `(${a} === Infinity || ${a} === -Infinity)`;
    case 'length':
      return `textLength(${a})`;
  }
  if (isBigNode(node))
    return `BigInt.${isUnsigned(node.type) ? 'asUintN' : 'asIntN'}(64, ${wide(node, a, b)})`;
  return isInteger(node.type) ? whole(node, a, b) : float(node, a, b);
}

function wide(node: Node, a: string, b: string): string {
  const { op } = node;
  if (BIG[op]) return `${a} ${BIG[op]} ${b}`;
  if (BIG_CALLS[op]) return `${BIG_CALLS[op]}(${a}, ${b})`;
  if (op === 'abs') return `(${a} < 0n ? -${a} : ${a})`;
  if (op === 'invert') return `~${a}`;
  return `(${a} ${op === 'min2' ? '<' : '>'} ${b} ? ${a} : ${b})`;
}

function whole(node: Node, a: string, b: string): string {
  const { op, type } = node;
  const wraps = (code: string) => (BITS[type] === 64 ? `(${code})` : wrapCode(type, code));
  switch (op) {
    case 'add':
      return wraps(`${a} + ${b}`);
    case 'sub':
      return wraps(`${a} - ${b}`);
    case 'mul':
      return BITS[type] === 64 ? `(${a} * ${b})` : wraps(`Math.imul(${a}, ${b})`);
    case 'floordiv':
      return wraps(`intFloorDiv(${a}, ${b})`);
    case 'mod':
      return wraps(`intMod(${a}, ${b})`);
    case 'pow':
      return wraps(`intPow(${a}, ${b})`);
    case 'bitand':
      return wraps(`${a} & ${b}`);
    case 'bitor':
      return wraps(`${a} | ${b}`);
    case 'bitxor':
      return wraps(`${a} ^ ${b}`);
    case 'shl':
      return wraps(`shiftLeft(${a}, ${b}, ${BITS[type]})`);
    case 'shr':
      return wraps(`shiftRight(${a}, ${b}, ${BITS[type]})`);
    case 'abs':
      return wraps(`${a} < 0 ? -${a} : ${a}`);
    case 'invert':
      return wraps(`~${a}`);
    case 'min2':
      return `Math.min(${a}, ${b})`;
    case 'max2':
      return `Math.max(${a}, ${b})`;
    default:
      throw new TypeError(`no ${op} of integers`);
  }
}

function float(node: Node, a: string, b: string): string {
  const { op } = node;
  if (FLOAT2[op]) return `(${a} ${FLOAT2[op]} ${b})`;
  if (CALLS[op]) return b === undefined ? `${CALLS[op]}(${a})` : `${CALLS[op]}(${a}, ${b})`;
  if (op === 'neg') return `-(${a})`;
  if (op === 'abs') return `Math.abs(${a})`;
  if (op === 'sqrt') return `Math.sqrt(${a})`;
  return b === undefined ? `${op}(${a})` : `${op}(${a}, ${b})`;
}

function conversion(node: Node, a: string): string {
  const { type } = node;
  const from = node.args[0]!;
  const wasBig = isBigNode(from);
  if (type === 'bool') return wasBig ? `(${a} !== 0n)` : `(${a} !== 0)`;
  if (type === 'float64') return wasBig ? `Number(${a})` : from.type === 'bool' ? `(${a} ? 1 : 0)` : a;
  if (isBigNode(node)) {
    if (from.type === 'float64') return `floatToBig(${a}, ${isUnsigned(type)})`;
    return `BigInt.${isUnsigned(type) ? 'asUintN' : 'asIntN'}(64, BigInt(${a}))`;
  }
  if (from.type === 'bool') return `(${a} ? 1 : 0)`;
  if (from.type === 'float64') return wrapCode(type, `floatToInt(${a})`);
  if (wasBig) return type === 'int32' ? `bigToPosition(${a})` : `Number(BigInt.asIntN(32, ${a}))`;
  return BITS[type] === 64 ? a : wrapCode(type, a);
}
