import { ColumnsError } from '../error.ts';
import { dictionaryEncode, toText } from './dictionary.ts';
import { sliceColumn } from './slice.ts';
import { formatType, mapFields, sameType, typeOf } from './type.ts';
import type {
  Column,
  DictionaryColumn,
  ListColumn,
  PrimitiveColumn,
  RecordColumn,
  StringColumn,
  Table,
  Validity,
  Values,
} from './types.ts';
import { copyValidity, makeValidity } from './validity.ts';

/** Columns of one type, one after the other. Throws `table.types`, or `table.size` beyond 2³¹ items. */
export function concatColumns(columns: readonly Column[], name = 'column'): Column {
  const [first, ...rest] = columns;
  if (!first) throw new ColumnsError('table.types', `no columns to put together for '${name}'`);
  if (rest.length === 0) return first;
  for (const other of rest) {
    const [a, b] = [typeOf(first), typeOf(other)];
    if (!sameType(a, b))
      throw new ColumnsError(
        'table.types',
        `'${name}' is ${formatType(a)} in one part and ${formatType(b)} in another`,
      );
  }
  const length = total(columns.map((column) => column.length));
  const column = concatBare(columns, length, name);
  const validity = concatValidity(columns, length);
  if (validity) column.validity = validity;
  return column;
}

/** Tables with the same columns, one after the other. Throws `table.columns`, `table.types`, `table.size`. */
export function concatTables(tables: readonly Table[]): Table {
  const [first, ...rest] = tables;
  if (!first) return { length: 0, columns: {} };
  if (rest.length === 0) return first;
  const names = Object.keys(first.columns);
  for (const other of rest) {
    const lacks = names.find((name) => !Object.hasOwn(other.columns, name));
    const extra = Object.keys(other.columns).find((name) => !Object.hasOwn(first.columns, name));
    if (lacks ?? extra)
      throw new ColumnsError('table.columns', `only some of the tables have a column '${lacks ?? extra}'`);
  }
  return {
    length: total(tables.map((table) => table.length)),
    columns: mapFields(first.columns, (_, name) =>
      concatColumns(
        tables.map((table) => table.columns[name]!),
        name,
      ),
    ),
  };
}

function total(lengths: number[]): number {
  const sum = lengths.reduce((a, b) => a + b, 0);
  if (sum <= 2147483647) return sum;
  throw new ColumnsError('table.size', 'more than 2³¹ items in one column', 'work on fewer rows at a time');
}

function concatValidity(columns: readonly Column[], length: number): Validity | undefined {
  if (columns.every((column) => !column.validity)) return undefined;
  const validity = makeValidity(length);
  let at = 0;
  for (const column of columns) {
    copyValidity(validity, at, column.validity, column.length);
    at += column.length;
  }
  return validity;
}

function concatBare(columns: readonly Column[], length: number, name: string): Column {
  switch (columns[0]!.kind) {
    case 'primitive':
      return concatPrimitive(columns as PrimitiveColumn[], length);
    case 'list':
      return concatLists(columns as ListColumn[], length, name);
    case 'record':
      return concatRecords(columns as RecordColumn[], length, name);
    default:
      return columns.every((column) => column.kind === 'dictionary')
        ? concatDictionaries(columns as DictionaryColumn[], length)
        : concatText(
            columns.map((column) => toText(column as StringColumn | DictionaryColumn)),
            length,
          );
  }
}

function concatPrimitive(columns: readonly PrimitiveColumn[], length: number): PrimitiveColumn {
  const { type, values } = columns[0]!;
  const Make = values.constructor as new (length: number) => Values;
  const out = new Make(length);
  let at = 0;
  for (const column of columns) {
    // One type, so all are arrays of one kind.
    (out as Float64Array).set(column.values.subarray(0, column.length) as Float64Array, at);
    at += column.length;
  }
  return { kind: 'primitive', type, length, values: out };
}

/** Joined offsets beginning at 0, and where each part's items begin and end. */
function joinOffsets(parts: readonly { length: number; offsets: Int32Array }[], length: number) {
  total(parts.map((part) => part.offsets[part.length]! - part.offsets[0]!));
  const offsets = new Int32Array(length + 1);
  let [at, base] = [0, 0];
  for (const part of parts) {
    const shift = base - part.offsets[0]!;
    for (let i = 0; i < part.length; i++) offsets[++at] = part.offsets[i + 1]! + shift;
    base = offsets[at]!;
  }
  return offsets;
}

function concatText(columns: readonly StringColumn[], length: number): StringColumn {
  const offsets = joinOffsets(columns, length);
  const bytes = new Uint8Array(offsets[length]!);
  let at = 0;
  for (const column of columns) {
    const part = column.bytes.subarray(column.offsets[0]!, column.offsets[column.length]!);
    bytes.set(part, at);
    at += part.length;
  }
  return { kind: 'string', length, offsets, bytes };
}

function concatDictionaries(columns: readonly DictionaryColumn[], length: number): DictionaryColumn {
  const texts = columns.map((column) => column.dictionary);
  const union = dictionaryEncode(concatText(texts, total(texts.map((text) => text.length))));
  const codes = new Int32Array(length);
  let [at, base] = [0, 0];
  for (const column of columns) {
    for (let i = 0; i < column.length; i++) codes[at++] = union.codes[base + column.codes[i]!] ?? 0;
    base += column.dictionary.length;
  }
  return { kind: 'dictionary', length, codes, dictionary: union.dictionary };
}

function concatLists(columns: readonly ListColumn[], length: number, name: string): ListColumn {
  const [first] = columns as [ListColumn];
  const offsets = joinOffsets(columns, length);
  const contents = columns.map((column) =>
    sliceColumn(column.content, column.offsets[0]!, column.offsets[column.length]!),
  );
  const out: ListColumn = { kind: 'list', length, offsets, content: concatColumns(contents, `${name}[]`) };
  if (first.size !== undefined && columns.every((column) => column.size === first.size))
    out.size = first.size;
  if (first.counter !== undefined && columns.every((column) => column.counter === first.counter))
    out.counter = first.counter;
  return out;
}

function concatRecords(columns: readonly RecordColumn[], length: number, name: string): RecordColumn {
  const fields = mapFields(columns[0]!.fields, (_, key) =>
    concatColumns(
      columns.map((column) => column.fields[key]!),
      `${name}.${key}`,
    ),
  );
  return { kind: 'record', length, fields };
}
