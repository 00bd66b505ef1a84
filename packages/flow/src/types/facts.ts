/** What must be known of the inputs before planning. Made by `survey`; the only stage that looks at files. */
import type { Json, JsonObject } from './json.ts';

export interface Facts {
  format: 1;
  /** By graph node id of the source. */
  sources: Record<string, SourceFacts>;
  /** By graph node id: what operators had to know of files that are no data. */
  nodes?: Record<string, JsonObject>;
}

export interface SourceFacts {
  /** One entry per dataset; a source without datasets has one, without labels. */
  datasets: DatasetFacts[];
  /** Schemas by a short name, shared by datasets that agree: port → schema (opaque to the core). */
  schemas: Record<string, Record<string, Json>>;
}

export interface DatasetFacts {
  /** `{ dataset: 'zz' }`, or nothing. */
  labels: Record<string, string>;
  /** What expressions and conditions see as `dataset.*`. */
  constants: JsonObject;
  schema: string;
  files: FileFacts[];
  /** Files left out by `bad_files: skip`, with the reason. */
  skipped?: { path: string; reason: string }[];
}

export interface FileFacts {
  path: string;
  /** Bytes. */
  size: number;
  /** By content: equal for equal files wherever they lie. */
  identity: string;
  /** The table inside that a port gives, where the catalogue or the file's own entry names it. */
  tables?: Record<string, string>;
  /** Rows of each port, where the survey could tell without opening every file. */
  entries?: Record<string, number>;
}
