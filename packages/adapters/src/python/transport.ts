/** Columns to Python and back: bytes in a file, and where in it each part lies. */
import {
  type Column,
  columnFrom,
  type DataType,
  type ListColumn,
  makeValues,
  type Numeric,
  type Schema,
  sliceColumn,
  type Table,
  toValues,
  type Values,
} from '@fasthep/columns';
import { plainResult } from '../reader/state.ts';

/** One part of the bytes, `[from, to)`. */
type Range = [number, number];

type Spec = { name?: string } & (
  | { json: unknown[] }
  | { kind: 'list'; offsets: Range; item: Spec }
  | { kind: string; data: Range; offsets?: Range }
);

/** The columns of a table as bytes, with a description for Python. */
export function packTable({ length, columns }: Table): { specs: Spec[]; bytes: Uint8Array } {
  const parts: Uint8Array[] = [];
  let at = 0;
  const put = (values: ArrayBufferView): Range => {
    const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
    parts.push(bytes);
    at += bytes.length;
    return [at - bytes.length, at];
  };
  const pack = (column: Column, top: boolean): Spec => {
    if (column.kind === 'primitive' && !column.validity)
      return { kind: column.type, data: put(column.values.subarray(0, column.length)) };
    if (column.kind === 'list' && top && !column.validity && isFlat(column.content)) {
      const [first, last] = [column.offsets[0]!, column.offsets[column.length]!];
      const offsets =
        first === 0
          ? column.offsets.subarray(0, column.length + 1)
          : Int32Array.from(column.offsets.subarray(0, column.length + 1), (one) => one - first);
      return {
        kind: 'list',
        item: pack(sliceColumn(column.content, first, last), false),
        offsets: put(offsets),
      };
    }
    return { json: toValues(column, 0, column.length).map(plainResult) };
  };
  const specs = Object.entries(columns).map(
    ([name, column]): Spec => ({ name, ...pack(sliceColumn(column, 0, length), true) }),
  );
  const bytes = new Uint8Array(at);
  let offset = 0;
  for (const part of parts) {
    bytes.set(part, offset);
    offset += part.length;
  }
  return { specs, bytes };
}

const isFlat = (column: Column) => column.kind === 'primitive' && !column.validity;

/** What Python wrote: which rows are kept, and the fields that the reader makes. */
export interface Answer {
  places: [string, number, number][];
  json: Record<string, unknown[]>;
}

/** The made columns, and the kept rows (undefined: all). */
export function unpackAnswer(
  { places, json }: Answer,
  bytes: Uint8Array,
  rows: number,
  schema: Schema,
): { kept: Int32Array | undefined; columns: Record<string, Column> } {
  const part = (name: string) => {
    const found = places.find(([one]) => one === name);
    return found && bytes.slice(found[1], found[2]);
  };
  const keep = part('keep')!;
  const kept: number[] = [];
  for (let row = 0; row < rows; row++) if (keep[row] === 1) kept.push(row);
  const columns: Record<string, Column> = {};
  for (const [name, type] of Object.entries(schema)) {
    if (json[name]) columns[name] = columnFrom(json[name], type, name);
    else columns[name] = madeColumn(type, part(name)!, part(`${name}#`));
  }
  return { kept: kept.length === rows ? undefined : Int32Array.from(kept), columns };
}

function madeColumn(type: DataType, bytes: Uint8Array, offsets: Uint8Array | undefined): Column {
  if (type.kind !== 'list' || !offsets) return numbers(type.kind as Numeric, bytes);
  const starts = new Int32Array(offsets.buffer, 0, offsets.byteLength / 4);
  const list: ListColumn = {
    kind: 'list',
    length: starts.length - 1,
    offsets: starts,
    content: numbers(type.item.kind as Numeric, bytes),
  };
  return list;
}

function numbers(kind: Numeric, bytes: Uint8Array): Column {
  const empty = makeValues(kind, 0);
  const Kind = empty.constructor as new (buffer: ArrayBufferLike) => Values;
  const values = new Kind(bytes.buffer);
  return { kind: 'primitive', type: kind, length: values.length, values };
}

/** How Python is told a type: `float64`, `int64[]`; what it cannot put into bytes goes as JSON. */
export function pythonType(type: DataType): string {
  if (type.nullable) return 'json';
  if (type.kind === 'list')
    return type.item.kind === 'list' || type.item.kind === 'record' || type.item.nullable
      ? 'json[]'
      : `${type.item.kind}[]`;
  return type.kind;
}
