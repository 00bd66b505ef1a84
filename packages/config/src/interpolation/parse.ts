import { ConfigProblem } from '../problem/problem.ts';
import type { Scalar } from '../value/scalar.ts';
import type { Token } from './tokens.ts';
import { tokenValue, unescapePairs, valueToken } from './tokens.ts';
import type { Element, Interpolation, Literal, Template } from './tree.ts';

/** A text that is no interpolation, and the character where that shows. */
export class GrammarProblem extends ConfigProblem {
  override readonly name = 'GrammarProblem';
  /** Offset in the text that was parsed. */
  readonly at: number;
  constructor(message: string, at: number, help?: string) {
    super('interpolation-syntax', message, { help });
    this.at = at;
  }
}

/** Interpolations may stand in each other this deep. */
const MAX_NESTING = 100;

const KEY = /[^\\{}()[\]:. \t'"]+/y;
const ID = /[a-zA-Z_][a-zA-Z0-9_-]*/y;
const SPACES = /[ \t]*/y;

class Parser {
  readonly text: string;
  /** Whether `${a * 2}` is an expression where the grammar does not know it. */
  readonly expressions: boolean;
  at: number;
  depth = 0;

  constructor(text: string, expressions: boolean) {
    this.text = text;
    this.expressions = expressions;
    this.at = 0;
  }

  fail(message: string, at = this.at, help?: string): never {
    throw new GrammarProblem(message, at, help);
  }

  unexpected(what: string): never {
    const char = this.text[this.at];
    this.fail(char === undefined ? `${what}, but the text ends` : `${what}, not '${char}'`);
  }

  match(rule: RegExp): string {
    rule.lastIndex = this.at;
    return rule.exec(this.text)?.[0] ?? '';
  }

  spaces(): void {
    this.at += this.match(SPACES).length;
  }

  /** Whether, after spaces, `char` follows; if so, it and the spaces around it are passed. */
  take(char: string): boolean {
    const after = this.at + this.match(SPACES).length;
    if (this.text[after] !== char) return false;
    this.at = after + 1;
    this.spaces();
    return true;
  }

  /** As `take`, without the spaces after. */
  close(char: string): boolean {
    const after = this.at + this.match(SPACES).length;
    if (this.text[after] !== char) return false;
    this.at = after + 1;
    return true;
  }

  /** A text up to the closing quote, or to the end: literals and interpolations, unescaped. */
  template(quote?: string): Template {
    const { text } = this;
    const parts: Template = [];
    let literal = '';
    let from = this.at;
    const flush = () => {
      if (literal !== '') parts.push({ kind: 'literal', text: literal, at: from });
      literal = '';
    };
    const add = (chars: string, at: number) => {
      // Characters that do not follow the ones before (an escape was taken out) begin a new literal.
      if (literal !== '' && at !== from + literal.length) flush();
      if (literal === '') from = at;
      literal += chars;
    };
    for (;;) {
      const char = text[this.at];
      if (char === undefined) {
        if (quote) this.fail('the quote is not closed', this.at - 1);
        break;
      }
      if (char === '\\') {
        const start = this.at;
        while (text[this.at] === '\\') this.at++;
        const count = this.at - start;
        const escapes = text.startsWith('${', this.at) ? '${' : quote && text[this.at] === quote ? quote : '';
        if (escapes === '') add(text.slice(start, this.at), start);
        else {
          const half = count >> 1;
          if (half > 0) add('\\'.repeat(half), start + half);
          if (count % 2 === 1) {
            add(escapes, this.at);
            this.at += escapes.length;
          }
        }
        continue;
      }
      if (char === quote) {
        this.at++;
        break;
      }
      if (char === '$' && text[this.at + 1] === '{') {
        flush();
        parts.push(this.interpolation());
        continue;
      }
      let end = this.at + 1;
      while (end < text.length && text[end] !== '\\' && text[end] !== '$' && text[end] !== quote) end++;
      add(text.slice(this.at, end), this.at);
      this.at = end;
    }
    flush();
    return parts;
  }

  interpolation(): Interpolation {
    const start = this.at;
    if (++this.depth > MAX_NESTING) this.fail('the interpolations are nested too deeply', start);
    try {
      return this.reference(start);
    } catch (error) {
      if (!this.expressions || !(error instanceof GrammarProblem)) throw error;
      const end = closingBrace(this.text, start + 2);
      if (end === undefined) throw new GrammarProblem("the '${' is not closed", start, "add the missing '}'");
      const text = this.text.slice(start + 2, end);
      // A call `name:` that is wrong stays wrong; so does an empty one.
      if (text.trim() === '' || /^\s*[\w.]+\s*:/.test(text)) throw error;
      this.at = end + 1;
      return { kind: 'expression', text, at: start + 2, start, end: end + 1 };
    } finally {
      this.depth--;
    }
  }

  reference(start: number): Interpolation {
    this.at = start + 2;
    this.spaces();
    const path: (string | Interpolation)[] = [];
    // Whether what was read so far can be the name of a resolver: names and dots in turn.
    let name = true;
    let wantsKey = true;
    let first = true;
    while (this.text[this.at] === '.' && first) {
      path.push('.');
      this.at++;
      name = false;
    }
    for (;;) {
      const char = this.text[this.at];
      if (wantsKey) {
        if (char === '[' && (first || path.at(-1) !== '.' || path.every((part) => part === '.'))) {
          this.bracket(path);
          name = false;
        } else name = this.key(path) && name;
        wantsKey = false;
        first = false;
        continue;
      }
      if (char === '.') {
        path.push('.');
        this.at++;
        wantsKey = true;
        if (this.text[this.at] === '[') this.unexpected("a key must follow '.'");
      } else if (char === '[') {
        this.bracket(path);
        name = false;
      } else if (this.close('}')) return { kind: 'node', path, start, end: this.at };
      else if (name && this.take(':')) return this.call(path, start);
      else if (!name && this.match(/[ \t]*:/y)) this.fail('this cannot be the name of a resolver', start + 2);
      else this.unexpected("'}' must close the interpolation");
    }
  }

  bracket(path: (string | Interpolation)[]): void {
    this.at++;
    path.push('[');
    this.key(path);
    if (this.text[this.at] !== ']') this.unexpected("']' must follow the key");
    this.at++;
    path.push(']');
  }

  /** One key; whether it may be part of a resolver's name. */
  key(path: (string | Interpolation)[]): boolean {
    if (this.text.startsWith('${', this.at)) {
      path.push(this.interpolation());
      return true;
    }
    const key = this.match(KEY);
    if (key === '') this.unexpected('a key must stand here');
    const id = this.match(ID);
    path.push(key);
    this.at += key.length;
    return id.length === key.length;
  }

  call(path: (string | Interpolation)[], start: number): Interpolation {
    const name = path.filter((part) => part !== '.');
    const args: Element[] = [];
    const texts: string[] = [];
    const empty = () => {
      args.push({ kind: 'constant', value: '' });
      texts.push('');
    };
    if (this.close('}')) return { kind: 'resolver', name, args, texts, start, end: this.at };
    // Elements may be left out between commas: they are empty texts.
    let last: 'comma' | 'element' = 'comma';
    for (;;) {
      if (this.take(',')) {
        if (last === 'comma') empty();
        last = 'comma';
      } else if (this.close('}')) {
        if (last === 'comma') empty();
        return { kind: 'resolver', name, args, texts, start, end: this.at };
      } else {
        if (last === 'element') this.unexpected("',' or '}' must follow the argument");
        const from = this.at;
        args.push(this.element());
        texts.push(this.text.slice(from, this.at));
        last = 'element';
      }
    }
  }

  element(): Element {
    if (++this.depth > MAX_NESTING) this.fail('the value is nested too deeply');
    try {
      const char = this.text[this.at];
      if (char === "'" || char === '"') {
        this.at++;
        return { kind: 'text', parts: this.template(char) };
      }
      if (char === '[') return this.list();
      if (char === '{') return this.map();
      return this.primitive();
    } finally {
      this.depth--;
    }
  }

  list(): Element {
    this.at++;
    this.spaces();
    const items: Element[] = [];
    if (this.close(']')) return { kind: 'list', items };
    let last: 'comma' | 'element' = 'comma';
    for (;;) {
      if (this.take(',')) {
        if (last === 'comma') items.push({ kind: 'constant', value: '' });
        last = 'comma';
      } else if (this.close(']')) {
        if (last === 'comma') items.push({ kind: 'constant', value: '' });
        return { kind: 'list', items };
      } else {
        if (last === 'element') this.unexpected("',' or ']' must follow the item");
        items.push(this.element());
        last = 'element';
      }
    }
  }

  map(): Element {
    this.at++;
    this.spaces();
    const entries: [Scalar, Element][] = [];
    if (this.close('}')) return { kind: 'map', entries };
    do {
      const key = this.mapKey();
      if (!this.take(':')) this.unexpected("':' must follow the key");
      entries.push([key, this.element()]);
    } while (this.take(','));
    if (!this.close('}')) this.unexpected("',' or '}' must follow the value");
    return { kind: 'map', entries };
  }

  mapKey(): Scalar {
    const tokens: Token[] = [];
    for (;;) {
      if (this.match(/[ \t]*[:,}\]]/y) || this.text.startsWith('${', this.at)) break;
      const token = valueToken(this.text, this.at);
      if (!token) break;
      tokens.push(token);
      this.at += token.text.length;
    }
    if (tokens.length === 0) this.unexpected('a key must stand here');
    if (tokens.length === 1) return tokenValue(tokens[0]!);
    return tokens.map((token) => (token.kind === 'escape' ? unescapePairs(token.text) : token.text)).join('');
  }

  primitive(): Element {
    const parts: (Literal | Interpolation)[] = [];
    let only: Token | undefined;
    let count = 0;
    for (;;) {
      if (this.text.startsWith('${', this.at)) {
        parts.push(this.interpolation());
        count++;
        continue;
      }
      if (this.match(/[ \t]*[,}\]]/y)) break;
      const colon = this.match(/[ \t]*:[ \t]*/y);
      const token: Token | undefined = colon ? { kind: 'char', text: colon } : valueToken(this.text, this.at);
      if (!token) break;
      only = token;
      count++;
      const text = token.kind === 'escape' ? unescapePairs(token.text) : token.text;
      parts.push({ kind: 'literal', text, at: this.at });
      this.at += token.text.length;
    }
    if (count === 0) this.unexpected('a value must stand here');
    if (count === 1)
      return only ? { kind: 'constant', value: tokenValue(only) } : (parts[0] as Interpolation);
    return { kind: 'text', parts };
  }
}

