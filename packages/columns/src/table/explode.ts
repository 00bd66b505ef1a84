import { ColumnsError } from '../error.ts';
import { sliceColumn } from './slice.ts';
import { takeColumn } from './take.ts';
import { formatType, mapFields, typeOf } from './type.ts';
import type { Column, ListColumn, Table } from './types.ts';
import { isValid } from './validity.ts';

/**
 * One row for each item of the named lists, which must have equal lengths in each row; the other columns are
 * repeated. Rows with empty or missing lists vanish. Throws `table.column`, `table.explode`.
 */
export function explodeTable(table: Table, fields: readonly string[]): Table {
  const lists = fields.map((name) => [name, listOf(table, name)] as const);
  const [first] = lists;
  if (!first) return table;
  const lengths = lengthsOf(first[1]);
  for (const [name, list] of lists.slice(1)) {
    const others = lengthsOf(list);
    for (let i = 0; i < table.length; i++)
      if (others[i] !== lengths[i])
        throw new ColumnsError(
          'table.explode',
          `row ${i}: '${first[0]}' has ${lengths[i]} items, '${name}' has ${others[i]}`,
          'explode lists of one length together, others after one another',
        );
  }
  const parents = repeat(lengths);
  const columns = mapFields(table.columns, (column, name) =>
    fields.includes(name) ? itemsOf(column as ListColumn) : takeColumn(column, parents),
  );
  return { length: parents.length, columns };
}

function listOf(table: Table, name: string): ListColumn {
  const column: Column | undefined = Object.hasOwn(table.columns, name) ? table.columns[name] : undefined;
  if (!column)
    throw new ColumnsError(
      'table.column',
      `no column '${name}'`,
      `there are ${Object.keys(table.columns).join(', ')}`,
    );
  if (column.kind !== 'list')
    throw new ColumnsError('table.explode', `'${name}' is ${formatType(typeOf(column))}, not a list`);
  return column;
}

function lengthsOf(list: ListColumn): Int32Array {
  const out = new Int32Array(list.length);
  for (let i = 0; i < list.length; i++)
    if (isValid(list.validity, i)) out[i] = list.offsets[i + 1]! - list.offsets[i]!;
  return out;
}

function repeat(lengths: Int32Array): Int32Array {
  const out = new Int32Array(lengths.reduce((a, b) => a + b, 0));
  for (let i = 0, at = 0; i < lengths.length; i++) {
    out.fill(i, at, at + lengths[i]!);
    at += lengths[i]!;
  }
  return out;
}

/** All items in order. A missing row may still own some: these are left out. */
function itemsOf(list: ListColumn): Column {
  const { offsets, length, content } = list;
  let hidden = false;
  for (let i = 0; list.validity && i < length; i++)
    if (!isValid(list.validity, i) && offsets[i] !== offsets[i + 1]) hidden = true;
  if (!hidden) return sliceColumn(content, offsets[0]!, offsets[length]!);
  const keep: number[] = [];
  for (let i = 0; i < length; i++)
    if (isValid(list.validity, i)) for (let j = offsets[i]!; j < offsets[i + 1]!; j++) keep.push(j);
  return takeColumn(content, keep);
}
