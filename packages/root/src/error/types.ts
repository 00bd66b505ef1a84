/**
 * What went wrong, as a code that scripts and `explain` can rely on.
 *
 * - `ROOT-E01` not a ROOT file, or a header that makes no sense
 * - `ROOT-E02` the file ends early, or a structure points outside of it
 * - `ROOT-E03` damaged: a structure contradicts itself
 * - `ROOT-E04` no such object in the file
 * - `ROOT-E05` no such column in the table
 * - `ROOT-E06` understood, but not readable: a type or version that is not supported
 * - `ROOT-E07` a compressed block cannot be unpacked
 * - `ROOT-E08` a checksum does not match
 * - `ROOT-E09` sizes beyond any sense (a loop, or more data than the bytes can hold)
 * - `ROOT-E10` rows outside the table
 */
export type RootErrorCode =
  | 'ROOT-E01'
  | 'ROOT-E02'
  | 'ROOT-E03'
  | 'ROOT-E04'
  | 'ROOT-E05'
  | 'ROOT-E06'
  | 'ROOT-E07'
  | 'ROOT-E08'
  | 'ROOT-E09'
  | 'ROOT-E10';

/** Where it went wrong; every part that is known. */
export interface Place {
  /** Name of the source: a path or URL. */
  file?: string;
  /** Tree, directory or histogram. */
  object?: string;
  /** Branch or field. */
  column?: string;
  /** Offset in bytes from the start of the file; inside an unpacked object the offset of its key. */
  offset?: number;
}
