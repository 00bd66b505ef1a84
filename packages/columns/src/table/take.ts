import { ColumnsError } from '../error.ts';
import { mapFields } from './type.ts';
import type { Column, ListColumn, PrimitiveColumn, StringColumn, Table, Values } from './types.ts';
import { takeValidity } from './validity.ts';

/** Row numbers; -1 makes a missing row. */
export type Indices = Int32Array | Uint32Array | readonly number[];

/** The rows of a column at these places, in this order, any number of times; -1 gives a missing row. */
export function takeColumn(column: Column, indices: Indices): Column {
  const validity = takeValidity(column.validity, indices);
  const taken = takeBare(column, indices);
  if (validity) taken.validity = validity;
  return taken;
}

/** The rows of a table at these places; -1 gives a row of missing values. */
export function takeRows(table: Table, indices: Indices): Table {
  return {
    length: indices.length,
    columns: mapFields(table.columns, (column) => takeColumn(column, indices)),
  };
}

/** Row numbers where the mask is not 0. */
export function maskIndices(mask: ArrayLike<number>): Int32Array {
  let count = 0;
  for (let i = 0; i < mask.length; i++) if (mask[i]) count++;
  const out = new Int32Array(count);
  for (let i = 0, at = 0; i < mask.length; i++) if (mask[i]) out[at++] = i;
  return out;
}

/** The rows of a table where the mask, one entry for each row, is not 0. */
export function filterRows(table: Table, mask: ArrayLike<number>): Table {
  if (mask.length !== table.length)
    throw new ColumnsError('table.mask', `a mask of ${mask.length} entries for ${table.length} rows`);
  const indices = maskIndices(mask);
  return indices.length === table.length ? table : takeRows(table, indices);
}

function takeBare(column: Column, indices: Indices): Column {
  const length = indices.length;
  switch (column.kind) {
    case 'primitive':
      return takePrimitive(column, indices);
    case 'string':
      return takeText(column, indices);
    case 'dictionary': {
      const codes = new Int32Array(length);
      for (let i = 0; i < length; i++) codes[i] = indices[i]! < 0 ? 0 : column.codes[indices[i]!]!;
      return { kind: 'dictionary', length, codes, dictionary: column.dictionary };
    }
    case 'list':
      return takeList(column, indices);
    case 'record':
      return {
        kind: 'record',
        length,
        fields: mapFields(column.fields, (field) => takeField(field, indices)),
      };
  }
}

/** A field of a record that is missing as a whole keeps its own type: the record's validity says it. */
function takeField(field: Column, indices: Indices): Column {
  const taken = takeBare(field, indices);
  const validity = field.validity && takeValidity(field.validity, indices);
  if (validity) taken.validity = validity;
  return taken;
}

function takePrimitive(column: PrimitiveColumn, indices: Indices): PrimitiveColumn {
  const { type, values } = column;
  const length = indices.length;
  const Make = values.constructor as new (length: number) => Values;
  const out = new Make(length);
  if (values instanceof BigInt64Array || values instanceof BigUint64Array) takeWords(values, indices, out);
  else
    for (let i = 0; i < length; i++) {
      const from = indices[i]!;
      if (from >= 0) out[i] = values[from]!;
    }
  return { kind: 'primitive', type, length, values: out };
}

/** 64-bit integers as pairs of words, which spares making bigints. */
function takeWords(values: Values, indices: Indices, out: Values): void {
  const source = new Int32Array(values.buffer, values.byteOffset, values.length * 2);
  const target = new Int32Array(out.buffer, out.byteOffset, out.length * 2);
  for (let i = 0; i < indices.length; i++) {
    const from = 2 * indices[i]!;
    if (from < 0) continue;
    target[2 * i] = source[from]!;
    target[2 * i + 1] = source[from + 1]!;
  }
}

function takeText(column: StringColumn, indices: Indices): StringColumn {
  const length = indices.length;
  const offsets = takeOffsets(column.offsets, indices);
  const bytes = new Uint8Array(offsets[length]!);
  for (let i = 0; i < length; i++) {
    if (offsets[i] === offsets[i + 1]) continue;
    const from = column.offsets[indices[i]!]!;
    const size = offsets[i + 1]! - offsets[i]!;
    if (size < 32) for (let j = 0; j < size; j++) bytes[offsets[i]! + j] = column.bytes[from + j]!;
    else bytes.set(column.bytes.subarray(from, from + size), offsets[i]!);
  }
  return { kind: 'string', length, offsets, bytes };
}

function takeList(column: ListColumn, indices: Indices): ListColumn {
  const length = indices.length;
  const offsets = takeOffsets(column.offsets, indices);
  const items = new Int32Array(offsets[length]!);
  for (let i = 0, at = 0; i < length; i++) {
    const from = indices[i]!;
    if (from < 0) continue;
    for (let j = column.offsets[from]!; j < column.offsets[from + 1]!; j++) items[at++] = j;
  }
  const taken: ListColumn = { ...column, length, offsets, content: takeField(column.content, items) };
  delete taken.validity;
  return taken;
}

function takeOffsets(from: Int32Array, indices: Indices): Int32Array {
  const offsets = new Int32Array(indices.length + 1);
  let total = 0;
  for (let i = 0; i < indices.length; i++) {
    const row = indices[i]!;
    if (row >= 0) total += from[row + 1]! - from[row]!;
    if (total > 2147483647)
      throw new ColumnsError(
        'table.size',
        'more than 2³¹ items in one column',
        'work on fewer rows at a time',
      );
    offsets[i + 1] = total;
  }
  return offsets;
}
