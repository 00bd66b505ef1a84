/**
 * Columns in Arrow layout. Data types know nothing: functions over them live in the files beside this one.
 *
 * Differences from Arrow on purpose: booleans are one byte each (0 or 1), because kernels read them by row;
 * the codec to Arrow IPC packs and unpacks them.
 */

/** Element types, by numpy's names. `string` is UTF-8. */
export type Primitive =
  | 'bool'
  | 'int8'
  | 'int16'
  | 'int32'
  | 'int64'
  | 'uint8'
  | 'uint16'
  | 'uint32'
  | 'uint64'
  | 'float32'
  | 'float64'
  | 'string';

/**
 * The type of a column, as JSON.
 *
 * `nullable` says that rows may be missing, which is not NaN.
 * A list with `size` has that many items in every row (a C array).
 * A list with `counter` takes its lengths from that other column (a ROOT leaf count): lists with the same
 * counter are one collection.
 */
export type DataType =
  | { kind: Primitive; nullable?: boolean }
  | { kind: 'list'; item: DataType; size?: number; counter?: string; nullable?: boolean }
  | { kind: 'record'; fields: Record<string, DataType>; nullable?: boolean };

/** Column name to type, in the order of the file. */
export type Schema = Record<string, DataType>;

export type Values =
  | Int8Array
  | Int16Array
  | Int32Array
  | BigInt64Array
  | Uint8Array
  | Uint16Array
  | Uint32Array
  | BigUint64Array
  | Float32Array
  | Float64Array;

/** A bit for each row, least significant first, 1 = present. Absent: every row is present. */
export type Validity = Uint8Array;

/**
 * What a column of an aggregated table is: a label of the rows, a key, or numbers that add up when rows are put
 * together (`squares`: of weights, which scale by the square). Lost on the way through other operations.
 */
export type Role = 'label' | 'key' | 'sum' | 'squares';

interface ColumnBase {
  role?: Role;
}

/** `values.length >= length`; row i is `values[i]`. */
export interface PrimitiveColumn extends ColumnBase {
  kind: 'primitive';
  type: Primitive;
  length: number;
  values: Values;
  validity?: Validity;
}

/** Row i is the UTF-8 text `bytes[offsets[i] .. offsets[i + 1]]`; `offsets.length >= length + 1`. */
export interface StringColumn extends ColumnBase {
  kind: 'string';
  length: number;
  offsets: Int32Array;
  bytes: Uint8Array;
  validity?: Validity;
}

/** Row i is `dictionary[codes[i]]`, with a dictionary without repeats. */
export interface DictionaryColumn extends ColumnBase {
  kind: 'dictionary';
  length: number;
  codes: Int32Array;
  dictionary: StringColumn;
  validity?: Validity;
}

/** Row i is `content[offsets[i] .. offsets[i + 1]]`; `offsets[0]` need not be 0. */
export interface ListColumn extends ColumnBase {
  kind: 'list';
  length: number;
  offsets: Int32Array;
  content: Column;
  /** As in the type: fixed size, or the name of the count column. */
  size?: number;
  counter?: string;
  validity?: Validity;
}

export interface RecordColumn extends ColumnBase {
  kind: 'record';
  length: number;
  fields: Record<string, Column>;
  validity?: Validity;
}

export type Column = PrimitiveColumn | StringColumn | DictionaryColumn | ListColumn | RecordColumn;

/** Some rows of some columns: every column has `length` rows. */
export interface Table {
  length: number;
  columns: Record<string, Column>;
}
