/**
 * The part of FlatBuffers (https://flatbuffers.dev/internals) that Arrow metadata needs. Writing goes front to
 * back: a table comes before what it refers to, so that the same value always gives the same bytes.
 */

/** A value of a table's slot. */
export type Slot =
  | undefined
  | { i8: number }
  | { i16: number }
  | { i32: number }
  | { i64: number }
  | { text: string }
  | { table: FlatTable }
  | { tables: readonly FlatTable[] }
  /** Structs of `width` bytes, already laid out. */
  | { structs: Uint8Array; width: number };

/** Slots by their number in the schema. */
export type FlatTable = readonly Slot[];

const SIZES = { i8: 1, i16: 2, i32: 4, i64: 8 } as const;

/** The bytes of a root table, padded to 8. */
export function writeFlat(root: FlatTable): Uint8Array {
  const writer = new Writer();
  writer.reserve(4);
  writer.patch(0, writer.table(root));
  writer.align(8, 0);
  return writer.bytes.subarray(0, writer.size);
}

class Writer {
  bytes = new Uint8Array(1024);
  size = 0;
  private view = new DataView(this.bytes.buffer);

  /** Room for `length` bytes at the end, as zeroes; gives their place. */
  reserve(length: number): number {
    const at = this.size;
    this.size += length;
    if (this.size > this.bytes.length) {
      const bytes = new Uint8Array(Math.max(this.size, this.bytes.length * 2));
      bytes.set(this.bytes.subarray(0, at));
      this.bytes = bytes;
      this.view = new DataView(bytes.buffer);
    }
    return at;
  }

  /** Pads until the place `ahead` bytes further on is a multiple of `to`. */
  align(to: number, ahead: number): void {
    while ((this.size + ahead) % to !== 0) this.reserve(1);
  }

  /** Makes the offset at `at` lead to `target`. */
  patch(at: number, target: number): void {
    this.view.setUint32(at, target - at, true);
  }

  table(slots: FlatTable): number {
    const widths = slots.map((slot) => (slot === undefined ? 0 : sizeOf(slot)));
    const vtable = 4 + 2 * slots.length;
    this.align(8, vtable);
    const start = this.reserve(vtable);
    const at = this.reserve(4);
    const places = new Array<number>(slots.length).fill(0);
    for (const width of [8, 4, 2, 1])
      slots.forEach((_, i) => {
        if (widths[i] !== width) return;
        this.align(width, 0);
        places[i] = this.reserve(width);
      });
    this.view.setUint16(start, vtable, true);
    this.view.setUint16(start + 2, this.size - at, true);
    this.view.setInt32(at, at - start, true);
    slots.forEach((slot, i) => {
      if (slot === undefined) return;
      this.view.setUint16(start + 4 + 2 * i, places[i]! - at, true);
      this.fill(places[i]!, slot);
    });
    return at;
  }

  private fill(at: number, slot: Exclude<Slot, undefined>): void {
    if ('i8' in slot) this.view.setInt8(at, slot.i8);
    else if ('i16' in slot) this.view.setInt16(at, slot.i16, true);
    else if ('i32' in slot) this.view.setInt32(at, slot.i32, true);
    else if ('i64' in slot) this.view.setBigInt64(at, BigInt(slot.i64), true);
    else if ('text' in slot) this.patch(at, this.text(slot.text));
    else if ('table' in slot) this.patch(at, this.table(slot.table));
    else if ('tables' in slot) this.patch(at, this.tables(slot.tables));
    else this.patch(at, this.structs(slot.structs, slot.width));
  }

  private text(text: string): number {
    const utf8 = new TextEncoder().encode(text);
    this.align(4, 0);
    const at = this.reserve(4 + utf8.length + 1);
    this.view.setUint32(at, utf8.length, true);
    this.bytes.set(utf8, at + 4);
    return at;
  }

  private tables(tables: readonly FlatTable[]): number {
    this.align(4, 0);
    const at = this.reserve(4 + 4 * tables.length);
    this.view.setUint32(at, tables.length, true);
    tables.forEach((table, i) => {
      this.patch(at + 4 + 4 * i, this.table(table));
    });
    return at;
  }

  private structs(bytes: Uint8Array, width: number): number {
    this.align(8, 4);
    const at = this.reserve(4 + bytes.length);
    this.view.setUint32(at, bytes.length / width, true);
    this.bytes.set(bytes, at + 4);
    return at;
  }
}

function sizeOf(slot: Exclude<Slot, undefined>): number {
  for (const [kind, size] of Object.entries(SIZES)) if (kind in slot) return size;
  return 4;
}

/** A table inside bytes, read slot by slot. Reads outside the bytes throw `RangeError`. */
export class FlatView {
  private readonly view: DataView;
  private readonly at: number;

  constructor(bytes: Uint8Array | DataView, at?: number) {
    this.view =
      bytes instanceof DataView ? bytes : new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    this.at = at ?? this.view.getUint32(0, true);
  }

  i8(slot: number, otherwise = 0): number {
    const at = this.place(slot);
    return at ? this.view.getInt8(at) : otherwise;
  }

  i16(slot: number, otherwise = 0): number {
    const at = this.place(slot);
    return at ? this.view.getInt16(at, true) : otherwise;
  }

  i32(slot: number, otherwise = 0): number {
    const at = this.place(slot);
    return at ? this.view.getInt32(at, true) : otherwise;
  }

  i64(slot: number, otherwise = 0): number {
    const at = this.place(slot);
    return at ? Number(this.view.getBigInt64(at, true)) : otherwise;
  }

  text(slot: number): string {
    const at = this.target(slot);
    if (!at) return '';
    const length = this.view.getUint32(at, true);
    return new TextDecoder().decode(new Uint8Array(this.view.buffer, this.view.byteOffset + at + 4, length));
  }

  table(slot: number): FlatView | undefined {
    const at = this.target(slot);
    return at ? new FlatView(this.view, at) : undefined;
  }

  tables(slot: number): FlatView[] {
    const at = this.target(slot);
    if (!at) return [];
    return Array.from({ length: this.view.getUint32(at, true) }, (_, i) => {
      const place = at + 4 + 4 * i;
      return new FlatView(this.view, place + this.view.getUint32(place, true));
    });
  }

  /** Structs of `width` bytes, each as a view. */
  structs(slot: number, width: number): DataView[] {
    const at = this.target(slot);
    if (!at) return [];
    const { buffer, byteOffset } = this.view;
    return Array.from(
      { length: this.view.getUint32(at, true) },
      (_, i) => new DataView(buffer, byteOffset + at + 4 + i * width, width),
    );
  }

  private place(slot: number): number {
    const vtable = this.at - this.view.getInt32(this.at, true);
    if (4 + 2 * slot >= this.view.getUint16(vtable, true)) return 0;
    const offset = this.view.getUint16(vtable + 4 + 2 * slot, true);
    return offset ? this.at + offset : 0;
  }

  private target(slot: number): number {
    const at = this.place(slot);
    return at ? at + this.view.getUint32(at, true) : 0;
  }
}
