import { type Cell, cell } from '../../table/cell.ts';
import type { Table } from '../../table/types.ts';

/**
 * A table as JSON lines, one object for each row (or, with `array`, as one JSON list, a row on each line).
 * 64-bit integers are written in full; NaN becomes `null` and infinity `1e999`, because JSON has neither.
 */
export function encodeJson(table: Table, array: boolean): Uint8Array {
  const names = Object.entries(table.columns).map(
    ([name, column]) => [JSON.stringify(name), column] as const,
  );
  const rows: string[] = [];
  for (let i = 0; i < table.length; i++)
    rows.push(`{${names.map(([name, column]) => `${name}:${jsonText(cell(column, i))}`).join(',')}}`);
  const text = array ? `[${rows.join(',\n')}]\n` : rows.map((row) => `${row}\n`).join('');
  return new TextEncoder().encode(text);
}

/** A cell as JSON text. */
export function jsonText(value: Cell): string {
  if (typeof value === 'bigint') return String(value);
  if (typeof value === 'number') {
    if (Number.isFinite(value)) return Object.is(value, -0) ? '-0.0' : String(value);
    return Number.isNaN(value) ? 'null' : value > 0 ? '1e999' : '-1e999';
  }
  if (Array.isArray(value)) return `[${value.map(jsonText).join(',')}]`;
  if (typeof value === 'object' && value !== null)
    return `{${Object.entries(value)
      .map(([name, inner]) => `${JSON.stringify(name)}:${jsonText(inner)}`)
      .join(',')}}`;
  return JSON.stringify(value);
}