/** Where the `}` stands that closes an expression begun at `from`; quotes and inner braces are passed over. */
function closingBrace(text: string, from: number): number | undefined {
  let depth = 0;
  for (let at = from; at < text.length; at++) {
    const char = text[at]!;
    if (char === "'" || char === '"') {
      const end = text.indexOf(char, at + 1);
      if (end < 0) return undefined;
      at = end;
    } else if (char === '{') depth++;
    else if (char === '}' && depth-- === 0) return at;
  }
  return undefined;
}

const templates = new Map<string, Template>();
const withExpressions = new Map<string, Template>();

/**
 * A config text as a template. Throws `GrammarProblem`.
 * @param expressions whether `${a * 2}` is an expression instead of an error
 */
export function parseTemplate(text: string, expressions: boolean): Template {
  const cache = expressions ? withExpressions : templates;
  let template = cache.get(text);
  if (!template) {
    template = new Parser(text, expressions).template();
    if (cache.size > 5000) cache.clear();
    cache.set(text, template);
  }
  return template;
}

/** A text as one element: what stands inside a resolver's arguments, and what `oc.decode` reads. */
export function parseElement(text: string): Element {
  const parser = new Parser(text, false);
  const element = parser.element();
  if (parser.at < text.length) parser.unexpected('the value must end here');
  return element;
}
