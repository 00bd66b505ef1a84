/** Keys of rows, compared exactly: 64-bit integers of either sign convention, texts, booleans. */
import { type Column, isValid, type Table, toText } from '@fasthep/columns';
import { columnOf } from './schema.ts';

/** Equal keys, and only they, give equal values; undefined where a part is missing. */
export type KeyOf = (row: number) => string | number | undefined;

/** Keys of a table's rows by the named fields. */
export function rowKeys(table: Table, fields: readonly string[]): KeyOf {
  const parts = fields.map((field) => partOf(table.columns[columnOf(table.columns, field) ?? field]!));
  const [first] = parts;
  if (parts.length === 1) return first!;
  return (row) => {
    let key = '';
    for (const part of parts) {
      const value = part(row);
      if (value === undefined) return undefined;
      const text = String(value);
      // The length keeps texts with the separator in them apart.
      key += `${text.length}:${text}`;
    }
    return key;
  };
}

function partOf(column: Column): KeyOf {
  if (column.kind === 'primitive') {
    const { values, validity } = column;
    if (values instanceof BigInt64Array || values instanceof BigUint64Array) {
      return (row) => (isValid(validity, row) ? wholeNumber(values[row]!) : undefined);
    }
    return (row) => (isValid(validity, row) ? (values[row] as number) : undefined);
  }
  if (column.kind === 'string' || column.kind === 'dictionary') {
    const { offsets, bytes, validity } = toText(column);
    const decoder = new TextDecoder();
    return (row) =>
      isValid(validity, row)
        ? `t${decoder.decode(bytes.subarray(offsets[row]!, offsets[row + 1]!))}`
        : undefined;
  }
  throw new TypeError(`a column of ${column.kind}s is no key`);
}

/** Small ones as numbers, so that an int32 and an int64 of one value are equal; the others as text, without loss. */
function wholeNumber(value: bigint): string | number {
  return value >= -9007199254740991n && value <= 9007199254740991n ? Number(value) : String(value);
}
