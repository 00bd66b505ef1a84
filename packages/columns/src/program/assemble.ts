import { compareRows } from '../accumulate/group.ts';
import { slotResult } from '../accumulate/slot.ts';
import { ColumnsError } from '../error.ts';
import {
  type Axis,
  addHistogram,
  cellArrays,
  type Histogram,
  isGrowing,
  makeHistogram,
  totalCells,
  withCells,
} from '../hist/index.ts';
import type { Datum } from '../ir/types.ts';
import {
  type Column,
  columnFrom,
  concatTables,
  type DataType,
  mapFields,
  type Role,
  type Schema,
  type Table,
} from '../table/index.ts';
import { combinationOf, type Labelled, labelValues, product } from './combos.ts';
import type { CollectPartial, CountsPartial, GroupPartial, HistPartial, Partial } from './partial.ts';
import type { SlotKind } from './plans.ts';
import { startProgram } from './run.ts';
import type { Fill } from './types.ts';

/** A partial result with the labels that it has from outside: `{ dataset: 'zz' }`. */
export interface Part {
  labels: Readonly<Record<string, string>>;
  partial: Partial;
}

type PartOf<P extends Partial> = Labelled & { partial: P };

/**
 * The final product of a fill: a histogram, or a table (of a group, of counts, of rows). `labelNames` are all labels in
 * the order in which they stand: dataset, regions, variation. Each is a category axis, or a column, before the rest.
 * Throws `program.partial` if the parts are of different kinds.
 */
export function assemble(
  fill: Fill,
  parts: readonly Part[],
  labelNames: readonly string[],
): Histogram | Table {
  for (const { partial } of parts)
    if (partial.kind !== fill.kind)
      throw new ColumnsError(
        'program.partial',
        `a result of kind ${partial.kind} is no part of a ${fill.kind}`,
      );
  if (parts.length === 0) throw new ColumnsError('program.partial', 'there are no parts to assemble');
  const labelled = parts.map(({ labels, partial }) => ({ labels, partial, own: partial.labels }));
  switch (fill.kind) {
    case 'hist':
      return histogram(labelled as PartOf<HistPartial>[], labelNames);
    case 'group':
      return groupTable(labelled as PartOf<GroupPartial>[], labelNames);
    case 'counts':
      return countsTable(labelled as PartOf<CountsPartial>[], labelNames);
    case 'collect':
      return rowsTable(labelled as PartOf<CollectPartial>[], labelNames);
  }
}

/** Cells of one combination as a histogram of the fill's own axes. */
function blockOf(part: PartOf<HistPartial>, combination: number): Histogram {
  const { histogram: whole } = part.partial;
  const axes = whole.axes.slice(part.own.length);
  const size = totalCells(axes);
  const arrays = cellArrays(whole).map((array) =>
    array.subarray(combination * size, (combination + 1) * size),
  );
  return withCells(axes, whole.storage, arrays);
}

/** The axes that hold the values of all parts; categories that occur are sorted. */
function commonAxes(parts: readonly PartOf<HistPartial>[]): Axis[] {
  const own = (part: PartOf<HistPartial>) => part.partial.histogram.axes.slice(part.own.length);
  return own(parts[0]!).map((axis, k) => {
    if (!isGrowing(axis) || !('categories' in axis)) return axis;
    const all = new Set<string | number>();
    for (const part of parts) for (const one of (own(part)[k] as typeof axis).categories) all.add(one);
    const categories = [...all].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
    return { ...axis, categories } as Axis;
  });
}

function histogram(parts: readonly PartOf<HistPartial>[], names: readonly string[]): Histogram {
  const values = labelValues(parts, names);
  const axes = commonAxes(parts);
  const { storage } = parts[0]!.partial.histogram;
  const size = totalCells(axes);
  const growing = axes.some(isGrowing);
  const outer = names.map(
    (name, i): Axis => ({ kind: 'category_str', name, categories: values[i]!, overflow: false }),
  );
  const result = makeHistogram([...outer, ...axes], storage);
  const targets = cellArrays(result);
  product(values).forEach((combination, at) => {
    const block = withCells(
      axes,
      storage,
      targets.map((array) => array.subarray(at * size, (at + 1) * size)),
    );
    for (const part of parts) {
      const index = combinationOf(part, names, combination, true);
      if (index === undefined) continue;
      const from = blockOf(part, index);
      if (growing) addHistogram(block, from);
      else for (const [k, array] of cellArrays(from).entries()) cellArrays(block)[k]!.set(array);
    }
    // Where categories had to be matched, the block has cells of its own by now.
    if (growing) for (const [k, array] of cellArrays(block).entries()) targets[k]!.set(array, at * size);
  });
  return result;
}

