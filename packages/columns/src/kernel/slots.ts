import { listOffsets, locate, type Part } from '../bind/locate.ts';
import { textReader } from '../bind/text.ts';
import type { ColumnPath } from '../ir/types.ts';
import type { Schema, Table, Validity, Values } from '../table/types.ts';

/** What the kernel is given of each batch, in the order in which it asked. */
export type Slot =
  /** Elements of a column. Of lists that begin at 0 after `rebased` they are cut to begin there too. */
  | { kind: 'values'; path: ColumnPath; lists: number; rebased: boolean }
  | { kind: 'text'; path: ColumnPath; lists: number; rebased: boolean }
  /** Offsets of the list at `level` of a path. Those of a group of columns begin at 0. */
  | { kind: 'offsets'; path: ColumnPath; level: number; rebased: boolean; counter?: string }
  | { kind: 'validity'; path: ColumnPath; lists: number; part: Part; rebased: boolean };

export type Bound = Values | Int32Array | Validity | null | ((i: number) => string);

/** A list column as it is bound: with another one's offsets if they belong to one collection. */
export function isRebased(schema: Schema, path: ColumnPath, lists: number): boolean {
  const type = schema[path[0]!];
  return lists === 1 && path.length === 1 && type?.kind === 'list' && type.counter !== undefined;
}

/** The path of the list at `level` around a column: for lists of records shorter than that of their fields. */
export function listPath(schema: Schema, path: ColumnPath, level: number): ColumnPath {
  let type = schema[path[0]!];
  let step = 1;
  for (let lists = 0; type; ) {
    if (type.kind === 'list') {
      if (lists === level) return path.slice(0, step);
      lists++;
      type = type.item;
    } else if (type.kind === 'record') type = type.fields[path[step++] ?? ''];
    else break;
  }
  return path;
}

/** Offsets that begin at 0; the array itself if they do. */
function fromZero(offsets: Int32Array, length: number): Int32Array {
  const first = offsets[0] ?? 0;
  if (first === 0) return offsets;
  const moved = new Int32Array(length + 1);
  for (let i = 0; i <= length; i++) moved[i] = offsets[i]! - first;
  return moved;
}

function bindOne(slot: Slot, table: Table): Bound {
  if (slot.kind === 'offsets') {
    const offsets = listOffsets(table, slot.path, slot.level, slot.counter)[slot.level]!;
    return slot.rebased ? fromZero(offsets, table.length) : offsets;
  }
  const part = slot.kind === 'validity' ? slot.part : 'item';
  const { leaf, validity, offsets } = locate(table, slot.path, part, slot.lists);
  const first = slot.rebased ? (offsets[0]?.[0] ?? 0) : 0;
  if (slot.kind === 'validity') {
    if (!validity) return null;
    return first === 0 ? validity : shifted(validity, first);
  }
  if (slot.kind === 'text') {
    const read = textReader(leaf!);
    return first === 0 ? read : (i) => read(i + first);
  }
  const { values } = leaf as { values: Values };
  return first === 0 ? values : (values.subarray(first) as Values);
}

/** Bits from `first` on. */
function shifted(validity: Validity, first: number): Validity {
  const bits = validity.length * 8 - first;
  const out = new Uint8Array(Math.ceil(bits / 8));
  for (let i = 0; i < bits; i++) {
    const at = first + i;
    if ((validity[at >> 3]! >> (at & 7)) & 1) out[i >> 3]! |= 1 << (i & 7);
  }
  return out;
}

export function bindSlots(slots: readonly Slot[], table: Table): Bound[] {
  return slots.map((slot) => bindOne(slot, table));
}
