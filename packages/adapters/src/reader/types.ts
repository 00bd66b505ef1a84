/** What a reader's file exports: what a user writes. */

/** The event under the cursor: one property for each field (`jet_pt`; a dot in a name becomes `_`). The same object for every event. */
export interface EventView {
  readonly [field: string]: unknown;
}

/** A list of the event under the cursor. It moves along: keep numbers, not the view. */
export interface ListView<T = unknown> extends Iterable<T> {
  readonly length: number;
  /** Item `j`; undefined past the end. A negative one counts from the end. */
  at(j: number): T | undefined;
}

/** Fields that the reader makes: `out.ht = 3`; lists also `out.good_pt.push(3)`. */
export interface EventWriter {
  [field: string]: unknown;
}

/** A reader as functions over a state. The state is plain data; results of several partitions are merged from it. */
export interface EventReader<State = unknown> {
  /** Fields that it reads; all, when absent. */
  reads?: readonly string[];
  /** Fields that it makes, with their types (`float`, `int[]`). */
  produces?: Readonly<Record<string, string>>;
  /** Once for each partition, before its first event. */
  begin?(args: unknown): State;
  /** Exactly `false` drops the event. */
  event(event: EventView, out: EventWriter, state: State): unknown;
  /** Once for each partition, after its last event. */
  end?(state: State): void;
  /** Adds up two states, the earlier one first; what it returns, or else the first one changed in place. */
  merge?(a: State, b: State): State | undefined;
  /** What is read of the state in the end; the state itself, when absent. */
  result?(state: State): unknown;
}

/** A reader as a class, as alphatwirl has it: its fields are its state. */
export interface ReaderClass {
  new (args?: unknown): ReaderObject;
  reads?: readonly string[];
  produces?: Readonly<Record<string, string>>;
}

export interface ReaderObject {
  begin?(event?: EventView): void;
  event(event: EventView, out: EventWriter): unknown;
  end?(): void;
  merge?(other: this): void;
  result?(): unknown;
}
