import { type Cell, type Column, cell, columnFrom, type Table, typeOf } from '@fasthep/columns';
import { DataError } from '../../error.ts';

const refuse = (message: string, help?: string, path?: string[]): never => {
  throw new DataError('data.merge', message, help, path);
};

/** Columns of an aggregated table by what they are. Throws `data.merge` for a table that was not aggregated. */
function parts(table: Table): { labels: string[]; keys: string[]; sums: string[] } {
  const all = Object.entries(table.columns);
  const named = (...roles: (string | undefined)[]) =>
    all.filter(([, column]) => roles.includes(column.role)).map(([name]) => name);
  const [other] = named(undefined);
  if (other !== undefined)
    refuse(
      `the column '${other}' does not add up`,
      'tables of `group` with count(), sum(x), sumw() and sumw2() do',
    );
  return { labels: named('label'), keys: named('key'), sums: named('sum', 'squares') };
}

/** Sums times a factor that may differ between labels, sums of squares of weights times its square. */
export function scaleTable(table: Table, factorOf: (labels: Record<string, string>) => number): Table {
  const { labels, sums } = parts(table);
  const factors = Array.from({ length: table.length }, (_, i) =>
    factorOf(Object.fromEntries(labels.map((name) => [name, String(cell(table.columns[name]!, i))]))),
  );
  if (factors.every((factor) => factor === 1)) return table;
  const columns: Record<string, Column> = { ...table.columns };
  for (const name of sums) {
    const column = table.columns[name]!;
    const power = column.role === 'squares' ? 2 : 1;
    const values = factors.map((factor, i) => Number(cell(column, i)) * factor ** power);
    columns[name] = { ...columnFrom(values, { kind: 'float64' }), role: column.role! };
  }
  return { length: table.length, columns };
}

/** Rows that differ in a label only, added up; with `by`, those of one group, which then is the label. */
export function mergeTable(
  table: Table,
  label: string,
  by?: { name: string; groupOf(value: string): string },
): Table {
  const { labels, keys, sums } = parts(table);
  if (!labels.includes(label))
    refuse(
      keys.includes(label)
        ? `'${label}' is a key of the table, not a label`
        : `the table has no label '${label}'`,
      labels.length > 0 ? `it has ${labels.join(', ')}` : 'it has none: nothing to add up',
      ['over'],
    );
  const read = (name: string, i: number): Cell => {
    const value = cell(table.columns[name]!, i);
    return name === label && by ? by.groupOf(String(value)) : value;
  };
  const left = [...labels.filter((name) => name !== label || by), ...keys];
  const rows = new Map<string, { at: Cell[]; sums: Cell[] }>();
  for (let i = 0; i < table.length; i++) {
    const at = left.map((name) => read(name, i));
    const id = JSON.stringify(at.map((value) => [typeof value, String(value)]));
    const row = rows.get(id);
    const values = sums.map((name) => cell(table.columns[name]!, i));
    if (row) row.sums = row.sums.map((sum, k) => plus(sum, values[k]!));
    else rows.set(id, { at, sums: values });
  }
  const order = firstSeen(
    [...rows.values()].map(({ at }) => at),
    labels.length - (by ? 0 : 1),
  );
  const sorted = [...rows.values()].sort((a, b) => order(a.at, b.at));
  const columns: Record<string, Column> = {};
  left.forEach((name, k) => {
    const column = table.columns[name]!;
    const values = sorted.map(({ at }) => at[k]);
    columns[name === label ? by!.name : name] = { ...columnFrom(values, typeOf(column)), role: column.role! };
  });
  sums.forEach((name, k) => {
    const column = table.columns[name]!;
    const values = sorted.map((row) => row.sums[k]);
    columns[name] = { ...columnFrom(values, typeOf(column)), role: column.role! };
  });
  return { length: sorted.length, columns };
}

function plus(a: Cell, b: Cell): Cell {
  if (typeof a === 'bigint' && typeof b === 'bigint') return a + b;
  return Number(a) + Number(b);
}

/** Labels in the order in which they appear, then keys in theirs. */
function firstSeen(
  rows: readonly Cell[][],
  labels: number,
): (a: readonly Cell[], b: readonly Cell[]) => number {
  const seen = Array.from({ length: labels }, (_, k) => {
    const places = new Map<Cell, number>();
    for (const row of rows) if (!places.has(row[k]!)) places.set(row[k]!, places.size);
    return places;
  });
  return (a, b) => {
    for (let k = 0; k < a.length; k++) {
      const difference = k < labels ? seen[k]!.get(a[k]!)! - seen[k]!.get(b[k]!)! : compared(a[k]!, b[k]!);
      if (difference !== 0) return difference;
    }
    return 0;
  };
}

/** Numbers ascending with NaN last, texts as they are encoded, missing ones at the end. */
function compared(a: Cell, b: Cell): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  if (Number.isNaN(a) || Number.isNaN(b)) return Number(Number.isNaN(a)) - Number(Number.isNaN(b));
  return a < b ? -1 : a > b ? 1 : 0;
}
