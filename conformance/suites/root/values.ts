import type { Column } from '@fasthep/columns';

const text = new TextDecoder();

/** The first rows of a column as plain values; 64-bit integers as bigint. */
export function firstValues(column: Column, rows: number): unknown[] {
  return Array.from({ length: Math.min(rows, column.length) }, (_, row) => valueAt(column, row));
}

function valueAt(column: Column, row: number): unknown {
  const { validity } = column;
  if (validity && !((validity[row >> 3]! >> (row & 7)) & 1)) return null;
  switch (column.kind) {
    case 'primitive':
      return column.values[row];
    case 'string':
      return text.decode(column.bytes.subarray(column.offsets[row]!, column.offsets[row + 1]!));
    case 'dictionary':
      return valueAt(column.dictionary, column.codes[row]!);
    case 'list': {
      const items: unknown[] = [];
      for (let i = column.offsets[row]!; i < column.offsets[row + 1]!; i++)
        items.push(valueAt(column.content, i));
      return items;
    }
    case 'record':
      return Object.fromEntries(
        Object.entries(column.fields).map(([name, field]) => [name, valueAt(field, row)]),
      );
  }
}
