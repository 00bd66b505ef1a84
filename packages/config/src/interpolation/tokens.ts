import type { Scalar } from '../value/scalar.ts';
import { float, integer } from '../value/scalar.ts';

const INT = '(?:0|[1-9](?:_?[0-9])*)';
const POINT = `(?:(?:${INT})?\\.[0-9](?:_?[0-9])*|${INT}\\.)`;

/** Tokens of an unquoted value; of equally long matches the first wins. */
const RULES: [Token['kind'], RegExp][] = [
  [
    'float',
    new RegExp(
      `[+-]?(?:(?:${POINT}|${INT})[eE][+-]?[0-9](?:_?[0-9])*|${POINT}|[Ii][Nn][Ff]|[Nn][Aa][Nn])`,
      'y',
    ),
  ],
  ['int', new RegExp(`[+-]?${INT}`, 'y')],
  ['bool', /[Tt][Rr][Uu][Ee]|[Ff][Aa][Ll][Ss][Ee]/y],
  ['null', /[Nn][Uu][Ll][Ll]/y],
  ['char', /[/\-\\+.$%*@?|]/y],
  ['id', /[a-zA-Z_][a-zA-Z0-9_-]*/y],
  ['escape', /(?:\\[\\()[\]{}:=, \t])+/y],
  ['space', /[ \t]+/y],
];

/** A piece of an unquoted value. */
export interface Token {
  kind: 'float' | 'int' | 'bool' | 'null' | 'char' | 'id' | 'escape' | 'space';
  text: string;
}

/** The longest token at a place of an unquoted value; undefined where none fits. */
export function valueToken(text: string, at: number): Token | undefined {
  let best: Token | undefined;
  for (const [kind, rule] of RULES) {
    rule.lastIndex = at;
    const match = rule.exec(text);
    if (match && match[0].length > (best?.text.length ?? 0)) best = { kind, text: match[0] };
  }
  return best;
}

/** The value of a single token. */
export function tokenValue(token: Token): Scalar {
  switch (token.kind) {
    case 'null':
      return null;
    case 'bool':
      return token.text.toLowerCase() === 'true';
    case 'int':
      return integer(BigInt(token.text.replaceAll('_', '').replace('+', '')));
    case 'float': {
      const text = token.text.replaceAll('_', '').toLowerCase();
      if (text.endsWith('inf'))
        return text.startsWith('-') ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
      return text.endsWith('nan') ? Number.NaN : float(Number(text));
    }
    case 'escape':
      return unescapePairs(token.text);
    default:
      return token.text;
  }
}

/** `\,\(` gives `,(`. */
export const unescapePairs = (text: string): string => text.replace(/\\(.)/gs, '$1');
