/** Fields that a reader makes, event by event, straight into columns. */
import {
  ARRAYS,
  type Column,
  columnFrom,
  type DataType,
  INTEGER_RANGES,
  isBig,
  makeValidity,
  type Numeric,
  type Schema,
  setValid,
  type Values,
} from '@fasthep/columns';
import { AdaptError } from '../error.ts';
import { canonicalName } from '../fields/type.ts';
import type { EventWriter } from './types.ts';

/** The writer of the fields of one batch after the other. */
export interface Writer {
  out: EventWriter;
  /** Makes room for a batch of so many rows. */
  start(rows: number): void;
  /** Keeps what was written for the event under the cursor, or drops it. */
  keep(): void;
  drop(): void;
  columns(): Record<string, Column>;
}

interface Field {
  name: string;
  get(): unknown;
  set(value: unknown): void;
  start(rows: number): void;
  /** Ends event number `row`. */
  keep(row: number): void;
  drop(row: number): void;
  column(rows: number): Column;
}

/** Writes fields of a schema. Throws `adapt.produces` for a value of another type, or none where none may be missing. */
export function makeWriter(schema: Schema): Writer {
  const fields = Object.entries(schema).map(([name, type]) => makeField(name, type));
  const out = {} as EventWriter;
  for (const field of fields) {
    const property = { get: () => field.get(), set: (value: unknown) => field.set(value), enumerable: true };
    Object.defineProperty(out, field.name, property);
    const key = canonicalName(field.name);
    if (key !== field.name) Object.defineProperty(out, key, property);
  }
  // A misspelt field is an error where it is written.
  Object.preventExtensions(out);
  let row = 0;
  return {
    out,
    start(rows) {
      row = 0;
      for (const field of fields) field.start(rows);
    },
    keep() {
      for (const field of fields) field.keep(row);
      row++;
    },
    drop() {
      for (const field of fields) field.drop(row);
    },
    columns: () => Object.fromEntries(fields.map((field) => [field.name, field.column(row)])),
  };
}

function makeField(name: string, type: DataType): Field {
  if (type.kind === 'list' && isNumber(type.item) && !type.item.nullable)
    return listField(name, type.item.kind as Numeric);
  if (isNumber(type)) return numberField(name, type);
  return anyField(name, type);
}

const isNumber = (type: DataType) => type.kind !== 'list' && type.kind !== 'record' && type.kind !== 'string';

/** Puts a value into an array of its type. */
type Put = (values: Values, at: number, value: unknown) => void;

function putter(name: string, kind: Numeric): Put {
  const wrong = (value: unknown): never => {
    throw new AdaptError(
      'adapt.produces',
      `'${name}' is ${kind}, and ${shown(value)} is not`,
      'give it another type in produces, or write another value',
    );
  };
  if (kind === 'bool')
    return (values, at, value) => {
      if (typeof value !== 'boolean') wrong(value);
      values[at] = value ? 1 : 0;
    };
  if (kind === 'float64' || kind === 'float32')
    return (values, at, value) => {
      if (typeof value !== 'number') wrong(value);
      values[at] = value as number;
    };
  const [least, most] = INTEGER_RANGES[kind]!;
  const big = isBig(kind);
  return (values, at, value) => {
    const whole = typeof value === 'bigint' || Number.isInteger(value);
    if (!whole || (value as number) < least || (value as number) > most) wrong(value);
    values[at] = big ? BigInt(value as number) : Number(value);
  };
}

function numberField(name: string, type: DataType): Field {
  const kind = type.kind as Numeric;
  const put = putter(name, kind);
  let values: Values = new ARRAYS[kind](0);
  let validity = makeValidity(0);
  let row = 0;
  let given = false;
  return {
    name,
    get: () => (given ? values[row] : undefined),
    set(value) {
      given = value !== null && value !== undefined;
      if (given) put(values, row, value);
    },
    start(rows) {
      values = new ARRAYS[kind](rows);
      validity = makeValidity(rows);
      row = 0;
      given = false;
    },
    keep(at) {
      if (given) {
        if (type.nullable) setValid(validity, at);
      } else if (type.nullable) values[at] = isBig(kind) ? 0n : 0;
      else unwritten(name);
      row = at + 1;
      given = false;
    },
    drop() {
      given = false;
    },
    column: (rows) => ({
      kind: 'primitive',
      type: kind,
      length: rows,
      values: values.subarray(0, rows) as Values,
      ...(type.nullable ? { validity } : {}),
    }),
  };
}

/** A list of numbers, pushed to. */
function listField(name: string, kind: Numeric): Field {
  const put = putter(name, kind);
  let offsets = new Int32Array(1);
  let values: Values = new ARRAYS[kind](64);
  let end = 0;
  let start = 0;
  const list = {
    get length() {
      return end - start;
    },
    push(value: unknown) {
      if (end === values.length) {
        const more = new ARRAYS[kind](2 * end);
        more.set(values as never);
        values = more;
      }
      put(values, end, value);
      return ++end - start;
    },
    at: (j: number) => values[j < 0 ? end + j : start + j],
  };
  return {
    name,
    get: () => list,
    set(value) {
      const items = value as Iterable<unknown> | null;
      if (typeof items?.[Symbol.iterator] !== 'function' || typeof value === 'string')
        throw new AdaptError('adapt.produces', `'${name}' is a list, and ${shown(value)} is none`);
      end = start;
      for (const item of items) list.push(item);
    },
    start(rows) {
      offsets = new Int32Array(rows + 1);
      values = new ARRAYS[kind](Math.max(64, rows));
      start = end = 0;
    },
    keep(at) {
      offsets[at + 1] = end;
      start = end;
    },
    drop() {
      end = start;
    },
    column: (rows) => ({
      kind: 'list',
      length: rows,
      offsets: offsets.subarray(0, rows + 1),
      content: { kind: 'primitive', type: kind, length: end, values: values.subarray(0, end) as Values },
    }),
  };
}

/** Texts, lists of lists: kept as they come. */
function anyField(name: string, type: DataType): Field {
  let rows: unknown[] = [];
  let now: unknown;
  return {
    name,
    get: () => now,
    set: (value) => {
      now = value;
    },
    start() {
      rows = [];
      now = undefined;
    },
    keep() {
      if ((now === undefined || now === null) && !type.nullable) unwritten(name);
      rows.push(now);
      now = undefined;
    },
    drop() {
      now = undefined;
    },
    column: () => columnFrom(rows, type, name),
  };
}

function unwritten(name: string): never {
  throw new AdaptError(
    'adapt.produces',
    `'${name}' was not written for an event that is kept`,
    `write it for each event, or let it be missing: produces: {${name}: "float?"}`,
  );
}

const shown = (value: unknown) =>
  typeof value === 'string' ? JSON.stringify(value) : typeof value === 'bigint' ? `${value}n` : String(value);
