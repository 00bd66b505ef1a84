/** What a field is made of (RNTuple specification 1.0, "Field Description"). */
export type Role = 'plain' | 'collection' | 'record' | 'variant' | 'streamer';

/** A field of the schema. */
export interface Field {
  id: number;
  name: string;
  typeName: string;
  description: string;
  role: Role;
  /** Items of a fixed array, 0 without one. */
  size: number;
  /** Another field whose columns it shows. */
  source: number | undefined;
  parent: number;
  children: Field[];
  /** Its columns, by representation. */
  representations: PhysicalColumn[][];
}

/** A column on disk. */
export interface PhysicalColumn {
  id: number;
  /** Type code of the specification. */
  type: number;
  /** Bits on disk. */
  bits: number;
  /** First element that is stored; those before are zero. Of columns that were added later. */
  first: number;
  low: number;
  high: number;
}

/** Where bytes lie. */
export interface Locator {
  size: number;
  offset: number;
}

export interface Page {
  elements: number;
  /** Whether eight bytes of XXH3 follow. */
  checksum: boolean;
  locator: Locator;
}

/** The pages of a column in a cluster. */
export interface ColumnPages {
  pages: Page[];
  /** Another representation holds the values here. */
  suspended: boolean;
}

/** Consecutive rows that are stored together. */
export interface Cluster {
  start: number;
  entries: number;
  /** By physical column. */
  columns: ColumnPages[];
}

/** An RNTuple without its data. */
export interface Ntuple {
  name: string;
  description: string;
  entries: number;
  /** Top-level fields. */
  fields: Field[];
  clusters: Cluster[];
}
