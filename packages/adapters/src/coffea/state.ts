/** What is known at a step while a module is written: its variables, its mask, its weights. */

/** A label whose values are made side by side. */
export interface Branch {
  label: string;
  /** Value → variable of its mask. */
  cases: Record<string, string>;
}

export interface State {
  /** Canonical name of a field → its variable. */
  fields: ReadonlyMap<string, string>;
  /** Variable of the mask over events. */
  mask: string;
  /** Variable of the weights; undefined: every event counts as one. */
  weights?: string;
  /** Variable of the list of variations by weight. */
  variations?: string;
  /** Variations by shifted fields, above this step. */
  shifts: readonly string[];
  branches: readonly Branch[];
  /** Canonical names, whole or with a member, whose values depend on a shift. */
  shifted: ReadonlySet<string>;
  /** Whether the mask or the weights do. */
  maskShifted: boolean;
}

/** The lines of a method, with their indentation. */
export class Lines {
  private readonly lines: string[] = [];
  private depth: number;

  constructor(depth: number) {
    this.depth = depth;
  }

  add(...texts: string[]): void {
    for (const text of texts) this.lines.push(text === '' ? '' : `${'    '.repeat(this.depth)}${text}`);
  }

  /** Lines of a block: `if …:`. */
  block(head: string, body: () => void): void {
    this.add(head);
    this.depth++;
    body();
    this.depth--;
  }

  text(): string {
    return this.lines.join('\n');
  }
}
