import type { CliContext, Output } from './context.ts';

const CODES = {
  bold: [1, 22],
  dim: [2, 22],
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
  cyan: [36, 39],
} as const;

/** Puts a text into a colour, or leaves it as it is. */
export type Paint = (colour: keyof typeof CODES, text: string) => string;

/** Whether a stream gets colours: NO_COLOR over FORCE_COLOR over whether it is a terminal. */
function wantsColour(output: Output, env: CliContext['process']['env']): boolean {
  if (env.NO_COLOR) return false;
  const forced = env.FORCE_COLOR ?? env.CLICOLOR_FORCE;
  if (forced !== undefined && forced !== '') return forced !== '0' && forced !== 'false';
  return output.isTTY === true && env.TERM !== 'dumb';
}

/** Colours for one stream of a command. */
export function paint(output: Output, env: CliContext['process']['env']): Paint {
  if (!wantsColour(output, env)) return (_, text) => text;
  return (colour, text) => {
    const [on, off] = CODES[colour];
    return `\u001b[${on}m${text}\u001b[${off}m`;
  };
}

/** The errors and warnings of a rendered problem stand out; its frame stays plain. */
export function paintProblems(text: string, colours: Paint): string {
  return text
    .split('\n')
    .map((line) => {
      if (/^error\[/.test(line))
        return line.replace(/^error\[[^\]]*\]/, (word) => colours('red', colours('bold', word)));
      if (/^warning\[/.test(line))
        return line.replace(/^warning\[[^\]]*\]/, (word) => colours('yellow', colours('bold', word)));
      if (/^\s*\|?\s*\^+|^\s+\|\s+\^/.test(line))
        return line.replace(/\^+/, (carets) => colours('red', carets));
      if (/^\s*=?\s*help:/.test(line)) return line.replace('help:', colours('cyan', 'help:'));
      return line;
    })
    .join('\n');
}

/** Whether the terminal is for UTF-8; where nothing is said, it is. */
export function isUtf8(env: CliContext['process']['env']): boolean {
  const locale = env.LC_ALL || env.LC_CTYPE || env.LANG;
  return !locale || /utf-?8/i.test(locale);
}
