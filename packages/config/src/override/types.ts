import type { Scalar } from '../value/scalar.ts';

/** A quoted text: kept apart, so that it can be written again as it was. */
export class Quoted {
  readonly text: string;
  readonly quote: "'" | '"';
  constructor(text: string, quote: "'" | '"') {
    this.text = text;
    this.quote = quote;
  }
}

/** `a,b` (simple) or `choice(a,b)` */
export interface ChoiceSweep {
  sweep: 'choice';
  list: Item[];
  simple: boolean;
  shuffle: boolean;
  tags: string[];
}
/** `range(start,stop,step)`; numbers keep their type. */
export interface RangeSweep {
  sweep: 'range';
  start: Scalar;
  stop: Scalar;
  step: Scalar;
  shuffle: boolean;
  tags: string[];
}
/** `interval(start,end)`: for optimisers, cannot be enumerated. */
export interface IntervalSweep {
  sweep: 'interval';
  start: Scalar;
  end: Scalar;
  tags: string[];
}
/** `glob(include, exclude)` over the options of a group. */
export interface Glob {
  sweep: 'glob';
  include: string[];
  exclude: string[];
}
export type Sweep = ChoiceSweep | RangeSweep | IntervalSweep | Glob;

/** `extend_list(a,b)`: items to put behind those of a list. */
export class ListExtension {
  readonly items: Item[];
  constructor(items: Item[]) {
    this.items = items;
  }
}

/** A value of an override. */
export type Item = Scalar | Quoted | Item[] | Map<Item, Item> | Sweep | ListExtension;

/** What an override does: `=` change, `+` add, `++` add or change, `~` delete, `extend_list`. */
export type OverrideType = 'CHANGE' | 'ADD' | 'FORCE_ADD' | 'DEL' | 'EXTEND_LIST';

/** A command-line override, parsed. */
export interface Override {
  type: OverrideType;
  /** `a.b.c`, or a config group `a/b`. */
  key: string;
  /** After `@`. */
  package?: string;
  /** Absent for `~key`. */
  value?: Item;
  /** The word as given. */
  word: string;
  /** Which word of the command line, from 0. */
  index: number;
  /** Where the value begins in the word. */
  valueAt: number;
}

export const isSweep = (value: Item | undefined): value is Sweep =>
  typeof value === 'object' && value !== null && 'sweep' in value;
