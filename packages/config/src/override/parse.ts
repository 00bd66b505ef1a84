import { didYouMean } from '@fasthep/expression';
import type { Token } from '../interpolation/tokens.ts';
import { tokenValue, unescapePairs, valueToken } from '../interpolation/tokens.ts';
import { COMMAND_LINE } from '../origin/types.ts';
import { ConfigProblem } from '../problem/problem.ts';
import { callFunction, FUNCTION_NAMES } from './functions.ts';
import type { ChoiceSweep, Item, Override, OverrideType } from './types.ts';
import { ListExtension, Quoted } from './types.ts';

const INT = '(?:0|[1-9](?:_?[0-9])*)';
const SPECIAL = '[a-zA-Z_$][a-zA-Z0-9_$-]*';
const ID = '[a-zA-Z_][a-zA-Z0-9_-]*';
const DOT_PATH = `(?:${SPECIAL}|${INT})(?:\\.(?:${SPECIAL}|${INT}))+`;
const PACKAGE = `(?:${DOT_PATH}|${SPECIAL}|)`;
const KEY = new RegExp(`(?:(${ID}(?:/${ID})+)|(${PACKAGE}))(?:@(${PACKAGE}))?`, 'y');

const MAX_NESTING = 100;

/** A problem of one word, with its caret under a character. */
export function wordProblem(
  code: 'override-syntax' | 'override' | 'limit',
  message: string,
  word: string,
  index: number,
  at: number,
  help?: string,
  end = at + 1,
): ConfigProblem {
  return new ConfigProblem(code, message, {
    help,
    origin: { file: COMMAND_LINE, line: index + 1, column: at + 1, endColumn: end + 1, word },
  });
}

class Parser {
  readonly word: string;
  readonly index: number;
  at = 0;
  depth = 0;

  constructor(word: string, index: number) {
    this.word = word;
    this.index = index;
  }

  fail(message: string, at = this.at, help?: string): never {
    throw wordProblem('override-syntax', message, this.word, this.index, at, help);
  }

  unexpected(wanted: string, help?: string): never {
    const char = this.word[this.at];
    this.fail(
      char === undefined ? `${wanted}, but the word ends` : `${wanted}, not '${char}'`,
      this.at,
      help,
    );
  }

  match(rule: RegExp): string {
    rule.lastIndex = this.at;
    return rule.exec(this.word)?.[0] ?? '';
  }

  spaces(): void {
    this.at += this.match(/[ \t]*/y).length;
  }

  /** Whether `char` follows, spaces before it allowed; if so it is passed, with the spaces after it. */
  take(char: string): boolean {
    const after = this.at + this.match(/[ \t]*/y).length;
    if (this.word[after] !== char) return false;
    this.at = after + 1;
    this.spaces();
    return true;
  }

  close(char: string): boolean {
    const after = this.at + this.match(/[ \t]*/y).length;
    if (this.word[after] !== char) return false;
    this.at = after + 1;
    return true;
  }

  override(): Override {
    const { word, index } = this;
    let type: OverrideType = 'CHANGE';
    if (word.startsWith('~')) type = 'DEL';
    else if (word.startsWith('++')) type = 'FORCE_ADD';
    else if (word.startsWith('+')) type = 'ADD';
    this.at = type === 'CHANGE' ? 0 : type === 'FORCE_ADD' ? 2 : 1;
    KEY.lastIndex = this.at;
    const match = KEY.exec(word)!;
    this.at += match[0].length;
    const key = match[1] ?? match[2]!;
    const result: Override = { type, key, word, index, valueAt: this.at };
    if (match[3] !== undefined) result.package = match[3];
    if (this.at === word.length && type === 'DEL') return result;
    if (word[this.at] !== '=') {
      if (this.at === word.length)
        this.fail(`'${word}' has no value`, Math.max(0, this.at - 1), `write ${word}=VALUE`);
      this.unexpected("a key ends with '='", 'keys are names with dots between, groups have slashes');
    }
    this.at++;
    this.spaces();
    result.valueAt = this.at;
    result.value = this.at === word.length ? '' : this.value();
    if (this.at < word.length) this.unexpected('the value must end here', this.quoteHelp(result));
    if (result.value instanceof ListExtension) {
      if (type !== 'CHANGE') this.fail('extend_list goes with key=, not with + or ~', 0);
      result.type = 'EXTEND_LIST';
    }
    return result;
  }

  quoteHelp({ word, valueAt }: Override): string {
    const value = word.slice(valueAt);
    const quote = value.includes('"') ? "'" : '"';
    return `quote the value: ${word.slice(0, valueAt)}${quote}${value}${quote}`;
  }

  value(): Item {
    const first = this.element();
    if (!/[ \t]*,/y.test(this.word.slice(this.at))) return first;
    const list = [first];
    while (this.take(',')) list.push(this.element());
    return { sweep: 'choice', list, simple: true, shuffle: false, tags: [] } satisfies ChoiceSweep;
  }

