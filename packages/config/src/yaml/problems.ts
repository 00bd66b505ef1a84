import type { YAMLParseError } from 'yaml';
import { originOf } from '../origin/make.ts';
import type { Source } from '../origin/source.ts';
import { ConfigProblem } from '../problem/problem.ts';

const quoted = (text: string) => (text.includes("'") ? `"${text.replaceAll('"', '\\"')}"` : `'${text}'`);

/** The line that holds a character, and where the line begins. */
function lineAround(text: string, at: number): { start: number; line: string } {
  const start = text.lastIndexOf('\n', at - 1) + 1;
  const end = text.indexOf('\n', at);
  return { start, line: text.slice(start, end < 0 ? text.length : end).replace(/\r$/, '') };
}

/** `write x: 'a: b'`: the value of the line, quoted. */
function quoteHelp(text: string, at: number): string | undefined {
  const { line } = lineAround(text, at);
  const pair = /^\s*(?:- +)*([^\s:#][^:]*): +(.+?)\s*$/.exec(line);
  if (pair) return `quote the text: ${pair[1]}: ${quoted(pair[2]!)}`;
  const item = /^\s*- +(.+?)\s*$/.exec(line);
  return item ? `quote the text: - ${quoted(item[1]!)}` : undefined;
}

/** What the YAML parser found, in our words, with the place and a fix where one is known. */
export function yamlProblem(source: Source, error: YAMLParseError): ConfigProblem {
  const text = source.text;
  let [start, end] = error.pos;
  let message = error.message.replace(/ at line \d+, column \d+:[\s\S]*$/, '');
  message = message.charAt(0).toLowerCase() + message.slice(1);
  let help: string | undefined;
  switch (error.code) {
    case 'BLOCK_AS_IMPLICIT_KEY':
      message = "a second ': ' on one line cannot be read as text";
      help = quoteHelp(text, start);
      break;
    case 'TAB_AS_INDENT': {
      const line = lineAround(text, start);
      message = 'tab characters must not be used in indentation';
      help = 'use spaces';
      const tab = line.line.search(/\t/);
      if (tab >= 0 && line.start + tab <= start) [start, end] = [line.start + tab, line.start + tab + 1];
      break;
    }
    case 'BAD_SCALAR_START':
      message = `text cannot begin with '${text[start]}' unless it is quoted`;
      help = quoteHelp(text, start);
      break;
    case 'UNEXPECTED_TOKEN':
      if (/^\s*(?:- +)*[^:#]+: +[[{]/.test(lineAround(text, start).line)) help = quoteHelp(text, start);
      break;
    case 'MISSING_CHAR':
      if (message.startsWith('missing closing')) message = 'the quote is not closed';
      break;
    case 'MULTIPLE_DOCS':
      message = 'a file holds one document; here a second one begins';
      break;
  }
  const place = {
    source,
    start: Math.min(start, text.length),
    end: Math.min(Math.max(end, start), text.length),
  };
  if (/call stack/i.test(message))
    return new ConfigProblem('limit', 'the document is nested too deeply', { origin: originOf(place) });
  return new ConfigProblem('yaml-syntax', message, { help, origin: originOf(place) });
}
