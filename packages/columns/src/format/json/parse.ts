import { ColumnsError } from '../../error.ts';

/** Digits enough for an integer that a double may not hold, or a word that JSON does not have. */
const DELICATE = /\d{16}|NaN|Infinity/;

/**
 * A JSON text as values, integers beyond 2⁵³ as bigints; `NaN` and `Infinity` as Python writes them. `where`
 * is put before the message. Throws `json.syntax`.
 */
export function parseJson(text: string, where: string): unknown {
  try {
    return DELICATE.test(text) ? new Parser(text).whole() : JSON.parse(text);
  } catch (error) {
    throw new ColumnsError('json.syntax', `${where}: ${(error as Error).message}`, undefined, error);
  }
}

const NUMBER = /-?(?:0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?/y;
const TEXT = /"(?:[^"\\]+|\\.)*"/y;
const WORD = /true|false|null|NaN|-?Infinity/y;
const WORDS: Readonly<Record<string, unknown>> = {
  true: true,
  false: false,
  null: null,
  NaN: Number.NaN,
  Infinity: Number.POSITIVE_INFINITY,
  '-Infinity': Number.NEGATIVE_INFINITY,
};

class Parser {
  private at = 0;
  private readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  whole(): unknown {
    const value = this.value();
    this.space();
    if (this.at < this.text.length) this.fail();
    return value;
  }

  private value(): unknown {
    this.space();
    const start = this.text[this.at];
    if (start === '{') return this.object();
    if (start === '[') return this.list();
    if (start === '"') return JSON.parse(this.match(TEXT));
    WORD.lastIndex = this.at;
    if (WORD.test(this.text)) return WORDS[this.match(WORD)];
    const digits = this.match(NUMBER);
    const number = Number(digits);
    const integer = !/[.eE]/.test(digits);
    return integer && !Number.isSafeInteger(number) ? BigInt(digits) : number;
  }

  private object(): Record<string, unknown> {
    const entries: [string, unknown][] = [];
    this.items('}', () => {
      this.space();
      const key = JSON.parse(this.match(TEXT)) as string;
      this.space();
      if (this.text[this.at++] !== ':') this.fail(-1);
      entries.push([key, this.value()]);
    });
    return Object.fromEntries(entries);
  }

  private list(): unknown[] {
    const items: unknown[] = [];
    this.items(']', () => {
      items.push(this.value());
    });
    return items;
  }

  private items(end: string, item: () => void): void {
    this.at++;
    this.space();
    if (this.text[this.at] === end) {
      this.at++;
      return;
    }
    for (;;) {
      item();
      this.space();
      const next = this.text[this.at++];
      if (next === end) return;
      if (next !== ',') this.fail(-1);
    }
  }

  private match(pattern: RegExp): string {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text)?.[0];
    if (found === undefined) return this.fail();
    this.at += found.length;
    return found;
  }

  private space(): void {
    while (' \t\r\n'.includes(this.text[this.at] ?? 'x')) this.at++;
  }

  private fail(back = 0): never {
    const at = this.at + back;
    const found = this.text[at];
    throw new SyntaxError(
      found === undefined
        ? 'the text ends too early'
        : `unexpected ${JSON.stringify(found)} at character ${at + 1}`,
    );
  }
}
