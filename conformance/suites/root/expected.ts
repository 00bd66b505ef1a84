/** What a reference library reads in one ROOT file. */
export interface Expected {
  file: string;
  /** `name;cycle` to class. */
  keys: Record<string, string>;
  trees: Record<string, { class: string; entries: number; branches: Record<string, ExpectedBranch> }>;
}

export interface ExpectedBranch {
  typename?: string;
  entries?: number;
  type?: string;
  /** The first rows as JSON. */
  first?: unknown[];
  dtype?: string;
  values?: number;
  sha256?: string;
  counts_sha256?: string[];
  unreadable_by_reference?: unknown;
}

/** Whether a JSON value has this schema. */
export function isExpected(value: unknown): value is Expected {
  return (
    typeof value === 'object' && value !== null && 'trees' in value && 'keys' in value && 'file' in value
  );
}

/** Parses a vector file, which may write NaN and Infinity bare, as Python does: they become texts. */
export function parseExpected(text: string): unknown {
  return JSON.parse(text.replace(/(?<=[[,:\s])(NaN|-?Infinity)(?=[\s,\]}])/g, '"$1"'));
}
