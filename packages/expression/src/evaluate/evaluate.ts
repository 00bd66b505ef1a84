import { ExpressionError } from '../errors/errors.ts';
import { didYouMean } from '../errors/nearest.ts';
import type { BinaryOperator, CompareOperator, Expression } from '../tree/types.ts';
import { FUNCTIONS, truth } from './functions.ts';
import { describe, type Value } from './values.ts';

/** Names and their values. A function is asked for each name (and may give undefined), a map is looked up. */
export type Scope = Record<string, unknown> | ((name: string) => unknown);

const spanOf = (node: Expression): [number, number] => [node.start, node.end];

function lookUp(scope: Scope, node: Expression & { kind: 'name' }): Value {
  const value =
    typeof scope === 'function'
      ? scope(node.name)
      : Object.hasOwn(scope, node.name)
        ? scope[node.name]
        : undefined;
  if (value !== undefined) return value as Value;
  const known = typeof scope === 'function' ? [] : Object.keys(scope);
  const help =
    didYouMean(node.name, known) ??
    (Object.hasOwn(FUNCTIONS, node.name) ? 'functions are called: f(x)' : undefined);
  throw new ExpressionError('unknown-name', `nothing is named '${node.name}'`, spanOf(node), help);
}

function member(of: Value, node: Expression & { kind: 'member' }): Value {
  if (Array.isArray(of) && /^\d+$/.test(node.name)) return place(of, Number(node.name), node);
  if (of === null || typeof of !== 'object' || Array.isArray(of))
    throw new ExpressionError('type', `${describe(of)} has no member '${node.name}'`, spanOf(node));
  if (Object.hasOwn(of, node.name)) return of[node.name] ?? null;
  const help = didYouMean(node.name, Object.keys(of));
  throw new ExpressionError('unknown-member', `there is no '${node.name}' in it`, spanOf(node), help);
}

function place(of: Value[] | string, at: number, node: Expression): Value {
  const items = typeof of === 'string' ? [...of] : of;
  const index = at < 0 ? at + items.length : at;
  if (!Number.isInteger(at) || index < 0 || index >= items.length)
    throw new ExpressionError('value', `no item ${at} in a list of ${items.length}`, spanOf(node));
  return items[index] ?? null;
}

function index(of: Value, key: Value, node: Expression): Value {
  if ((Array.isArray(of) || typeof of === 'string') && typeof key === 'number') return place(of, key, node);
  if (of !== null && typeof of === 'object' && !Array.isArray(of)) {
    const name = typeof key === 'number' ? String(key) : key;
    if (typeof name === 'string' && Object.hasOwn(of, name)) return of[name] ?? null;
    throw new ExpressionError('unknown-member', `there is no ${describe(key)} in it`, spanOf(node));
  }
  throw new ExpressionError('type', `${describe(of)} has no item ${describe(key)}`, spanOf(node));
}

const ARITHMETIC: Partial<Record<BinaryOperator, (a: number, b: number) => number>> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
  '//': (a, b) => Math.floor(a / b),
  '%': (a, b) => {
    const rest = a % b;
    return rest !== 0 && rest < 0 !== b < 0 ? rest + b : rest;
  },
  '**': (a, b) => a ** b,
};
const BITS: Partial<Record<BinaryOperator, (a: bigint, b: bigint) => bigint>> = {
  '&': (a, b) => a & b,
  '|': (a, b) => a | b,
  '^': (a, b) => a ^ b,
  '<<': (a, b) => a << b,
  '>>': (a, b) => a >> b,
};

function binary(op: BinaryOperator, a: Value, b: Value, node: Expression): Value {
  if (op === '+' && typeof a === 'string' && typeof b === 'string') return a + b;
  if (op === '+' && Array.isArray(a) && Array.isArray(b)) return [...a, ...b];
  const numeric = (x: Value) => typeof x === 'number' || typeof x === 'boolean';
  if (!numeric(a) || !numeric(b))
    throw new ExpressionError('type', `'${op}' cannot take ${describe(a)} and ${describe(b)}`, spanOf(node));
  const [x, y] = [Number(a), Number(b)];
  const bits = BITS[op];
  if (bits) {
    if (
      !Number.isSafeInteger(x) ||
      !Number.isSafeInteger(y) ||
      ((op === '<<' || op === '>>') && (y < 0 || y > 63))
    )
      throw new ExpressionError(
        'type',
        `'${op}' cannot take ${x} and ${y}`,
        spanOf(node),
        'it works on whole numbers',
      );
    const result = Number(bits(BigInt(x), BigInt(y)));
    return typeof a === 'boolean' && typeof b === 'boolean' ? result !== 0 : result;
  }
  if ((op === '/' || op === '//' || op === '%') && y === 0)
    throw new ExpressionError('value', 'division by zero', spanOf(node));
  const result = ARITHMETIC[op]!(x, y);
  if (op === '**' && Number.isNaN(result) && !Number.isNaN(x) && !Number.isNaN(y))
    throw new ExpressionError('value', `${x} ** ${y} is not a real number`, spanOf(node));
  return result;
}

