import { mapFields } from './type.ts';
import type { Column, Table } from './types.ts';
import { sliceValidity } from './validity.ts';

/** Rows `[start, stop)` of a column, sharing its memory. */
export function sliceColumn(column: Column, start: number, stop: number): Column {
  if (start === 0 && stop === column.length) return column;
  const length = stop - start;
  const validity = column.validity && sliceValidity(column.validity, start, stop);
  const rest = validity ? { length, validity } : { length };
  switch (column.kind) {
    case 'primitive':
      return { ...column, ...rest, values: column.values.subarray(start, stop) };
    case 'string':
    case 'list':
      return { ...column, ...rest, offsets: column.offsets.subarray(start, stop + 1) };
    case 'dictionary':
      return { ...column, ...rest, codes: column.codes.subarray(start, stop) };
    case 'record':
      return {
        ...column,
        ...rest,
        fields: mapFields(column.fields, (field) => sliceColumn(field, start, stop)),
      };
  }
}

/** Rows `[start, stop)` of a table, cut to the rows that exist, sharing its memory. */
export function sliceTable(table: Table, start: number, stop: number = table.length): Table {
  const from = Math.min(Math.max(start, 0), table.length);
  const to = Math.min(Math.max(stop, from), table.length);
  return { length: to - from, columns: mapFields(table.columns, (column) => sliceColumn(column, from, to)) };
}
