import type { Column, Table } from '@fasthep/columns';
import type { TableCell, TableView } from './table.ts';

/** Whether a value is a table of `@fasthep/columns`. */
export function isTable(value: unknown): value is Table {
  return (
    typeof value === 'object' &&
    value !== null &&
    'columns' in value &&
    typeof value.columns === 'object' &&
    'length' in value &&
    typeof value.length === 'number'
  );
}

/** A table as figures see it; lists and records cannot be drawn and become missing. */
export function tableView(name: string, table: Table): TableView {
  const columns: Record<string, TableCell[]> = {};
  for (const [key, column] of Object.entries(table.columns)) columns[key] = cells(column);
  return { name, columns };
}

/** The rows of one column as plain values. */
function cells(column: Column): TableCell[] {
  const decoder = new TextDecoder();
  return Array.from({ length: column.length }, (_, row) => {
    if (column.validity && ((column.validity[row >> 3]! >> (row & 7)) & 1) === 0) return null;
    if (column.kind === 'primitive') {
      const value = column.values[row]!;
      return column.type === 'bool' ? Number(value) !== 0 : Number(value);
    }
    const text = column.kind === 'dictionary' ? column.dictionary : column;
    const at = column.kind === 'dictionary' ? column.codes[row]! : row;
    if (text.kind !== 'string') return null;
    return decoder.decode(text.bytes.subarray(text.offsets[at]!, text.offsets[at + 1]!));
  });
}
