/** What happens in a run, one JSON line each in `events.jsonl`. Times are milliseconds since the epoch. */
export type Outcome = 'done' | 'reused' | 'skipped' | 'failed' | 'blocked';

interface At {
  time: number;
}

export type Event = At &
  (
    | {
        type: 'run-start';
        workflow: string;
        tasks: number;
        reused: number;
        workers: number;
        /** Partitions to run of each dataset, and how many bytes of files these are. */
        datasets?: Record<string, { partitions: number; bytes: number }>;
      }
    | { type: 'task-start'; task: string; attempt: number; worker?: number }
    /** Rows and bytes are since the last progress of this task. */
    | { type: 'progress'; task: string; dataset?: string; rows: number; bytes: number; file?: string }
    | {
        type: 'task-end';
        task: string;
        outcome: Outcome;
        /** Content keys that were made, and the source columns that were read for them. */
        made?: string[];
        columns?: string[];
        rows?: number;
        bytes?: number;
        milliseconds?: number;
        error?: TaskError;
        reason?: string;
        dataset?: string;
        /** It failed, and may: `allow_failure`. */
        allowed?: boolean;
      }
    | { type: 'publish'; path: string; task: string; bytes: number }
    | { type: 'log'; level: 'info' | 'warning' | 'error'; message: string; task?: string }
    | {
        type: 'run-end';
        outcome: 'done' | 'failed' | 'interrupted';
        milliseconds: number;
        rescued?: Rescued[];
      }
  );

/** A failure that does not fail the run: `by` made good for it. */
export interface Rescued {
  task: string;
  by: string;
}

/** A failure as plain data: it crosses threads, processes and machines. */
export interface TaskError {
  code: string;
  message: string;
  help?: string;
  /** What the worker was reading: file, tree, branch, rows. */
  where?: Record<string, string | number>;
  /** Whether another attempt may help. */
  retry?: 'io' | 'timeout' | 'lost' | 'none';
  stack?: string;
}
