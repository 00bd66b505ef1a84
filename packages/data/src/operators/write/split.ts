import { cell, type Histogram, pickBins, type Table, takeRows } from '@fasthep/columns';

/** A part of a product, and the values of labels that tell it apart. */
export interface Part<T> {
  labels: Record<string, string>;
  value: T;
}

/** One histogram for each value of the named labels, which then are no axes any more. Other names are left alone. */
export function splitHistogram(histogram: Histogram, names: readonly string[]): Part<Histogram>[] {
  let parts: Part<Histogram>[] = [{ labels: {}, value: histogram }];
  for (const name of names) {
    const axis = histogram.axes.find((one) => one.name === name);
    if (axis?.kind !== 'category_str') continue;
    parts = parts.flatMap(({ labels, value }) =>
      axis.categories.map((category) => ({
        labels: { ...labels, [name]: category },
        value: pickBins(value, { [name]: category }),
      })),
    );
  }
  return parts;
}

/** One table for each value of the named text columns, in order of appearance, without these columns. */
export function splitTable(table: Table, names: readonly string[]): Part<Table>[] {
  const keys = names.filter((name) => Object.hasOwn(table.columns, name));
  if (keys.length === 0) return [{ labels: {}, value: table }];
  const groups = new Map<string, { labels: Record<string, string>; rows: number[] }>();
  for (let i = 0; i < table.length; i++) {
    const values = keys.map((name) => String(cell(table.columns[name]!, i)));
    const key = JSON.stringify(values);
    const group = groups.get(key) ?? {
      labels: Object.fromEntries(keys.map((name, k) => [name, values[k]!])),
      rows: [],
    };
    group.rows.push(i);
    groups.set(key, group);
  }
  const rest = Object.fromEntries(Object.entries(table.columns).filter(([name]) => !keys.includes(name)));
  return [...groups.values()].map(({ labels, rows }) => ({
    labels,
    value: takeRows({ length: table.length, columns: rest }, rows),
  }));
}
