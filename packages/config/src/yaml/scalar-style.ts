import { floatFromText, intFromText } from '../tree/convert.ts';
import { implicitTag } from './resolve11.ts';

const BREAKS = '\n\x85\u2028\u2029';
const BLANK = `\0 \t\r${BREAKS}`;
const TIMESTAMP =
  /^(?:\d{4}-\d\d-\d\d|\d{4}-\d\d?-\d\d?(?:[Tt]|[ \t]+)\d\d?:\d\d:\d\d(?:\.\d*)?(?:[ \t]*(?:Z|[-+]\d\d?(?::\d\d)?))?)$/;
const BOOLEANS = /^(?:y|Y|n|N|yes|Yes|YES|no|No|NO|true|True|TRUE|false|False|FALSE|on|On|ON|off|Off|OFF)$/;

/** Which styles a text may be written in. After the YAML 1.1 emitter of PyYAML. */
interface Analysis {
  multiline: boolean;
  plain: boolean;
  single: boolean;
}

function analyse(chars: string[]): Analysis {
  if (chars.length === 0) return { multiline: false, plain: true, single: true };
  const text = chars.join('');
  let indicators = text.startsWith('---') || text.startsWith('...');
  let lineBreaks = false;
  let special = false;
  let edge = false;
  let breakSpace = false;
  let spaceBreak = false;
  let previous: 'space' | 'break' | undefined;
  for (const [index, char] of chars.entries()) {
    const next = chars[index + 1];
    const followed = next === undefined || BLANK.includes(next);
    const preceded = index === 0 || BLANK.includes(chars[index - 1]!);
    if (index === 0) {
      if ('#,[]{}&*!|>\'"%@`'.includes(char) || ('?:-'.includes(char) && followed)) indicators = true;
    } else if ((char === ':' && followed) || (char === '#' && preceded)) indicators = true;
    const isBreak = BREAKS.includes(char);
    if (isBreak) lineBreaks = true;
    const code = char.codePointAt(0)!;
    if (char !== '\n' && (code < 0x20 || code > 0x7e)) {
      const readable =
        code === 0x85 ||
        (code >= 0xa0 && code <= 0xd7ff) ||
        (code >= 0xe000 && code <= 0xfffd && code !== 0xfeff) ||
        (code >= 0x10000 && code < 0x10ffff);
      if (!readable) special = true;
    }
    const last = index === chars.length - 1;
    if (char === ' ') {
      if (index === 0 || last) edge = true;
      if (previous === 'break') breakSpace = true;
      previous = 'space';
    } else if (isBreak) {
      if (index === 0 || last) edge = true;
      if (previous === 'space') spaceBreak = true;
      previous = 'break';
    } else previous = undefined;
  }
  const never = spaceBreak || special;
  return {
    multiline: lineBreaks,
    plain: !(edge || breakSpace || never || lineBreaks || indicators),
    single: !(breakSpace || never),
  };
}

/** How a text is written so that reading it gives the same text: by itself, or in quotes. */
export type ScalarStyle = 'plain' | 'single' | 'double';

/** The style of a text; keys may not go over a line's end. */
export function textStyle(text: string, key: boolean): { style: ScalarStyle; multiline: boolean } {
  const { multiline, plain, single } = analyse([...text]);
  const wantsQuotes =
    BOOLEANS.test(text) || intFromText(text) !== undefined || floatFromText(text) !== undefined;
  const readsAsText = implicitTag(text) === 'str' && !TIMESTAMP.test(text);
  if (!wantsQuotes && readsAsText && plain && !(key && (text === '' || multiline)))
    return { style: 'plain', multiline };
  return { style: single && !(key && multiline) ? 'single' : 'double', multiline };
}

export const isBreak = (char: string | undefined): boolean => char !== undefined && BREAKS.includes(char);
