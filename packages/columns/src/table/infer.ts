import { ColumnsError } from '../error.ts';
import { formatType, mapFields } from './type.ts';
import type { DataType, Schema } from './types.ts';

/** A type while values are still coming; `nothing` has been missing so far. */
type Guess =
  | { kind: 'nothing' | 'bool' | 'int64' | 'float64' | 'string'; nullable: boolean }
  | { kind: 'list'; item: Guess; nullable: boolean }
  | { kind: 'record'; fields: Map<string, Guess>; seen: number; nullable: boolean };

/**
 * The narrowest type that holds all values: bool, int64, float64 (also for integers beside fractions), string,
 * lists, records with every key that occurs. Only missing values: float64. Throws `table.mixed`.
 */
export function inferType(values: Iterable<unknown>, name = 'value'): DataType {
  let guess: Guess = { kind: 'nothing', nullable: false };
  for (const value of values) guess = widen(guess, value, name);
  return finish(guess);
}

/** The types of rows given as objects; a key that some rows lack is nullable. */
export function inferSchema(rows: Iterable<Readonly<Record<string, unknown>>>): Schema {
  const type = inferType(rows, '');
  return type.kind === 'record' ? type.fields : {};
}

function widen(guess: Guess, value: unknown, name: string): Guess {
  if (value === null || value === undefined) {
    guess.nullable = true;
    return guess;
  }
  const kind = kindOf(value, name);
  if (guess.kind === 'nothing') return widen(start(kind, guess.nullable), value, name);
  if (guess.kind === 'list' && kind === 'list') {
    for (const item of value as Iterable<unknown>) guess.item = widen(guess.item, item, `${name}[]`);
    return guess;
  }
  if (guess.kind === 'record' && kind === 'record') {
    addRecord(guess, value as Record<string, unknown>, name);
    return guess;
  }
  if (guess.kind === kind) return guess;
  if ((guess.kind === 'int64' && kind === 'float64') || (guess.kind === 'float64' && kind === 'int64'))
    return { kind: 'float64', nullable: guess.nullable };
  throw new ColumnsError(
    'table.mixed',
    `'${name}' holds ${formatType(finish(guess))} in one row and ${kind} in another`,
    'a column has one type: give the schema, or make the values alike',
  );
}

function addRecord(guess: Guess & { kind: 'record' }, value: Record<string, unknown>, name: string): void {
  for (const [key, inner] of Object.entries(value)) {
    const before = guess.fields.get(key) ?? { kind: 'nothing' as const, nullable: guess.seen > 0 };
    guess.fields.set(key, widen(before, inner, name === '' ? key : `${name}.${key}`));
  }
  for (const [key, field] of guess.fields) if (!Object.hasOwn(value, key)) field.nullable = true;
  guess.seen++;
}

function start(kind: Exclude<Guess['kind'], 'nothing'>, nullable: boolean): Guess {
  if (kind === 'list') return { kind, item: { kind: 'nothing', nullable: false }, nullable };
  if (kind === 'record') return { kind, fields: new Map(), seen: 0, nullable };
  return { kind, nullable };
}

function kindOf(value: unknown, name: string): Exclude<Guess['kind'], 'nothing'> {
  switch (typeof value) {
    case 'boolean':
      return 'bool';
    case 'bigint':
      return 'int64';
    case 'number':
      return Number.isSafeInteger(value) && !Object.is(value, -0) ? 'int64' : 'float64';
    case 'string':
      return 'string';
    case 'object':
      return Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView))
        ? 'list'
        : 'record';
    default:
      throw new ColumnsError('table.value', `'${name}': a ${typeof value} cannot be put into a table`);
  }
}

function finish(guess: Guess): DataType {
  const mark = guess.nullable ? { nullable: true } : {};
  if (guess.kind === 'nothing') return { kind: 'float64', nullable: true };
  if (guess.kind === 'list') return { kind: 'list', item: finishItem(guess.item), ...mark };
  if (guess.kind === 'record')
    return { kind: 'record', fields: mapFields(Object.fromEntries(guess.fields), finish), ...mark };
  return { kind: guess.kind, ...mark };
}

/** Lists that were all empty: their items are float64, and none is missing. */
function finishItem(guess: Guess): DataType {
  return guess.kind === 'nothing' && !guess.nullable ? { kind: 'float64' } : finish(guess);
}
