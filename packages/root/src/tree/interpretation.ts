import type { DataType } from '@fasthep/columns';
import type { Node } from '../streamer/node.ts';

/** How the bytes of a branch become a column. */
export type Interpretation =
  /** `dims` numbers for each row. */
  | { how: 'flat'; item: NumberNode; dims: number[] }
  /**
   * As many as the row has bytes, after `skip` of them; `dims` for each item. `counter` is the column that
   * counts them.
   */
  | { how: 'jagged'; item: NumberNode; dims: number[]; skip: number; counter: string | undefined }
  /** A leaf list: numbers of different types side by side. */
  | { how: 'struct'; fields: { name: string; item: NumberNode; dims: number[] }[] }
  /** Text of a TLeafC: a length and bytes. */
  | { how: 'text' }
  /**
   * Whatever streamer infos describe, entry by entry. `many`: as members of a split collection, as many to a
   * row as `counter` says.
   */
  | { how: 'streamed'; node: Node; many: boolean; counter?: string; named?: boolean }
  /** Branches inside it, as the fields of a record. */
  | { how: 'group'; fields: { name: string; path: string }[] }
  | { how: 'unreadable'; why: string };

/** Numbers, plain or packed. */
export type NumberNode = Extract<Node, { t: 'number' | 'packed' }>;

/** `dims` fixed lists around a type, outermost first. */
export function fixedLists(item: DataType, dims: readonly number[]): DataType {
  return dims.reduceRight<DataType>((inner, size) => ({ kind: 'list', item: inner, size }), item);
}
