import type { Builder, Json } from '@fasthep/flow';

/** What reading the stages of a workflow keeps in mind. */
export interface Context {
  build: Builder;
  /** The task whose rows the next stage sees. */
  rows: string;
  /** By stage, source or join: the task that gives its rows; undefined: a stage without rows. */
  rowsOf: Map<string, string | undefined>;
  /** Prefix of the join's first stream, which has none here. */
  left?: string;
  /** Every cutflow has the same weight, or none has: then it stays on the stream. */
  oneWeight: boolean;
  attached?: string;
  /** Whether a file format of this name can be written. */
  canWrite(format: string): boolean;
  styles: { [name: string]: Json };
}

/** One of `analysis.stages`. */
export interface Stage {
  id: string;
  op: string;
  params: { [key: string]: Json };
  at: string;
  /** What it reads. */
  needs: string[];
  needsAt: (string | undefined)[];
  /** Tasks that it only waits for. */
  after: string[];
  afterAt: string[];
  when?: string;
}
