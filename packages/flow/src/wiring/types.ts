/** Who reads what: for each task its inputs, as rule 2 and `needs` say. */
export type Wiring = Record<string, WiredInput[]>;

export interface WiredInput {
  /** Port of the reading task; `when` or `results` for a result that a condition names; empty for order only. */
  port: string;
  task: string;
  output: string;
  /** Waited for, nothing is passed. */
  order?: boolean;
  optional?: boolean;
  /** A guard names it: it is waited for, and its failure decides with the guard. */
  guard?: boolean;
  /** A result that a condition reads by name: the value is passed to the condition, not to a port. */
  result?: boolean;
  /** The name by which the condition knows it, where that is not the task's: an instance of a matrix, a task of a block. */
  name?: string;
}
