import type { DagEdge } from '@fasthep/flow/backend';

/**
 * One pass of an engine over a plan. It lies as files in a folder that every worker sees, so that any process
 * on any machine can take part: `round.json`, `tasks.jsonl`, and what the workers write.
 */
export interface Round {
  format: 1;
  workflow: string;
  /** Path of the plan. */
  plan: string;
  /** Address of the store. */
  store: string;
  /** Packs that a worker loads. */
  plugins: string[];
  /** Semantics numbers of the operators and stream types that the plan was made with. */
  semantics: Record<string, number>;
  /** Command that starts a warm worker; the path of the folder follows. */
  command: string[];
  /** Tasks at the same time. */
  workers: number;
  /** Take no more work after the first failure. */
  failFast: boolean;
  /** Results that went missing fail their task instead of waiting for another round. */
  last: boolean;
}

/** One task of a round: a line of `tasks.jsonl`, and of what a worker is given. */
export interface TaskLine {
  task: string;
  /** Segment outputs that are wanted; absent: all. */
  outputs?: string[];
  /** Tasks that have their turn before, and what the edge means. */
  after?: [string, DagEdge['kind']][];
}

/** How a task of a round ended. `lost`: a result that it reads is gone. `interrupted`: the run was stopped. */
export type Ending = 'done' | 'reused' | 'skipped' | 'failed' | 'blocked' | 'lost' | 'interrupted';

/** What a worker answers when a task has ended. */
export interface Answer {
  type: 'answer';
  task: string;
  outcome: Ending;
  /** Of a failure, one line. */
  message?: string;
}
