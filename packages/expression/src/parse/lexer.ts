import { ExpressionError } from '../errors/errors.ts';

/** One word of the text. `end` comes behind the last one. */
export interface Token {
  kind: 'integer' | 'float' | 'text' | 'name' | 'quoted' | 'operator' | 'end';
  /** The operator or name itself, the value of a text, the digits of a number. */
  text: string;
  start: number;
  end: number;
}

const OPERATORS = [
  '**', '//', '<<', '>>', '<=', '>=', '==', '!=',
  '+', '-', '*', '/', '%', '<', '>', '&', '|', '^', '~', '(', ')', '[', ']', ',', ':', '.', '=',
]; // biome-ignore format: a table

const FOREIGN: Record<string, string> = { '&&': 'and', '||': 'or', '!': 'not' };
const ESCAPES: Record<string, string> = {
  n: '\n',
  t: '\t',
  r: '\r',
  '\\': '\\',
  "'": "'",
  '"': '"',
  0: '\0',
};

const NAME = /[\p{L}_][\p{L}\p{N}_]*/uy;
const NUMBER =
  /0[xX][0-9a-fA-F_]+|0[bB][01_]+|0[oO][0-7_]+|(?:\d[\d_]*(?:\.[\d_]*)?|\.\d[\d_]*)(?:[eE][+-]?\d+)?/y;
const DIGITS = /\d+/y;

function match(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0];
}

function readNumber(text: string, at: number): Token {
  const found = match(NUMBER, text, at)!;
  const end = at + found.length;
  const next = match(NAME, text, end);
  if (next !== undefined || text[end] === '.')
    throw new ExpressionError('number', `'${text.slice(at, end + (next?.length ?? 1))}' is not a number`, [
      at,
      end + (next?.length ?? 1),
    ]);
  if (/__|_$|_\.|_[eE]/.test(found))
    throw new ExpressionError('number', `'${found}': a '_' in a number stands between digits`, [at, end]);
  const digits = found.replaceAll('_', '');
  const float = /[.eE]/.test(digits) && !/^0[xX]/.test(digits);
  if (!float && /^0\d*[1-9]/.test(digits))
    throw new ExpressionError('number', `'${found}' begins with 0`, [at, end], 'write it without the 0');
  return { kind: float ? 'float' : 'integer', text: digits, start: at, end };
}

function readText(text: string, at: number): Token {
  const quote = text[at]!;
  let value = '';
  let i = at + 1;
  for (;;) {
    const char = text[i];
    if (char === undefined)
      throw new ExpressionError('text', `the text that begins with ${quote} has no end`, [at, text.length]);
    if (char === quote) return { kind: 'text', text: value, start: at, end: i + 1 };
    if (char !== '\\') {
      value += char;
      i++;
      continue;
    }
    const next = text[i + 1] ?? '';
    const code = /^(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4}))/.exec(text.slice(i + 1, i + 6));
    if (code) {
      value += String.fromCharCode(Number.parseInt((code[1] ?? code[2])!, 16));
      i += 1 + code[0].length;
    } else if (Object.hasOwn(ESCAPES, next)) {
      value += ESCAPES[next];
      i += 2;
    } else {
      throw new ExpressionError(
        'text',
        `unknown escape '\\${next}'`,
        [i, i + 2],
        "write a backslash as '\\\\'",
      );
    }
  }
}

function readQuoted(text: string, at: number): Token {
  const close = text.indexOf('`', at + 1);
  if (close < 0) throw new ExpressionError('syntax', 'the backquoted name has no end', [at, text.length]);
  if (close === at + 1) throw new ExpressionError('syntax', 'an empty name', [at, close + 1]);
  return { kind: 'quoted', text: text.slice(at + 1, close), start: at, end: close + 1 };
}

function refuse(text: string, at: number): never {
  for (const [foreign, ours] of Object.entries(FOREIGN))
    if (text.startsWith(foreign, at))
      throw new ExpressionError(
        'operator',
        `'${foreign}' is not an operator of expressions`,
        [at, at + foreign.length],
        `write '${ours}'`,
      );
  const char = String.fromCodePoint(text.codePointAt(at)!);
  throw new ExpressionError('syntax', `'${char}' has no meaning in an expression`, [at, at + char.length]);
}

/** Splits a text into words. After a dot that follows an operand, digits are a member: `pair.0.pt`. */
export function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  for (;;) {
    while (at < text.length && /\s/.test(text[at]!)) at++;
    if (at >= text.length) break;
    const char = text[at]!;
    const last = tokens.at(-1);
    const member = last?.kind === 'operator' && last.text === '.';
    const operand =
      last !== undefined && (last.kind !== 'operator' || last.text === ')' || last.text === ']');
    let token: Token;
    if (member && char >= '0' && char <= '9') {
      const digits = match(DIGITS, text, at)!;
      token = { kind: 'name', text: digits, start: at, end: at + digits.length };
    } else if ((char >= '0' && char <= '9') || (char === '.' && !operand && /\d/.test(text[at + 1] ?? ''))) {
      token = readNumber(text, at);
    } else if (char === "'" || char === '"') token = readText(text, at);
    else if (char === '`') token = readQuoted(text, at);
    else {
      const name = match(NAME, text, at);
      if (name !== undefined) token = { kind: 'name', text: name, start: at, end: at + name.length };
      else {
        const operator = OPERATORS.find((one) => text.startsWith(one, at));
        if (operator === undefined || text.startsWith('&&', at) || text.startsWith('||', at))
          refuse(text, at);
        token = { kind: 'operator', text: operator, start: at, end: at + operator.length };
      }
    }
    tokens.push(token);
    at = token.end;
  }
  tokens.push({ kind: 'end', text: '', start: text.length, end: text.length });
  return tokens;
}
