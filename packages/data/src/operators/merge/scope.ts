import { cell, type Table } from '@fasthep/columns';
import { evaluate, parse } from '@fasthep/expression';
import type { Json, JsonObject, NamedValue, TaskContext } from '@fasthep/flow';
import { DataError } from '../../error.ts';

/** What expressions about datasets see: `dataset.*`, and results by the name of their task. */
export interface DatasetScope {
  /** Dataset → its catalogue entry. */
  datasets: Record<string, JsonObject>;
  results: readonly NamedValue[];
  registry: TaskContext['registry'];
}

/** The value of an expression for one combination of labels; of a table with labels the row that has the same ones. */
export function valueFor(text: string, labels: Record<string, string>, scope: DatasetScope): unknown {
  const lookUp = (name: string): unknown => {
    if (name === 'dataset') return labels.dataset === undefined ? undefined : scope.datasets[labels.dataset];
    const result =
      scope.results.find((one) => one.name === name) ??
      scope.results.find((one) => one.name.startsWith(`${name}_`));
    if (!result) return undefined;
    if (result.type === 'table' || result.type === 'report')
      return rowOf(result.value as Table, labels, name);
    return (path: string) => scope.registry.type(result.type)?.field?.(result.value, [path]);
  };
  try {
    return evaluate(parse(text), lookUp);
  } catch (error) {
    const where = Object.entries(labels)
      .map(([label, value]) => `${label} ${value}`)
      .join(', ');
    throw new DataError(
      'data.merge',
      `'${text}' has no value${where ? ` for ${where}` : ''}: ${(error as Error).message}`,
      (error as { help?: string }).help,
    );
  }
}

/** The row with the same labels, as a map. */
function rowOf(table: Table, labels: Record<string, string>, name: string): Json {
  const same = Object.entries(labels).filter(([label]) => Object.hasOwn(table.columns, label));
  const rows: number[] = [];
  for (let i = 0; i < table.length; i++)
    if (same.every(([label, value]) => cell(table.columns[label]!, i) === value)) rows.push(i);
  if (rows.length !== 1)
    throw new DataError(
      'data.merge',
      `'${name}' has ${rows.length === 0 ? 'no row' : `${rows.length} rows`} with these labels`,
    );
  return Object.fromEntries(
    Object.entries(table.columns).map(([column, values]) => {
      const value = cell(values, rows[0]!);
      return [column, (typeof value === 'bigint' ? Number(value) : value) as Json];
    }),
  );
}
