import { decodeText } from './text.ts';
import { mapFields } from './type.ts';
import type { Column, Table } from './types.ts';
import { isValid } from './validity.ts';

/** One value of a column as JavaScript: 64-bit integers are bigints, missing is `null`. */
export type Cell = number | bigint | boolean | string | null | Cell[] | { [name: string]: Cell };

/** Row `i` of a column. */
export function cell(column: Column, i: number): Cell {
  if (!isValid(column.validity, i)) return null;
  switch (column.kind) {
    case 'primitive': {
      const value = column.values[i]!;
      return column.type === 'bool' ? value !== 0 : value;
    }
    case 'string':
      return decodeText(column.bytes, column.offsets[i]!, column.offsets[i + 1]!);
    case 'dictionary':
      return cell(column.dictionary, column.codes[i]!);
    case 'list': {
      const out: Cell[] = [];
      for (let j = column.offsets[i]!; j < column.offsets[i + 1]!; j++) out.push(cell(column.content, j));
      return out;
    }
    case 'record':
      return mapFields(column.fields, (field) => cell(field, i));
  }
}

/** Rows `[start, stop)` of a column as JavaScript values. */
export function toValues(column: Column, start = 0, stop: number = column.length): Cell[] {
  const out: Cell[] = [];
  for (let i = start; i < stop; i++) out.push(cell(column, i));
  return out;
}

/** Rows `[start, stop)` of a table as objects. For looking at data: for work, use the columns. */
export function toRows(table: Table, start = 0, stop: number = table.length): Record<string, Cell>[] {
  const out: Record<string, Cell>[] = [];
  for (let i = start; i < stop; i++) out.push(mapFields(table.columns, (column) => cell(column, i)));
  return out;
}
