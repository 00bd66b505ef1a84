import { ColumnsError } from '../error.ts';
import { type Axis, MAX_LIST } from '../ir/types.ts';
import type { Schema, Table } from '../table/types.ts';
import { listOffsets } from './locate.ts';

/** Source columns whose lists must have equal lengths in every row: the first one speaks for all. */
export type LengthGroup = readonly string[];

/** Columns that are read and share a counter, and pairs that an expression takes as one collection. */
export function lengthGroups(
  columns: readonly string[],
  schema: Schema,
  pairs: readonly (readonly [Axis, Axis])[],
): LengthGroup[] {
  const groups = new Map<string, string[]>();
  for (const name of columns) {
    const type = schema[name]!;
    if (type.kind !== 'list') continue;
    const key = type.counter === undefined ? `column ${name}` : `counter ${type.counter}`;
    groups.set(key, [...(groups.get(key) ?? []), name]);
  }
  const own = [...groups.values()];
  const read = new Set(columns);
  for (const [a, b] of pairs) {
    const [x, y] = [a.path![0]!, b.path![0]!];
    if (a.path!.length === 1 && b.path!.length === 1 && read.has(x) && read.has(y)) own.push([x, y]);
  }
  return own;
}

/** Throws `program.lengths` where lists that belong together differ, `program.list` where one is too long. */
export function checkLengths(table: Table, groups: readonly LengthGroup[]): void {
  for (const [first, ...others] of groups) {
    const offsets = listOffsets(table, [first!], 0)[0]!;
    let longest = 0;
    let start = offsets[0]!;
    for (let row = 1; row <= table.length; row++) {
      const end = offsets[row]!;
      if (end - start > longest) longest = end - start;
      start = end;
    }
    if (longest > MAX_LIST)
      throw new ColumnsError(
        'program.list',
        `'${first}' has a list of ${longest} elements in one row`,
        `at most ${MAX_LIST} are possible`,
      );
    for (const name of others) {
      const own = listOffsets(table, [name], 0)[0]!;
      if (own === offsets) continue;
      const apart = own[0]! - offsets[0]!;
      for (let row = 0; row < table.length; row++)
        if (own[row + 1]! - offsets[row + 1]! !== apart)
          throw new ColumnsError(
            'program.lengths',
            `'${first}' and '${name}' have lists of different lengths in row ${row} of a batch`,
            'they are no collection: they cannot be used element by element',
          );
    }
  }
}