  element(): Item {
    if (++this.depth > MAX_NESTING) this.fail('the value is nested too deeply');
    try {
      const char = this.word[this.at];
      if (char === "'" || char === '"') return this.quoted(char);
      if (char === '[') return this.list();
      if (char === '{') return this.map();
      if (this.match(/[a-zA-Z_][a-zA-Z0-9_-]*[ \t]*\(/y)) return this.call();
      return this.primitive();
    } finally {
      this.depth--;
    }
  }

  quoted(quote: "'" | '"'): Quoted {
    const start = this.at++;
    let text = '';
    for (;;) {
      const char = this.word[this.at];
      if (char === undefined) this.fail('the quote is not closed', start, `add ${quote} at the end`);
      if (char === '\\') {
        const slashes = this.match(/\\+/y);
        this.at += slashes.length;
        if (this.word[this.at] !== quote) text += slashes;
        else {
          text += '\\'.repeat(slashes.length >> 1);
          if (slashes.length % 2 === 1) {
            text += quote;
            this.at++;
          }
        }
        continue;
      }
      this.at++;
      if (char === quote) return new Quoted(text, quote);
      text += char;
    }
  }

  list(): Item[] {
    this.at++;
    this.spaces();
    const items: Item[] = [];
    if (this.close(']')) return items;
    do items.push(this.element());
    while (this.take(','));
    if (!this.close(']')) this.unexpected("',' or ']' must follow the item");
    return items;
  }

  map(): Map<Item, Item> {
    this.at++;
    this.spaces();
    const map = new Map<Item, Item>();
    if (this.close('}')) return map;
    do {
      const key = this.tokens(false);
      if (!this.take(':')) this.unexpected("':' must follow the key");
      map.set(key, this.element());
    } while (this.take(','));
    if (!this.close('}')) this.unexpected("',' or '}' must follow the value");
    return map;
  }

  primitive(): Item {
    return this.tokens(true);
  }

  /** Unquoted tokens up to a separator: one keeps its type, several are text. Outer spaces are dropped. */
  tokens(value: boolean): Item {
    const found: (Token | { kind: 'other'; text: string })[] = [];
    const start = this.at;
    for (;;) {
      if (this.match(/[ \t]*[,)\]}=]/y)) break;
      const inter = value ? this.match(/\$\{[^}]+\}/y) : '';
      const colon = this.match(/[ \t]*:[ \t]*/y);
      if (colon && !value) break;
      const other = inter || colon;
      const token = other ? ({ kind: 'other', text: other } as const) : valueToken(this.word, this.at);
      if (!token) break;
      found.push(token);
      this.at += token.text.length;
    }
    if (found.length === 0)
      this.unexpected(
        'a value must stand here',
        this.word[this.at] === undefined
          ? undefined
          : 'special characters must be quoted or escaped with a backslash',
      );
    if (found[0]!.kind === 'space') {
      if (found.length === 1) this.fail('the value is only spaces', start, 'quote it');
      found.shift();
    }
    if (found.at(-1)!.kind === 'space') found.pop();
    const [only] = found;
    if (found.length === 1) return only!.kind === 'other' ? only!.text : tokenValue(only as Token);
    return found.map((token) => (token.kind === 'escape' ? unescapePairs(token.text) : token.text)).join('');
  }

  call(): Item {
    const start = this.at;
    const name = this.match(/[a-zA-Z_][a-zA-Z0-9_-]*/y);
    this.at += name.length;
    this.take('(');
    const args: Item[] = [];
    const named = new Map<string, Item>();
    if (!this.close(')')) {
      do {
        const key = /^([a-zA-Z_][a-zA-Z0-9_-]*)[ \t]*=[ \t]*/.exec(this.word.slice(this.at));
        if (key) {
          this.at += key[0].length;
          named.set(key[1]!, this.element());
        } else {
          if (named.size > 0) this.fail('a value without a name cannot follow one with a name');
          args.push(this.element());
        }
      } while (this.take(','));
      if (!this.close(')')) this.unexpected("',' or ')' must follow the argument");
    }
    if (!FUNCTION_NAMES.includes(name))
      this.fail(
        `no function is named '${name}'`,
        start,
        didYouMean(name, FUNCTION_NAMES) ?? `there are ${FUNCTION_NAMES.join(', ')}`,
      );
    try {
      return callFunction(name, args, named);
    } catch (error) {
      if (error instanceof ConfigProblem && error.origin) throw error;
      const problem = error as Error & { help?: string };
      return this.fail(`${name}: ${problem.message}`, start, problem.help);
    }
  }
}

/** One command-line word as an override. Throws `ConfigProblem` with the caret under the character. */
export function parseOverride(word: string, index = 0): Override {
  return new Parser(word, index).override();
}

/** All words; every problem is reported, not only the first. */
export function parseOverrides(words: readonly string[]): {
  overrides: Override[];
  problems: ConfigProblem[];
} {
  const overrides: Override[] = [];
  const problems: ConfigProblem[] = [];
  for (const [index, word] of words.entries()) {
    try {
      overrides.push(parseOverride(word, index));
    } catch (error) {
      if (!(error instanceof ConfigProblem)) throw error;
      problems.push(error);
    }
  }
  return { overrides, problems };
}
