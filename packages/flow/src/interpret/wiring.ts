/** Who reads what: for each task its inputs, as rule 2 and `needs` say. */
export type Wiring = Record<string, WiredInput[]>;

export interface WiredInput {
  /** Port of the reading task; empty for order only. */
  port: string;
  task: string;
  output: string;
  order?: boolean;
  optional?: boolean;
}
