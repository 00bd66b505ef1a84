import type { Datum } from '../ir/types.ts';
import type { SlotSpec } from '../program/plans.ts';
import { addToSlot, emptySlot, type SlotState } from './slot.ts';

/** One row of a group's table: the combination of labels, the keys, a state for each slot. */
export interface GroupRow {
  variant: number;
  keys: Datum[];
  slots: SlotState[];
}

/** A text that tells keys apart: 1 from '1', NaN from NaN not. */
export const groupKey = (variant: number, keys: readonly Datum[]): string => {
  let key = String(variant);
  for (const one of keys)
    key += `\u0001${typeof one === 'string' ? `s${one}` : one === 0 ? '0' : String(one)}`;
  return key;
};

/** NaN comes last. */
export function compareDatum(a: Datum, b: Datum): number {
  if (Number.isNaN(a) || Number.isNaN(b)) return Number(Number.isNaN(a)) - Number(Number.isNaN(b));
  return a < b ? -1 : a > b ? 1 : 0;
}

/** By combination of labels, then by keys. */
export function compareRows(a: GroupRow, b: GroupRow): number {
  if (a.variant !== b.variant) return a.variant - b.variant;
  for (let k = 0; k < a.keys.length; k++) {
    const sign = compareDatum(a.keys[k]!, b.keys[k]!);
    if (sign !== 0) return sign;
  }
  return 0;
}

/** Rows by key, in the order in which the keys occur. */
export class GroupAccumulator {
  readonly rows: GroupRow[] = [];
  private readonly slots: readonly SlotSpec[];
  private readonly known = new Map<string, GroupRow>();

  constructor(slots: readonly SlotSpec[]) {
    this.slots = slots;
  }

  row(variant: number, keys: readonly Datum[]): GroupRow {
    const key = groupKey(variant, keys);
    const found = this.known.get(key);
    if (found) return found;
    const made: GroupRow = {
      variant,
      keys: keys.map((one) => (Object.is(one, -0) ? 0 : one)),
      slots: this.slots.map((slot) => emptySlot(slot.kind, slot.type)),
    };
    this.known.set(key, made);
    this.rows.push(made);
    return made;
  }

  add(row: GroupRow, slot: number, value: Datum): void {
    const { kind, type } = this.slots[slot]!;
    addToSlot(kind, type, row.slots[slot]!, value);
  }
}
