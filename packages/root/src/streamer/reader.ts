import type { Cursor } from '../bytes/cursor.ts';
import type { Plain } from './values.ts';

/** What classes with a layout of their own need to read what they hold. */
export interface ObjectReader {
  /** An object of a known class. */
  object(cursor: Cursor, className: string): Plain;
  /** A pointer to an object of any class. */
  pointer(cursor: Cursor): Plain | null;
}
