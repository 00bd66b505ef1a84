import type { Place, Source } from './source.ts';

/** A run of characters of a value that stand side by side in a source: value offset, source offset. */
export interface Run {
  offset: number;
  source: Source;
  at: number;
}

const space = (char: string | undefined) => char === ' ' || char === '\t';
const newline = (char: string | undefined) => char === '\n' || char === '\r';

/** Length of the escape that begins with a backslash in a double-quoted scalar. */
function escapeLength(text: string, at: number): number {
  const kind = text[at + 1];
  return kind === 'x' ? 4 : kind === 'u' ? 6 : kind === 'U' ? 10 : 2;
}

/**
 * Where the characters of a text value stand in its file. One run where they follow one another there;
 * more where quotes, escapes, folding or indentation come between.
 */
export function runsOf(place: Place, value: string): Run[] {
  const { source, start, end, style } = place;
  const text = source.text;
  const quoted = style === 'single' || style === 'double';
  const first = quoted ? start + 1 : start;
  if ((style === 'plain' || quoted) && text.startsWith(value, first) && !value.includes('\n'))
    return [{ offset: 0, source, at: first }];

  const runs: Run[] = [];
  let expected = -1;
  const mark = (offset: number, at: number, length: number) => {
    if (at !== expected) runs.push({ offset, source, at });
    expected = at + length;
  };
  let at = first;
  if (style === 'literal' || style === 'folded') {
    while (at < end && !newline(text[at])) at++;
    while (at < end && (newline(text[at]) || space(text[at]))) at++;
  }
  for (let offset = 0; offset < value.length; offset++) {
    const char = value[offset]!;
    if (style === 'double') {
      while (text[at] === '\\' && newline(text[at + 1])) {
        at += 2;
        while (space(text[at]) || newline(text[at])) at++;
      }
      if (text[at] === '\\') {
        const length = escapeLength(text, at);
        mark(offset, at, length);
        expected = -1;
        at += length;
        continue;
      }
    }
    if (style === 'single' && text.startsWith("''", at)) {
      mark(offset, at, 1);
      expected = -1;
      at += 2;
      continue;
    }
    if (text[at] === char && !newline(char)) {
      // A space of the value may stand for a line break after trailing spaces.
      let last = at;
      while (space(text[last])) last++;
      if (!space(char) || !newline(text[last])) {
        mark(offset, at, 1);
        at++;
        continue;
      }
    }
    if (char === ' ' || char === '\n') {
      mark(offset, Math.min(at, end), 1);
      expected = -1;
      if (value[offset + 1] !== '\n')
        while (at < end && (space(text[at]) || newline(text[at])) && text[at] !== value[offset + 1]) at++;
      continue;
    }
    // Lost track (an odd style): the rest is counted from here.
    while (at < end && text[at] !== char) at++;
    mark(offset, Math.min(at, end), 1);
    at++;
  }
  return runs.length > 0 ? runs : [{ offset: 0, source, at: first }];
}
