/** What the readers of all formats share. */
import { ColumnsError } from '../error.ts';
import type { ByteSource } from '../source/types.ts';
import { tableFromRows } from '../table/build.ts';
import type { Schema, Table } from '../table/types.ts';

/** First rows of parts of these lengths, and behind them the number of all rows. */
export function startsOf(lengths: readonly number[]): number[] {
  const starts = [0];
  for (const length of lengths) starts.push(starts.at(-1)! + length);
  return starts;
}

/** The clusters of a reader whose parts start there: empty parts are none. */
export function clustersOf(starts: readonly number[]): number[] {
  const rows = starts.at(-1)!;
  const clusters = [...new Set(starts)].filter((start) => start < rows);
  return clusters.length > 0 ? clusters : [0];
}

/** No rows of some columns of a schema. */
export function noRows(schema: Schema, columns: readonly string[]): Table {
  return tableFromRows([], Object.fromEntries(columns.map((name) => [name, schema[name]!])));
}

/** For formats of one table: throws `format.table` when another is asked for. */
export function onlyTable(source: ByteSource, asked: string | undefined, name: string): void {
  if (asked === undefined || asked === name) return;
  throw new ColumnsError(
    'format.table',
    `${source.name} has no table '${asked}'`,
    'it holds one table: leave the name out',
  );
}

/** Throws `format.column` unless all columns can be read. */
export function pickColumns(
  source: ByteSource,
  schema: Schema,
  unreadable: Readonly<Record<string, string>> | undefined,
  columns: readonly string[],
): void {
  for (const name of columns) {
    if (Object.hasOwn(schema, name)) continue;
    const reason = unreadable && Object.hasOwn(unreadable, name) ? unreadable[name] : undefined;
    if (reason)
      throw new ColumnsError('format.column', `${source.name}: column '${name}' cannot be read: ${reason}`);
    const names = Object.keys(schema);
    const shown = names.length > 12 ? [...names.slice(0, 12), `… ${names.length - 12} more`] : names;
    throw new ColumnsError(
      'format.column',
      `${source.name} has no column '${name}'`,
      `it has ${shown.join(', ')}`,
    );
  }
}
