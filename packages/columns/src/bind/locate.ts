import { ColumnsError } from '../error.ts';
import type { ColumnPath } from '../ir/types.ts';
import type { Column, Table, Validity } from '../table/types.ts';

/** Where the values of a column path lie in one table. */
export interface Located {
  /** Offsets of each list around the values, outermost first. */
  offsets: Int32Array[];
  /** Nulls of what was asked for. */
  validity?: Validity;
  /** The values themselves; absent if a list or record was asked for. */
  leaf?: Exclude<Column, { kind: 'list' | 'record' }>;
}

export type Part = 'item' | 'list' | 'record';

/** Walks through lists and records. `lists`: how many lists lie around the part. Throws `program.column`. */
export function locate(table: Table, path: ColumnPath, part: Part, lists: number): Located {
  const [name] = path as [string];
  if (!Object.hasOwn(table.columns, name))
    throw new ColumnsError(
      'program.column',
      `the table lacks the column '${name}'`,
      'read all columns of checkProgram',
    );
  let column: Column = table.columns[name]!;
  let step = 1;
  const offsets: Int32Array[] = [];
  for (;;) {
    if (part === 'record' && column.kind === 'record' && step === path.length && offsets.length === lists)
      return { offsets, ...(column.validity && { validity: column.validity }) };
    if (part === 'list' && column.kind === 'list' && step === path.length && offsets.length === lists)
      return { offsets, ...(column.validity && { validity: column.validity }) };
    if (column.kind === 'list') {
      offsets.push(column.offsets);
      column = column.content;
    } else if (column.kind === 'record') {
      const next: string | undefined = path[step++];
      const field: Column | undefined =
        next !== undefined && Object.hasOwn(column.fields, next) ? column.fields[next] : undefined;
      if (!field) throw new ColumnsError('program.column', `the table lacks '${path.join('.')}'`);
      column = field;
    } else {
      if (part !== 'item' || offsets.length !== lists)
        throw new ColumnsError(
          'program.column',
          `'${path.join('.')}' has another shape in this table than in the schema`,
        );
      return { offsets, leaf: column, ...(column.validity && { validity: column.validity }) };
    }
  }
}

/** Offsets of lists of these lengths. */
function offsetsOf(lengths: Column | undefined, rows: number): Int32Array | undefined {
  if (lengths?.kind !== 'primitive') return undefined;
  const { values } = lengths;
  const offsets = new Int32Array(rows + 1);
  let end = 0;
  for (let row = 0; row < rows; row++) {
    const length = Number(values[row]);
    if (length > 0) end += length;
    offsets[row + 1] = end;
  }
  return offsets;
}

/**
 * The offsets of the list at `path` behind `lists` others. Where the table lacks the column, the lengths in `counter`
 * say as much.
 */
export function listOffsets(table: Table, path: ColumnPath, lists: number, counter?: string): Int32Array[] {
  const [name] = path as [string];
  if (!Object.hasOwn(table.columns, name)) {
    const counted =
      lists === 0 && counter !== undefined && Object.hasOwn(table.columns, counter)
        ? offsetsOf(table.columns[counter], table.length)
        : undefined;
    if (counted) return [counted];
    throw new ColumnsError(
      'program.column',
      `the table lacks the column '${name}'`,
      'read all columns of checkProgram',
    );
  }
  let column: Column | undefined = table.columns[name];
  let step = 1;
  const offsets: Int32Array[] = [];
  while (column && offsets.length <= lists) {
    if (column.kind === 'list') {
      offsets.push(column.offsets);
      column = column.content;
    } else if (column.kind === 'record') column = column.fields[path[step++] ?? ''];
    else break;
  }
  if (offsets.length <= lists)
    throw new ColumnsError('program.column', `'${path.join('.')}' is no list in this table`);
  return offsets;
}
