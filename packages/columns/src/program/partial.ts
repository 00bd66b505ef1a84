import type { GroupRow } from '../accumulate/group.ts';
import { groupKey } from '../accumulate/group.ts';
import { emptySlot, mergeSlot } from '../accumulate/slot.ts';
import { ColumnsError } from '../error.ts';
import { type Histogram, mergeHistograms } from '../hist/index.ts';
import { concatTables, type Table } from '../table/index.ts';
import type { CollectPlan, CountsPlan, GroupPlan, KeySpec, Labels, SlotSpec } from './plans.ts';

/** A histogram whose first axes are the labels. */
export interface HistPartial {
  kind: 'hist';
  labels: Labels;
  histogram: Histogram;
}

export interface GroupPartial {
  kind: 'group';
  labels: Labels;
  keys: KeySpec[];
  slots: SlotSpec[];
  /** Column → text over the slots `$0`, `$1`, … */
  columns: Record<string, string>;
  rows: GroupRow[];
}

export interface CountsPartial {
  kind: 'counts';
  labels: Labels;
  cells: [row: string, suffix: string][];
  /** Rows, sums of weights, sums of squared weights: one for each combination of labels and cell, the cell fastest. */
  n: Float64Array;
  sumw: Float64Array;
  sumw2: Float64Array;
}

export interface CollectPartial {
  kind: 'collect';
  labels: Labels;
  /** One table for each combination of labels. */
  tables: Table[];
}

/** What one fill made from some rows: merges with that of other rows, and travels as bytes. Plain data. */
export type Partial = HistPartial | GroupPartial | CountsPartial | CollectPartial;

const differ = (what: string): never => {
  throw new ColumnsError(
    'program.partial',
    `results with different ${what} cannot be merged`,
    'they come from different programs',
  );
};

/** The sum of two partial results of one fill: `a` of the rows before, `b` of those after. Both stay as they are. */
export function mergePartials(a: Partial, b: Partial): Partial {
  if (a.kind !== b.kind) return differ('kinds');
  if (JSON.stringify(a.labels) !== JSON.stringify(b.labels)) return differ('labels');
  switch (a.kind) {
    case 'hist':
      return { ...a, histogram: mergeHistograms(a.histogram, (b as HistPartial).histogram) };
    case 'group':
      return mergeGroups(a, b as GroupPartial);
    case 'counts': {
      const more = b as CountsPartial;
      if (JSON.stringify(a.cells) !== JSON.stringify(more.cells)) return differ('rows');
      const add = (x: Float64Array, y: Float64Array) => x.map((value, i) => value + y[i]!);
      return { ...a, n: add(a.n, more.n), sumw: add(a.sumw, more.sumw), sumw2: add(a.sumw2, more.sumw2) };
    }
    case 'collect':
      return {
        ...a,
        tables: a.tables.map((table, i) => concatTables([table, (b as CollectPartial).tables[i]!])),
      };
  }
}

function mergeGroups(a: GroupPartial, b: GroupPartial): GroupPartial {
  if (JSON.stringify([a.keys, a.slots, a.columns]) !== JSON.stringify([b.keys, b.slots, b.columns]))
    return differ('columns');
  const rows = new Map<string, GroupRow>();
  for (const partial of [a, b])
    for (const row of partial.rows) {
      const key = groupKey(row.variant, row.keys);
      let sum = rows.get(key);
      if (!sum) {
        sum = {
          variant: row.variant,
          keys: row.keys,
          slots: a.slots.map((slot) => emptySlot(slot.kind, slot.type)),
        };
        rows.set(key, sum);
      }
      a.slots.forEach((slot, i) => {
        mergeSlot(slot.kind, slot.type, sum.slots[i]!, row.slots[i]!);
      });
    }
  return { ...a, rows: [...rows.values()] };
}

export const groupPartial = (plan: GroupPlan, rows: GroupRow[]): GroupPartial => ({
  kind: 'group',
  labels: plan.labels,
  keys: [...plan.keys],
  slots: [...plan.slots],
  columns: { ...plan.columns },
  rows,
});

export const countsPartial = (
  plan: CountsPlan,
  counts: Omit<CountsPartial, 'kind' | 'labels' | 'cells'>,
): CountsPartial => ({
  kind: 'counts',
  labels: plan.labels,
  cells: plan.cells.map(([row, suffix]) => [row, suffix]),
  ...counts,
});

export const collectPartial = (plan: CollectPlan, tables: Table[]): CollectPartial => ({
  kind: 'collect',
  labels: plan.labels,
  tables,
});
