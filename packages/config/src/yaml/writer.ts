import type { ScalarStyle } from './scalar-style.ts';
import { isBreak } from './scalar-style.ts';

const WIDTH = 80;
const ESCAPES: Record<string, string> = {
  '\0': '0',
  '\x07': 'a',
  '\b': 'b',
  '\t': 't',
  '\n': 'n',
  '\v': 'v',
  '\f': 'f',
  '\r': 'r',
  '\x1b': 'e',
  '"': '"',
  '\\': '\\',
  '\x85': 'N',
  '\xa0': '_',
  '\u2028': 'L',
  '\u2029': 'P',
};

/** Builds YAML text and folds long lines, as PyYAML's emitter does. */
export class Writer {
  text = '';
  column = 0;
  /** Whether the last character was white, and whether only indicators stand on the line. */
  whitespace = true;
  indention = true;

  write(data: string): void {
    this.text += data;
    this.column += [...data].length;
  }

  indicator(data: string, needsSpace: boolean, leavesSpace = false, indention = false): void {
    const out = this.whitespace || !needsSpace ? data : ` ${data}`;
    this.whitespace = leavesSpace;
    this.indention = this.indention && indention;
    this.write(out);
  }

  lineBreak(data = '\n'): void {
    this.whitespace = true;
    this.indention = true;
    this.column = 0;
    this.text += data;
  }

  indent(to: number): void {
    if (!this.indention || this.column > to || (this.column === to && !this.whitespace)) this.lineBreak();
    if (this.column < to) {
      this.whitespace = true;
      this.text += ' '.repeat(to - this.column);
      this.column = to;
    }
  }

  scalar(text: string, style: ScalarStyle, indent: number, split: boolean): void {
    const chars = [...text];
    if (style === 'plain') this.plain(chars, indent, split);
    else if (style === 'single') this.single(chars, indent, split);
    else this.double(chars, indent, split);
  }

  plain(chars: string[], indent: number, split: boolean): void {
    if (chars.length === 0) return;
    if (!this.whitespace) this.write(' ');
    this.whitespace = false;
    this.indention = false;
    let start = 0;
    let spaces = false;
    for (let end = 0; end <= chars.length; end++) {
      const char = chars[end];
      if (spaces) {
        if (char !== ' ') {
          if (start + 1 === end && this.column > WIDTH && split) {
            this.indent(indent);
            this.whitespace = false;
            this.indention = false;
          } else this.write(chars.slice(start, end).join(''));
          start = end;
        }
      } else if (char === undefined || char === ' ') {
        this.write(chars.slice(start, end).join(''));
        start = end;
      }
      spaces = char === ' ';
    }
  }

  breaks(chars: string[], indent: number): void {
    if (chars[0] === '\n') this.lineBreak();
    for (const one of chars) this.lineBreak(one);
    this.indent(indent);
  }

  single(chars: string[], indent: number, split: boolean): void {
    this.indicator("'", true);
    let start = 0;
    let state: 'text' | 'spaces' | 'breaks' = 'text';
    for (let end = 0; end <= chars.length; end++) {
      const char = chars[end];
      if (state === 'spaces') {
        if (char !== ' ') {
          if (start + 1 === end && this.column > WIDTH && split && start !== 0 && end !== chars.length)
            this.indent(indent);
          else this.write(chars.slice(start, end).join(''));
          start = end;
        }
      } else if (state === 'breaks') {
        if (!isBreak(char)) {
          this.breaks(chars.slice(start, end), indent);
          start = end;
        }
      } else if (char === undefined || char === ' ' || char === "'" || isBreak(char)) {
        if (start < end) {
          this.write(chars.slice(start, end).join(''));
          start = end;
        }
      }
      if (char === "'") {
        this.write("''");
        start = end + 1;
      }
      state = char === ' ' ? 'spaces' : isBreak(char) ? 'breaks' : 'text';
    }
    this.indicator("'", false);
  }

  double(chars: string[], indent: number, split: boolean): void {
    this.indicator('"', true);
    let start = 0;
    for (let end = 0; end <= chars.length; end++) {
      const char = chars[end];
      if (char === undefined || needsEscape(char)) {
        if (start < end) {
          this.write(chars.slice(start, end).join(''));
          start = end;
        }
        if (char !== undefined) {
          this.write(escaped(char));
          start = end + 1;
        }
      }
      if (
        end > 0 &&
        end < chars.length - 1 &&
        (char === ' ' || start >= end) &&
        this.column + (end - start) > WIDTH &&
        split
      ) {
        this.write(`${chars.slice(start, end).join('')}\\`);
        if (start < end) start = end;
        this.indent(indent);
        this.whitespace = false;
        this.indention = false;
        if (chars[start] === ' ') this.write('\\');
      }
    }
    this.indicator('"', false);
  }

  /** A block of lines as they are. */
  literal(lines: string[], indent: number): void {
    this.indicator('|', true);
    for (const line of lines) {
      this.lineBreak();
      this.indent(indent);
      this.write(line);
    }
    this.whitespace = false;
    this.indention = false;
  }
}

function needsEscape(char: string): boolean {
  const code = char.codePointAt(0)!;
  if ('"\\\x85\u2028\u2029\ufeff'.includes(char)) return true;
  return !(
    (code >= 0x20 && code <= 0x7e) ||
    (code >= 0xa0 && code <= 0xd7ff) ||
    (code >= 0xe000 && code <= 0xfffd)
  );
}

function escaped(char: string): string {
  if (ESCAPES[char]) return `\\${ESCAPES[char]}`;
  const code = char.codePointAt(0)!;
  const hex = (digits: number) => code.toString(16).toUpperCase().padStart(digits, '0');
  return code <= 0xff ? `\\x${hex(2)}` : code <= 0xffff ? `\\u${hex(4)}` : `\\U${hex(8)}`;
}
