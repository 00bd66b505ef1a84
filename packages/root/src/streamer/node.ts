import type { Primitive } from '@fasthep/columns';

/** A number type that ROOT stores as it is. */
export type NumberType = Exclude<Primitive, 'string'>;

/** How a Double32_t or Float16_t is packed. */
export type Packing =
  /** An integer of `bits` bits, 0 for `low` and 2^bits for `high`. */
  | { how: 'range'; low: number; high: number; bits: number }
  /** An exponent byte and a mantissa of `bits` bits. */
  | { how: 'truncated'; bits: number }
  /** A plain float32. */
  | { how: 'float' };

/** How a value lies on disk. */
export type Node =
  | { t: 'number'; type: NumberType }
  /** Bits of a TObject: two bytes more follow when it is referenced. */
  | { t: 'bits' }
  | { t: 'packed'; type: 'float32' | 'float64'; packing: Packing }
  /** A length and bytes. `header`: byte count and version first. A TString (`plain`) never has them. */
  | { t: 'string'; header: boolean; plain?: true }
  /** `char*`: four bytes of length. */
  | { t: 'charstar' }
  | { t: 'array'; item: Node; size: number }
  /** `T* x; //[n]`: a byte that says whether it is there, then as many as the counter says. */
  | { t: 'counted'; item: Node; counter: string }
  /** std::vector, list, deque, set, …; `header` as of strings. */
  | { t: 'sequence'; item: Node; header: boolean }
  | { t: 'map'; key: Node; value: Node; header: boolean }
  | { t: 'pair'; first: Node; second: Node }
  | { t: 'bitset'; size: number; header: boolean }
  /** A class with layout. `version` is what a column is laid out for; without it the newest in the file. */
  | { t: 'object'; name: string; version?: number }
  /** An object with its class in front, or null. */
  | { t: 'pointer'; name: string }
  /** TStreamerLoop: `T* x; //[n]` of objects. */
  | { t: 'loop'; item: Node; counter: string }
  | { t: 'unknown'; why: string };

/** A member of a class. `base` members belong to a base class: their members count as the class's own. */
export interface Member {
  name: string;
  node: Node;
  base: boolean;
}

/** Bytes of a number on disk. */
export const widthOf: Record<NumberType, number> = {
  bool: 1,
  int8: 1,
  int16: 2,
  int32: 4,
  int64: 8,
  uint8: 1,
  uint16: 2,
  uint32: 4,
  uint64: 8,
  float32: 4,
  float64: 8,
};
