/** A text that was read, with its line starts found when first asked for. */
export class Source {
  readonly file: string;
  readonly text: string;
  #starts: number[] | undefined;

  constructor(file: string, text: string) {
    this.file = file;
    this.text = text;
  }

  get lineStarts(): number[] {
    if (!this.#starts) {
      this.#starts = [0];
      for (let at = this.text.indexOf('\n'); at >= 0; at = this.text.indexOf('\n', at + 1))
        this.#starts.push(at + 1);
    }
    return this.#starts;
  }

  /** 1-based line and column of a character. */
  lineColumn(offset: number): { line: number; column: number } {
    const starts = this.lineStarts;
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (starts[middle]! <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - starts[low]! + 1 };
  }
}

/** How a text value is written in its file: what its characters must be mapped through. */
export type Style = 'plain' | 'single' | 'double' | 'literal' | 'folded';

/** A stretch `[start, end)` of a source. */
export interface Place {
  source: Source;
  start: number;
  end: number;
  /** Of a text value; absent for anything else. */
  style?: Style;
  /** The command-line word this came from. */
  word?: string;
}
