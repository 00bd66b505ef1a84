import type { Column, DataType } from '@fasthep/columns';
import type { Cursor } from '../bytes/cursor.ts';

/** Collects values of one layout into a column. */
export interface Sink {
  /** What the column will be. */
  readonly type: DataType;
  /** Least bytes of a value, to refuse counts that the bytes cannot hold. */
  readonly least: number;
  /** Reads `count` values that lie side by side. */
  read(cursor: Cursor, count: number): void;
  /** The same with one header in front of the run, for what lies member by member. */
  readHeaded?(cursor: Cursor, count: number): void;
  /** Reads the members of one object that has no header. */
  readBare?(cursor: Cursor): void;
  /** The values so far. */
  finish(): Column;
}
