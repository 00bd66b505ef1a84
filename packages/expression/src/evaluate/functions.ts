import { ExpressionError } from '../errors/errors.ts';
import type { CallNode } from '../tree/types.ts';
import { describe, type Value } from './values.ts';

type Apply = (args: Value[], node: CallNode) => Value;

interface Known {
  least: number;
  most: number;
  apply: Apply;
}

const spanOf = (node: CallNode): [number, number] => [node.start, node.end];

function number(value: Value, node: CallNode): number {
  if (typeof value === 'number') return value;
  if (typeof value === 'boolean') return Number(value);
  throw new ExpressionError('type', `${node.name}() takes numbers, not ${describe(value)}`, spanOf(node));
}

function list(value: Value, node: CallNode): Value[] {
  if (Array.isArray(value)) return value;
  throw new ExpressionError('type', `${node.name}() takes a list, not ${describe(value)}`, spanOf(node));
}

const one = (f: (x: number) => number): Known => ({
  least: 1,
  most: 1,
  apply: ([x], node) => f(number(x ?? null, node)),
});

/** Python's `round` without digits: halves go to the even neighbour. */
export function roundEven(x: number): number {
  const below = Math.floor(x);
  const rest = x - below;
  if (rest !== 0.5) return Math.round(x);
  return below % 2 === 0 ? below : below + 1;
}

function extreme(better: (a: number | string, b: number | string) => boolean): Known {
  return {
    least: 1,
    most: Number.POSITIVE_INFINITY,
    apply(args, node) {
      const items = args.length === 1 ? list(args[0]!, node) : args;
      if (items.length === 0)
        throw new ExpressionError('value', `${node.name}() of an empty list`, spanOf(node));
      const texts = items.every((item) => typeof item === 'string');
      const values = texts ? (items as string[]) : items.map((item) => number(item, node));
      return values.reduce((best, next) => (better(next, best) ? next : best));
    },
  };
}

function text(value: Value): string {
  if (typeof value === 'string') return value;
  if (value === null) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

function toNumber(value: Value, node: CallNode): number {
  if (typeof value !== 'string') return number(value, node);
  const found = value.trim() === '' ? Number.NaN : Number(value);
  if (Number.isNaN(found) && value.trim().toLowerCase() !== 'nan')
    throw new ExpressionError('value', `'${value}' is not a number`, spanOf(node));
  return found;
}

/** What Python's `bool()` says. */
export function truth(value: Value): boolean {
  if (value === null || value === false || value === 0 || value === '' || value === 0n) return false;
  if (Array.isArray(value)) return value.length > 0;
  return typeof value === 'object' ? Object.keys(value).length > 0 : true;
}

function size(value: Value, node: CallNode): number {
  if (typeof value === 'string') return [...value].length;
  if (Array.isArray(value)) return value.length;
  if (value !== null && typeof value === 'object') return Object.keys(value).length;
  throw new ExpressionError('type', `len() takes a text, list or map, not ${describe(value)}`, spanOf(node));
}

/** The functions of plain values. What the fields of a table have is another table, in `@fasthep/columns`. */
export const FUNCTIONS: Record<string, Known> = {
  abs: one(Math.abs),
  sqrt: one(Math.sqrt),
  exp: one(Math.exp),
  log: one(Math.log),
  log10: one(Math.log10),
  floor: one(Math.floor),
  ceil: one(Math.ceil),
  round: one(roundEven),
  min: extreme((a, b) => a < b),
  max: extreme((a, b) => a > b),
  int: { least: 1, most: 1, apply: ([x], node) => Math.trunc(toNumber(x ?? null, node)) },
  float: { least: 1, most: 1, apply: ([x], node) => toNumber(x ?? null, node) },
  str: { least: 1, most: 1, apply: ([x]) => text(x ?? null) },
  bool: { least: 1, most: 1, apply: ([x]) => truth(x ?? null) },
  len: { least: 1, most: 1, apply: ([x], node) => size(x ?? null, node) },
  sum: {
    least: 1,
    most: 1,
    apply: ([x], node) => list(x ?? null, node).reduce<number>((sum, item) => sum + number(item, node), 0),
  },
  any: { least: 1, most: 1, apply: ([x], node) => list(x ?? null, node).some(truth) },
  all: { least: 1, most: 1, apply: ([x], node) => list(x ?? null, node).every(truth) },
};
