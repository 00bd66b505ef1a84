import { type Cell, cell } from './cell.ts';
import { formatType, sameType, typeOf } from './type.ts';
import type { Column, Table } from './types.ts';

/**
 * Where two tables first differ, in words; `undefined` if they hold the same columns in the same order with
 * the same types and values. NaN equals NaN, 0 and -0 differ, a dictionary equals the texts it stands for.
 */
export function tableDifference(a: Table, b: Table): string | undefined {
  if (a.length !== b.length) return `${a.length} rows and ${b.length} rows`;
  const [names, names2] = [Object.keys(a.columns), Object.keys(b.columns)];
  if (JSON.stringify(names) !== JSON.stringify(names2)) return `columns ${names} and ${names2}`;
  for (const name of names) {
    const difference = columnDifference(a.columns[name]!, b.columns[name]!);
    if (difference) return `'${name}': ${difference}`;
  }
  return undefined;
}

/** As `tableDifference`, for two columns. */
export function columnDifference(a: Column, b: Column): string | undefined {
  const [type, type2] = [typeOf(a), typeOf(b)];
  if (!sameType(type, type2, true)) return `${formatType(type)} and ${formatType(type2)}`;
  if (a.length !== b.length) return `${a.length} rows and ${b.length} rows`;
  for (let i = 0; i < a.length; i++) {
    const [x, y] = [cell(a, i), cell(b, i)];
    if (!sameCell(x, y)) return `row ${i}: ${show(x)} and ${show(y)}`;
  }
  return undefined;
}

/** Whether two tables are equal as `tableDifference` has it. */
export function equalTables(a: Table, b: Table): boolean {
  return tableDifference(a, b) === undefined;
}

function sameCell(a: Cell, b: Cell): boolean {
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return Object.is(a, b);
  if (Array.isArray(a))
    return Array.isArray(b) && a.length === b.length && a.every((item, i) => sameCell(item, b[i]!));
  const other = b as { [name: string]: Cell };
  return Object.entries(a).every(([name, value]) => sameCell(value, other[name]!));
}

function show(value: Cell): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'bigint' || typeof inner === 'number' ? String(inner) : inner,
  );
}
