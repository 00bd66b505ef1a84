/**
 * What expressions become before they run: a graph of pure scalar computations over the rows of a table and over
 * positions in lists. Equal computations are one node. The interpreter walks it; the compiler writes a loop of it.
 */

/** Types of single values. float32 is widened when read, so it never occurs. `none` is the type of `None`. */
export type Scalar =
  | 'bool'
  | 'int8'
  | 'int16'
  | 'int32'
  | 'int64'
  | 'uint8'
  | 'uint16'
  | 'uint32'
  | 'uint64'
  | 'float64'
  | 'string';

/** A value in memory. 64-bit integers that may leave ±2^53 are bigint, all other numbers are number. */
export type Datum = boolean | number | bigint | string;

/** A column of the source, or a part of one: `['Muon_pt']`, `['Muon', 'pt']` of a list of records. */
export type ColumnPath = readonly string[];

export type ReduceKind =
  | 'sum'
  | 'nansum'
  | 'prod'
  | 'min'
  | 'max'
  | 'nanmin'
  | 'nanmax'
  | 'any'
  | 'all'
  | 'count'
  | 'countnonzero'
  | 'argmin'
  | 'argmax'
  | 'nanargmin'
  | 'nanargmax';

/** Elementwise operations. They never fail. */
export type Strict =
  | 'add'
  | 'sub'
  | 'mul'
  | 'div'
  | 'floordiv'
  | 'mod'
  | 'pow'
  | 'neg'
  | 'abs'
  | 'bitand'
  | 'bitor'
  | 'bitxor'
  | 'shl'
  | 'shr'
  | 'invert'
  | 'lt'
  | 'le'
  | 'eq'
  | 'ne'
  | 'not'
  | 'and'
  | 'or'
  | 'min2'
  | 'max2'
  | 'nanmin2'
  | 'nanmax2'
  | 'isnan'
  | 'isfinite'
  | 'isinf'
  | 'cast'
  | 'big'
  | 'length'
  | 'isin'
  | 'deltaphi'
  | 'sqrt'
  | 'exp'
  | 'log'
  | 'log10'
  | 'sin'
  | 'cos'
  | 'tan'
  | 'asin'
  | 'acos'
  | 'atan'
  | 'sinh'
  | 'cosh'
  | 'tanh'
  | 'asinh'
  | 'hypot'
  | 'atan2'
  | 'floor'
  | 'ceil'
  | 'round'
  | 'float32'
  | 'extern';

export type Op =
  | Strict
  | 'const'
  /** The current position in a list: `variable`. */
  | 'var'
  /** An element of a column: one argument (a position) for each list around it. */
  | 'load'
  /** Whether that element (or list) is there, for columns with nulls. */
  | 'valid'
  /** Number of elements of `axis`. */
  | 'len'
  /** Place in the base of `axis` (member `member`, for tuples) of its element args[0]. */
  | 'pos'
  /** Element args[0] of a table of `body` over `axis` that is made once: args[1] is the body, bound to `variable`. */
  | 'pick'
  /** args[0] reduced over `axis`, whose position is `variable`, leaving out elements where args[1] (if there) is false. */
  | 'reduce'
  /** Whether the reduction args[0] (a least, greatest or place) had anything to choose from. */
  | 'found'
  /** args[1] or args[2] by args[0]; the other one is not evaluated. */
  | 'where';

/**
 * One computation. A node is never missing: a value that may be is a pair of nodes, whether it is there and what it
 * is, and the second is only evaluated where the first holds (`and`, `or`, `where` evaluate no more than they must).
 */
export interface Node {
  readonly id: number;
  readonly op: Op;
  readonly type: Scalar;
  readonly args: readonly Node[];
  /** Variables that it depends on, ascending. */
  readonly free: readonly number[];
  readonly value?: Datum;
  /** For `isin`: what is looked for. */
  readonly set?: readonly Datum[];
  readonly axis?: Axis;
  readonly variable?: number;
  readonly column?: ColumnPath;
  readonly member?: number;
  readonly kind?: ReduceKind;
  /** Name of the bound function, for `extern`. */
  readonly extern?: string;
  /** Bounds of an integer. Absent for 64-bit integers that need bigint. */
  readonly low?: number;
  readonly high?: number;
  /** Rough work of one evaluation: 1 for an addition. */
  readonly cost: number;
  /** The one place in a list, of a member of pairs, that everything in it depends on; null if there are several. */
  readonly through: Node | null | undefined;
  /** Computed with bigint, or by a function from outside: must not be evaluated where its guard does not hold. */
  readonly guarded: boolean;
}

/** What a list ranges over. Two lists with one axis have elements that belong together. */
export interface Axis {
  readonly id: number;
  readonly kind: 'column' | 'filter' | 'combinations' | 'cartesian' | 'order' | 'virtual';
  /** Its own variable is `id * 8`. */
  readonly free: readonly number[];
  /** For messages: `Muon`. */
  readonly label: string;
  /** `column`: the path of the list, positions in the lists around it, and the columns that share it. */
  readonly path?: ColumnPath;
  readonly at?: readonly Node[];
  /** Name of the count column. Lists with one counter have one axis. */
  readonly counter?: string;
  /** `filter`: elements of `base` where it holds. `order`: its sort key. Both over the base's variable. */
  readonly base?: Axis;
  readonly body?: Node;
  /** `order`: where the key is not missing. */
  readonly there?: Node;
  readonly ascending?: boolean;
  /** `combinations`: how many. `cartesian`: `base` and `other`. */
  readonly count?: number;
  readonly other?: Axis;
  /** `virtual`: its length. */
  readonly length?: Node;
  /** `virtual`: what made it. Lists of one length are the same lists only if they were made in the same way. */
  readonly tag?: string;
  /** All rows have this many. */
  readonly size?: number;
}

/** No list in one row may be longer: integers derived from lengths stay exact. */
export const MAX_LIST = 2 ** 21;
