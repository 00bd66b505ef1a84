import { type Cell, cell } from './cell.ts';
import { mapFields, schemaOf } from './type.ts';
import type { Schema, Table } from './types.ts';

/** A JSON value. */
export type Json = null | boolean | number | string | Json[] | { [name: string]: Json };

/** The beginning of a table as JSON. */
export interface TablePreview {
  length: number;
  schema: Schema;
  /** The first rows. */
  rows: Record<string, Json>[];
}

/**
 * The first rows of a table as plain JSON, lists cut after `items` items (a last item `"… 12 more"` says so).
 * Integers beyond 2⁵³ and non-finite numbers are texts (`"NaN"`), because JSON readers would change them.
 */
export function previewTable(table: Table, rows = 20, items = 20): TablePreview {
  const out: Record<string, Json>[] = [];
  for (let i = 0; i < Math.min(rows, table.length); i++)
    out.push(mapFields(table.columns, (column) => toJson(cell(column, i), items)));
  return { length: table.length, schema: schemaOf(table), rows: out };
}

/** A cell as plain JSON; see `previewTable`. */
export function toJson(value: Cell, items: number = Number.POSITIVE_INFINITY): Json {
  if (typeof value === 'bigint') {
    const number = Number(value);
    return Number.isSafeInteger(number) ? number : String(value);
  }
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value);
  if (Array.isArray(value)) {
    const shown = value.slice(0, items).map((item) => toJson(item, items));
    return value.length > items ? [...shown, `… ${value.length - items} more`] : shown;
  }
  if (typeof value === 'object' && value !== null) return mapFields(value, (inner) => toJson(inner, items));
  return value;
}