function groupTable(parts: readonly PartOf<GroupPartial>[], names: readonly string[]): Table {
  const values = labelValues(parts, names);
  const [first] = parts;
  const { keys, slots, columns } = first!.partial;
  const rows: { combination: string[]; keys: Datum[]; results: (Datum | null)[] }[] = [];
  for (const combination of product(values))
    for (const part of parts) {
      const index = combinationOf(part, names, combination, false);
      if (index === undefined) continue;
      const own = part.partial.rows.filter((row) => row.variant === index);
      own.sort(compareRows);
      for (const row of own)
        rows.push({
          combination,
          keys: row.keys,
          results: slots.map((slot, i) => slotResult(slot.kind, row.slots[i]!)),
        });
    }
  const schema: Schema = Object.fromEntries(
    slots.map((slot, i): [string, DataType] => [
      `$${i}`,
      { kind: slot.type, ...(slot.nullable && { nullable: true }) },
    ]),
  );
  const slotTable: Table = {
    length: rows.length,
    columns: Object.fromEntries(
      slots.map((_, i) => [
        `$${i}`,
        columnFrom(
          rows.map((row) => row.results[i]),
          schema[`$${i}`]!,
        ),
      ]),
    ),
  };
  const keyColumns = keys.map(({ name, type }, k): [string, Column] => [
    name,
    withRole(
      columnFrom(
        rows.map((row) => row.keys[k]),
        { kind: type },
      ),
      'key',
    ),
  ]);
  const sums = overSlots(columns, schema, slotTable);
  for (const [name, text] of Object.entries(columns)) {
    const slot = slots[Number(/^`\$(\d+)`$/.exec(text)?.[1])];
    const role = slot && ADDS[slot.kind];
    if (role) sums[name] = withRole(sums[name]!, role);
  }
  return {
    length: rows.length,
    columns: {
      ...mapFields(
        labelColumns(
          names,
          rows.map((row) => row.combination),
        ),
        (column) => withRole(column, 'label'),
      ),
      ...Object.fromEntries(keyColumns),
      ...sums,
    },
  };
}

/** Reductions that add up when rows are put together. */
const ADDS: { readonly [kind in SlotKind]?: Role } = {
  count: 'sum',
  countnonzero: 'sum',
  sum: 'sum',
  nansum: 'sum',
  sumw: 'sum',
  sumw2: 'squares',
};

const withRole = <T extends Column>(column: T, role: Role): T => ({ ...column, role });

/** The columns of `agg`, computed from the reductions that they name. */
function overSlots(columns: Record<string, string>, schema: Schema, table: Table): Record<string, Column> {
  const names = Object.keys(columns);
  const plain = Object.fromEntries(names.map((name, i) => [`c${i}`, columns[name]!]));
  const run = startProgram(
    {
      schema,
      steps: [
        { id: 'p', from: '', do: 'project', fields: plain },
        { id: 'rows', from: 'p', do: 'fill', fill: { kind: 'collect', fields: Object.keys(plain) } },
      ],
    },
    { engine: 'interpreted' },
  );
  run.push(table);
  const { tables } = run.finish().rows as CollectPartial;
  return Object.fromEntries(names.map((name, i) => [name, tables[0]!.columns[`c${i}`]!]));
}

function labelColumns(
  names: readonly string[],
  rows: readonly (readonly string[])[],
): Record<string, Column> {
  return Object.fromEntries(
    names.map((name, i) => [
      name,
      columnFrom(
        rows.map((row) => row[i]),
        { kind: 'string' },
      ),
    ]),
  );
}

function countsTable(parts: readonly PartOf<CountsPartial>[], names: readonly string[]): Table {
  const values = labelValues(parts, names);
  const { cells } = parts[0]!.partial;
  const cuts = [...new Set(cells.map(([row]) => row))];
  const suffixes = [...new Set(cells.map(([, suffix]) => suffix))];
  const rows: { combination: string[]; cut: string; part: PartOf<CountsPartial>; index: number }[] = [];
  for (const combination of product(values))
    for (const part of parts) {
      const index = combinationOf(part, names, combination, false);
      if (index !== undefined) for (const cut of cuts) rows.push({ combination, cut, part, index });
    }
  const columns: Record<string, Column> = labelColumns(
    names,
    rows.map((row) => row.combination),
  );
  columns.cut = columnFrom(
    rows.map((row) => row.cut),
    { kind: 'string' },
  );
  for (const suffix of suffixes)
    for (const field of ['n', 'sumw', 'sumw2'] as const) {
      const numbers = rows.map(({ cut, part, index }) => {
        const cell = part.partial.cells.findIndex(([row, own]) => row === cut && own === suffix);
        return cell < 0 ? null : part.partial[field][index * part.partial.cells.length + cell]!;
      });
      const type: DataType = { kind: field === 'n' ? 'int64' : 'float64' };
      columns[`${field}${suffix}`] = columnFrom(
        numbers,
        numbers.includes(null) ? { ...type, nullable: true } : type,
      );
    }
  return { length: rows.length, columns };
}

function rowsTable(parts: readonly PartOf<CollectPartial>[], names: readonly string[]): Table {
  const tables: Table[] = [];
  for (const combination of product(labelValues(parts, names)))
    for (const part of parts) {
      const index = combinationOf(part, names, combination, false);
      if (index === undefined) continue;
      const table = part.partial.tables[index]!;
      const labels = labelColumns(
        names,
        Array.from({ length: table.length }, () => combination),
      );
      tables.push({ length: table.length, columns: { ...labels, ...table.columns } });
    }
  return concatTables(tables);
}