/** Equality by content: lists and maps item by item, True == 1. */
function equal(a: Value, b: Value): boolean {
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((item, i) => equal(item, b[i]!));
  if (a !== null && b !== null && typeof a === 'object' && typeof b === 'object') {
    if (Array.isArray(a) || Array.isArray(b)) return false;
    const keys = Object.keys(a);
    return (
      keys.length === Object.keys(b).length && keys.every((k) => Object.hasOwn(b, k) && equal(a[k]!, b[k]!))
    );
  }
  const plain = (x: Value) => (typeof x === 'boolean' ? Number(x) : x);
  const [x, y] = [plain(a), plain(b)];
  if (typeof x === 'bigint' || typeof y === 'bigint')
    // biome-ignore lint/suspicious/noDoubleEquals: a bigint and a number of one value are equal
    return typeof x !== 'string' && typeof y !== 'string' && x == y;
  return x === y;
}

function contains(item: Value, of: Value, node: Expression): boolean {
  if (Array.isArray(of)) return of.some((one) => equal(one, item));
  if (typeof of === 'string' && typeof item === 'string') return of.includes(item);
  if (of !== null && typeof of === 'object') return typeof item === 'string' && Object.hasOwn(of, item);
  throw new ExpressionError('type', `'in' looks into a list, text or map, not ${describe(of)}`, spanOf(node));
}

function compare(op: CompareOperator, a: Value, b: Value, node: Expression): boolean {
  if (op === 'in' || op === 'not in') return contains(a, b, node) === (op === 'in');
  if (op === '==' || op === 'is') return equal(a, b);
  if (op === '!=' || op === 'is not') return !equal(a, b);
  const texts = typeof a === 'string' && typeof b === 'string';
  const countable = (x: Value) => typeof x === 'number' || typeof x === 'boolean' || typeof x === 'bigint';
  if (!texts && !(countable(a) && countable(b)))
    throw new ExpressionError(
      'type',
      `'${op}' cannot compare ${describe(a)} with ${describe(b)}`,
      spanOf(node),
    );
  const [x, y] = [a as number, b as number];
  if (op === '<') return x < y;
  if (op === '<=') return x <= y;
  return op === '>' ? x > y : x >= y;
}

/**
 * The value of an expression on plain data, as Python would have it (`and` and `or` give an operand, `/` is true
 * division): for `${a * 2}`, `when:`, `rules: if`.
 * @throws {ExpressionError} with the place of what cannot be computed
 */
export function evaluate(node: Expression, scope: Scope): Value {
  switch (node.kind) {
    case 'integer':
      return node.value <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(node.value) : node.value;
    case 'float':
    case 'text':
    case 'constant':
      return node.value;
    case 'list':
      return node.items.map((item) => evaluate(item, scope));
    case 'name':
      return lookUp(scope, node);
    case 'member':
      return member(evaluate(node.of, scope), node);
    case 'index':
      return index(evaluate(node.of, scope), evaluate(node.index, scope), node);
    case 'slice': {
      const of = evaluate(node.of, scope);
      if (!Array.isArray(of) && typeof of !== 'string')
        throw new ExpressionError('type', `${describe(of)} cannot be sliced`, spanOf(node));
      const bound = (part?: Expression) => {
        const value = part && evaluate(part, scope);
        if (value === undefined || Number.isInteger(value)) return value as number | undefined;
        throw new ExpressionError('type', 'a slice has whole numbers', spanOf(node));
      };
      return of.slice(bound(node.from) ?? 0, bound(node.to));
    }
    case 'unary': {
      const of = evaluate(node.of, scope);
      if (node.op === 'not') return !truth(of);
      if (typeof of !== 'number' && typeof of !== 'boolean')
        throw new ExpressionError('type', `'${node.op}' cannot take ${describe(of)}`, spanOf(node));
      if (node.op === '~') return typeof of === 'boolean' ? !of : -Number(of) - 1;
      return node.op === '-' ? -Number(of) : Number(of);
    }
    case 'binary': {
      const left = evaluate(node.left, scope);
      if (node.op === 'and') return truth(left) ? evaluate(node.right, scope) : left;
      if (node.op === 'or') return truth(left) ? left : evaluate(node.right, scope);
      return binary(node.op, left, evaluate(node.right, scope), node);
    }
    case 'compare': {
      let left = evaluate(node.first, scope);
      for (const { op, right } of node.rest) {
        const next = evaluate(right, scope);
        if (!compare(op, left, next, node)) return false;
        left = next;
      }
      return true;
    }
    case 'choice':
      return evaluate(truth(evaluate(node.test, scope)) ? node.yes : node.no, scope);
    case 'call': {
      const known = Object.hasOwn(FUNCTIONS, node.name) ? FUNCTIONS[node.name] : undefined;
      if (!known) {
        const help = didYouMean(node.name, Object.keys(FUNCTIONS));
        throw new ExpressionError(
          'unknown-function',
          `no function '${node.name}'`,
          [node.start, node.nameEnd],
          help,
        );
      }
      const count = node.args.length;
      if (node.named.length > 0 || count < known.least || count > known.most)
        throw new ExpressionError(
          'arguments',
          `${node.name}() called with the wrong arguments`,
          spanOf(node),
        );
      return known.apply(
        node.args.map((arg) => evaluate(arg, scope)),
        node,
      );
    }
  }
}
