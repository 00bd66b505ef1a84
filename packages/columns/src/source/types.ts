import type { Schema, Table } from '../table/types.ts';

/** Random access to bytes: a local file, a URL, a buffer, a browser `File`. Everything is read through it. */
export interface ByteSource {
  /** What to call it in messages: a path or URL. */
  readonly name: string;
  /** Length in bytes. */
  readonly size: number;
  /** Bytes `[start, stop)`; throws when the range leaves the source. Safe to call concurrently. */
  read(start: number, stop: number, signal?: AbortSignal): Promise<Uint8Array>;
  close(): Promise<void>;
}

/** One table of a file (a tree, a Parquet file, a CSV file), opened but not read. */
export interface TableReader {
  /** Every column that can be read. */
  readonly schema: Schema;
  /** Columns that the file has and this reader cannot read, with the reason. */
  readonly unreadable?: Record<string, string>;
  readonly entries: number;
  /**
   * First row of each cluster (row group, basket cluster), ascending from 0, without the end. Reading along
   * these boundaries decodes nothing twice.
   */
  readonly clusters: readonly number[];
  /** Rows `[start, stop)` of the named columns, only whose bytes are read. */
  read(columns: readonly string[], start: number, stop: number, signal?: AbortSignal): Promise<Table>;
  close(): Promise<void>;
}

/** What `inspect` prints of a file, and `survey` keeps. */
export interface FileContents {
  /** Identity by content, equal for equal files wherever they lie (DESIGN: never path, host or mtime). */
  identity: string;
  size: number;
  tables: {
    name: string;
    entries: number;
    schema: Schema;
    unreadable?: Record<string, string>;
    title?: string;
  }[];
  /** Whatever else lies in the file: histograms, directories; name and type. */
  others?: { name: string; type: string }[];
}

/** Opens one file format as tables. Formats are chosen by extension first, then by the first bytes. */
export interface FileFormat {
  /** Lower case: `parquet`, `csv`, `root`. */
  readonly name: string;
  readonly extensions: readonly string[];
  /** Whether a file that begins with these (up to 64) bytes is of this format. */
  matches?(head: Uint8Array): boolean;
  contents(source: ByteSource): Promise<FileContents>;
  /** `table` may be left out when the file has just one. */
  open(source: ByteSource, options: { table?: string } & Record<string, unknown>): Promise<TableReader>;
  /** Encodes a table as a whole file, where the format can be written. */
  encode?(table: Table, options: Record<string, unknown>): Uint8Array | Promise<Uint8Array>;
}
