import { ColumnsError } from '../error.ts';
import { toText } from './dictionary.ts';
import { takeRows } from './take.ts';
import { compareBytes } from './text.ts';
import { formatType, typeOf } from './type.ts';
import type { Column, DictionaryColumn, StringColumn, Table } from './types.ts';
import { isValid } from './validity.ts';

/** Order of two rows, by number. */
type Order = (a: number, b: number) => number;

/** How rows are ordered. */
export interface SortOptions {
  descending?: boolean;
  /** Only the first so many. */
  limit?: number;
}

/**
 * Row numbers in the order of the key columns, the first one first. Rows with equal keys stay in their order.
 * NaN, then missing, come last in either direction; text goes by code point. Throws `table.sort` for lists and records.
 */
export function sortIndices(keys: readonly Column[], options: SortOptions = {}): Int32Array {
  const length = keys[0]?.length ?? 0;
  const orders = keys.map((key) => orderOf(key, options.descending ?? false));
  const indices = Int32Array.from({ length }, (_, i) => i);
  const [first] = orders;
  if (orders.length === 1) indices.sort(first!);
  else if (orders.length > 1)
    indices.sort((a, b) => {
      for (const order of orders) {
        const difference = order(a, b);
        if (difference !== 0) return difference;
      }
      return 0;
    });
  return options.limit === undefined ? indices : indices.subarray(0, Math.max(0, options.limit));
}

/** The rows of a table in the order of the named columns; see `sortIndices`. Throws `table.column`, `table.sort`. */
export function sortTable(table: Table, by: readonly string[], options: SortOptions = {}): Table {
  const keys = by.map((name) => {
    if (Object.hasOwn(table.columns, name)) return table.columns[name]!;
    throw new ColumnsError(
      'table.column',
      `no column '${name}'`,
      `there are ${Object.keys(table.columns).join(', ')}`,
    );
  });
  if (keys.length === 0) return table;
  return takeRows(table, sortIndices(keys, options));
}

function orderOf(column: Column, descending: boolean): Order {
  if (column.kind === 'list' || column.kind === 'record')
    throw new ColumnsError(
      'table.sort',
      `rows cannot be sorted by ${formatType(typeOf(column))}`,
      'sort by a number or text',
    );
  const sign = descending ? -1 : 1;
  const inner = column.kind === 'primitive' ? orderOfNumbers(column.values, sign) : orderOfText(column, sign);
  const { validity } = column;
  if (!validity) return inner;
  return (a, b) => {
    const [x, y] = [isValid(validity, a), isValid(validity, b)];
    if (x && y) return inner(a, b);
    return x === y ? 0 : x ? -1 : 1;
  };
}

function orderOfNumbers(values: ArrayLike<number | bigint>, sign: number): Order {
  if (!(values instanceof Float64Array || values instanceof Float32Array))
    return (a, b) => (values[a]! < values[b]! ? -sign : values[a]! > values[b]! ? sign : 0);
  return (a, b) => {
    const [x, y] = [values[a]!, values[b]!];
    if (x < y) return -sign;
    if (x > y) return sign;
    if (x === y) return 0;
    // At least one is NaN: it goes last.
    return Number(Number.isNaN(x)) - Number(Number.isNaN(y));
  };
}

function orderOfText(column: StringColumn | DictionaryColumn, sign: number): Order {
  if (column.kind === 'dictionary') {
    const sorted = sortIndices([toText(column.dictionary)]);
    const rank = new Int32Array(sorted.length);
    for (let i = 0; i < sorted.length; i++) rank[sorted[i]!] = i;
    const { codes } = column;
    return (a, b) => sign * (rank[codes[a]!]! - rank[codes[b]!]!);
  }
  const { bytes, offsets } = column;
  return (a, b) =>
    sign * compareBytes(bytes, offsets[a]!, offsets[a + 1]!, bytes, offsets[b]!, offsets[b + 1]!);
}
