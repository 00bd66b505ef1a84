import { NOMINAL, VARIATION } from '../figure/entries.ts';
import type { TableView } from '../figure/table.ts';

/** The nominal rows of a table that has others too, without that column; and how many variations are left out. */
export function nominalOnly(table: TableView): { table: TableView; variations: number } {
  const column = table.columns[VARIATION];
  if (!column) return { table, variations: 0 };
  const names = new Set(column);
  if (!names.has(NOMINAL)) return { table, variations: 0 };
  const rows = [...column.keys()].filter((row) => column[row] === NOMINAL);
  const columns = Object.fromEntries(
    Object.entries(table.columns)
      .filter(([name]) => name !== VARIATION)
      .map(([name, values]) => [name, rows.map((row) => values[row] ?? null)]),
  );
  return { table: { ...table, columns }, variations: names.size - 1 };
}
