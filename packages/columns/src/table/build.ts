import { ColumnsError } from '../error.ts';
import { ARRAYS, INTEGER_RANGES, isBig, type Numeric } from './primitives.ts';
import { TextBuilder } from './text.ts';
import { formatType, mapFields } from './type.ts';
import type { Column, DataType, ListColumn, RecordColumn, Schema, Table, Validity } from './types.ts';
import { makeValidity, setValid } from './validity.ts';

/** Stands where a row is missing further out: any value will do. */
const HOLE = Symbol('hole');

/**
 * A column from JavaScript values. 64-bit integers may be numbers or bigints; `null` and `undefined` are missing.
 * A nullable type always gets a validity, another never. Throws `table.value` where a value does not fit.
 */
export function columnFrom(values: ArrayLike<unknown>, type: DataType, name = 'value'): Column {
  const validity = type.nullable ? validityOf(values) : undefined;
  const column = buildColumn(values, type, name);
  if (validity) column.validity = validity;
  return column;
}

/** A table from rows: what a row lacks is missing. Throws `table.value`. */
export function tableFromRows(rows: readonly Readonly<Record<string, unknown>>[], schema: Schema): Table {
  const columns = mapFields(schema, (type, name) =>
    columnFrom(
      rows.map((row) => own(row, name)),
      type,
      name,
    ),
  );
  return { length: rows.length, columns };
}

/** A table of columns; throws `table.length` unless all have the same number of rows. */
export function makeTable(columns: Record<string, Column>, length?: number): Table {
  let [count, first] = [length, ''];
  for (const [name, column] of Object.entries(columns)) {
    if (count === undefined) [count, first] = [column.length, name];
    else if (count !== column.length)
      throw new ColumnsError(
        'table.length',
        `column '${name}' has ${column.length} rows, ${first ? `'${first}' has` : 'the table has'} ${count}`,
      );
  }
  return { length: count ?? 0, columns };
}

function own(row: unknown, name: string): unknown {
  return Object.hasOwn(row as object, name) ? (row as Record<string, unknown>)[name] : null;
}

function validityOf(values: ArrayLike<unknown>): Validity {
  const validity = makeValidity(values.length);
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (value !== null && value !== undefined && value !== HOLE) setValid(validity, i);
  }
  return validity;
}

function isHole(value: unknown, type: DataType): boolean {
  return value === HOLE || ((value === null || value === undefined) && type.nullable === true);
}

function buildColumn(values: ArrayLike<unknown>, type: DataType, name: string): Column {
  if (type.kind === 'list') return buildList(values, type, name);
  if (type.kind === 'record') return buildRecord(values, type, name);
  if (type.kind === 'string') {
    const builder = new TextBuilder(values.length);
    for (let i = 0; i < values.length; i++) {
      const value = values[i];
      if (typeof value === 'string') builder.push(value);
      else if (isHole(value, type)) builder.push('');
      else misfit(value, type, name, i);
    }
    return builder.finish();
  }
  return {
    kind: 'primitive',
    type: type.kind,
    length: values.length,
    values: buildValues(values, type, name),
  };
}

function buildValues(values: ArrayLike<unknown>, type: DataType, name: string) {
  const kind = type.kind as Numeric;
  const out = new ARRAYS[kind](values.length);
  const range = INTEGER_RANGES[kind];
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (isHole(value, type)) continue;
    if (kind === 'bool') {
      if (typeof value !== 'boolean') misfit(value, type, name, i);
      out[i] = value ? 1 : 0;
    } else if (range) {
      const whole = typeof value === 'bigint' || (typeof value === 'number' && Number.isInteger(value));
      if (!whole || value < range[0] || value > range[1]) misfit(value, type, name, i);
      out[i] = isBig(kind) ? BigInt(value) : Number(value);
    } else {
      if (typeof value !== 'number' && typeof value !== 'bigint') misfit(value, type, name, i);
      out[i] = Number(value);
    }
  }
  return out;
}

function buildList(values: ArrayLike<unknown>, type: DataType & { kind: 'list' }, name: string): ListColumn {
  const offsets = new Int32Array(values.length + 1);
  const items: unknown[] = [];
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (!isHole(value, type)) {
      if (!isList(value)) misfit(value, type, name, i);
      if (type.size !== undefined && value.length !== type.size)
        throw new ColumnsError(
          'table.value',
          `'${name}', row ${i}: ${value.length} items where every row has ${type.size}`,
        );
      for (let j = 0; j < value.length; j++) items.push(value[j]);
    }
    offsets[i + 1] = items.length;
  }
  const column: ListColumn = {
    kind: 'list',
    length: values.length,
    offsets,
    content: columnFrom(items, type.item, `${name}[]`),
  };
  if (type.size !== undefined) column.size = type.size;
  if (type.counter !== undefined) column.counter = type.counter;
  return column;
}

function isList(value: unknown): value is ArrayLike<unknown> {
  return Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView));
}

function buildRecord(
  values: ArrayLike<unknown>,
  type: DataType & { kind: 'record' },
  name: string,
): RecordColumn {
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (isHole(value, type)) continue;
    if (typeof value !== 'object' || value === null || isList(value)) misfit(value, type, name, i);
  }
  const fields = mapFields(type.fields, (field, key) => {
    const inner = Array.from(values, (value) => (isHole(value, type) ? HOLE : own(value, key)));
    return columnFrom(inner, field, `${name}.${key}`);
  });
  return { kind: 'record', length: values.length, fields };
}

function misfit(value: unknown, type: DataType, name: string, row: number): never {
  const shown = typeof value === 'string' ? JSON.stringify(value) : String(value);
  const missing = value === null || value === undefined;
  throw new ColumnsError(
    'table.value',
    `'${name}', row ${row}: ${missing ? 'missing' : shown} is no ${formatType(type)}`,
    missing ? 'make the type nullable' : undefined,
  );
}
