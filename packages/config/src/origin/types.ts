/** A plain JSON value. */
export type PlainJson = null | boolean | number | string | PlainJson[] | { [key: string]: PlainJson };

/** The name that stands for the file in origins of command-line words; line n is the n-th word. */
export const COMMAND_LINE = '<command line>';

/**
 * Where a piece of text stands in its file, when not simply column + offset (quotes, folding, escapes,
 * interpolation): `[offset in the value, line, column, file if another one]`, ascending by offset.
 */
export type Piece = [offset: number, line: number, column: number, file?: string];

/** Where a value was written. Lines and columns are 1-based. */
export interface Origin {
  /** Path as given, or `<command line>`. */
  file: string;
  line: number;
  column: number;
  endLine?: number;
  /** Exclusive. */
  endColumn?: number;
  /** The command-line word. */
  word?: string;
  pieces?: Piece[];
  /** Origins that this one beat (override chain) or came through (interpolation), nearest first. */
  via?: Origin[];
}

/** A JSON pointer (RFC 6901): `''` is the root, `/a/0/b~1c`. */
export type JsonPointer = string;

/** A fully composed config: plain data, and beside it the place of every node and every key. */
export interface Config {
  format: 1;
  value: PlainJson;
  /** One for each leaf and each container. */
  origins: Record<JsonPointer, Origin>;
  /** One for each key of a map: where the key itself was written. */
  keyOrigins: Record<JsonPointer, Origin>;
  /** Text of every file that was read, for error frames. */
  sources: Record<string, string>;
  /** The command-line words that were applied. */
  overrides: string[];
  /** Chosen option of each config group of a `defaults` list. */
  choices: Record<string, string | string[] | null>;
  /** Texts in which interpolations were left to be bound later. */
  late?: JsonPointer[];
}
