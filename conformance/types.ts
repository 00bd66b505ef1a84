/** One checked vector. `id` is unique within its file. */
export interface Outcome {
  id: string;
  status: 'passed' | 'failed' | 'skipped';
  expected?: unknown;
  got?: unknown;
  /** Why it was skipped, or the error that was thrown. */
  reason?: string;
}

export interface Context {
  /** The path of an input that the vector names: beside the file, in its parents, in each `--data`, in the project. */
  find(name: string): string | undefined;
}

/** A suite reads one schema of vector files. */
export interface Suite {
  name: string;
  /** Whether a file below a given folder belongs to this suite; a file named directly always does. */
  accepts(path: string): boolean;
  run(path: string, context: Context): AsyncIterable<Outcome>;
}
