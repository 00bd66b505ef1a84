/** Checks of results (`check:`): conditions on the fields of what a task made. */
import { calls, type Expression, ExpressionError, evaluate, names, parse } from '@fasthep/expression';
import type { CheckRule } from '../keywords/check/rule.ts';
import type { Json, JsonObject } from '../types/json.ts';
import type { TaskContext, ValueType } from '../types/plugin.ts';
import { TaskFailure } from './failure.ts';

/** What goes over the rows of a result. Missing values are left out, as everywhere in the language. */
const REDUCTIONS: Readonly<Record<string, (values: Json[]) => Json>> = {
  min: (values) => extreme(values, (a, b) => a < b),
  max: (values) => extreme(values, (a, b) => a > b),
  sum: (values) => values.reduce<number>((sum, value) => sum + Number(value), 0),
  mean: (values) => values.reduce<number>((sum, value) => sum + Number(value), 0) / values.length,
  any: (values) => values.some(Boolean),
  all: (values) => values.every(Boolean),
  count: (values) => values.length,
  count_nonzero: (values) => values.filter(Boolean).length,
};

function extreme(values: readonly Json[], better: (a: Json & {}, b: Json & {}) => boolean): Json {
  return values.reduce<Json>((best, value) => (best === null || better(value!, best) ? value : best), null);
}

/** Fails, or warns, where a result does not meet its rule. */
export function checkResult(
  rule: CheckRule,
  name: string,
  type: ValueType,
  value: unknown,
  log: TaskContext['log'],
): void {
  const wrong = rule.that.flatMap((that) => failureOf(that, type, value) ?? []);
  if (wrong.length === 0) return;
  const message = `the check of '${name}' does not hold: ${wrong.join('; ')}`;
  if (rule.level === 'warn') log(message, 'warning');
  else throw new TaskFailure({ code: 'FLOW-R018', message, retry: 'none' });
}

/** Why a condition does not hold; undefined: it does. */
function failureOf(that: string, type: ValueType, value: unknown): string | undefined {
  const tree = parse(that);
  const fields = new Map<string, { parts: readonly string[]; value: Json }>();
  for (const { parts, path } of names(tree)) {
    const field = type.field?.(value, parts);
    if (field === undefined) return `${that} (there is no field '${path}')`;
    fields.set(path, { parts, value: field });
  }
  const lengths = [...fields.values()].flatMap(({ value: one }) => (Array.isArray(one) ? [one.length] : []));
  const rows = lengths.length > 0 ? Math.max(...lengths) : 1;
  const scopes = Array.from({ length: rows }, (_, row) => scopeOf(fields.values(), row));
  try {
    const reduced = withoutReductions(tree, scopes);
    const left = names(reduced);
    const every = left.length === 0 ? [{}] : scopes;
    const failing = every.flatMap((scope, row) => (holds(reduced, scope) ? [] : [row]));
    if (failing.length === 0) return undefined;
    const seen = (left.length > 0 ? left : names(tree)).slice(0, 3).map(({ path }) => path);
    return `${that}${where(failing, rows, left.length > 0, [...new Set(seen)], fields)}`;
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    return `${that} (${error.message})`;
  }
}

function where(
  failing: readonly number[],
  rows: number,
  byRow: boolean,
  seen: readonly string[],
  fields: ReadonlyMap<string, { value: Json }>,
): string {
  const [row = 0] = failing;
  const values = seen.map((path) => {
    const { value } = fields.get(path)!;
    const one = Array.isArray(value) && (byRow || value.length === 1) ? value[row] : value;
    return Array.isArray(one) ? `${path} has ${one.length} rows` : `${path} is ${JSON.stringify(one)}`;
  });
  const first = byRow && rows > 1 ? `in ${failing.length} of ${rows} rows, first in row ${row}: ` : '';
  return ` (${first}${values.join(', ')})`;
}

function scopeOf(fields: Iterable<{ parts: readonly string[]; value: Json }>, row: number): JsonObject {
  const scope: JsonObject = {};
  for (const { parts, value } of fields) {
    let at = scope;
    for (const part of parts.slice(0, -1)) {
      if (!Object.hasOwn(at, part)) at[part] = {};
      at = at[part] as JsonObject;
    }
    at[parts.at(-1)!] = (Array.isArray(value) ? value[row] : value) ?? null;
  }
  return scope;
}

function holds(tree: Expression, scope: JsonObject): boolean {
  const given = evaluate(tree, scope);
  if (typeof given === 'boolean') return given;
  // Missing spreads, and what is missing is no yes.
  if (given === null) return false;
  throw new ExpressionError('type', `it gives ${JSON.stringify(given)}, neither true nor false`, [0, 0]);
}

/** The tree with the values of its reductions in their place. */
function withoutReductions(tree: Expression, scopes: readonly JsonObject[]): Expression {
  if (tree.kind === 'call' && tree.args.length === 1 && Object.hasOwn(REDUCTIONS, tree.name)) {
    const [argument] = tree.args as [Expression];
    const values = scopes.map((scope) => evaluate(argument, scope));
    return literal(REDUCTIONS[tree.name]!((values as Json[]).filter((value) => value !== null)), tree);
  }
  return calls(tree).length === 0 ? tree : (partsReplaced(tree, scopes) as Expression);
}

function partsReplaced(node: object, scopes: readonly JsonObject[]): unknown {
  return Object.fromEntries(Object.entries(node).map(([key, part]) => [key, replaced(part, scopes)]));
}

function replaced(part: unknown, scopes: readonly JsonObject[]): unknown {
  if (Array.isArray(part)) return part.map((one) => replaced(one, scopes));
  if (typeof part !== 'object' || part === null) return part;
  return 'kind' in part ? withoutReductions(part as Expression, scopes) : partsReplaced(part, scopes);
}

function literal(value: Json, { start, end }: Expression): Expression {
  if (typeof value === 'number') return { kind: 'float', value, start, end };
  if (typeof value === 'string') return { kind: 'text', value, start, end };
  return { kind: 'constant', value: value as boolean | null, start, end };
}
