import { FlowError } from '@fasthep/flow';

/** Most runs of one command. */
const MOST = 10_000;

/** All combinations of overrides with several values (`a=1,2`, `a=range(0,10,2)`); the last varies fastest. */
export function sweep(overrides: readonly string[]): string[][] {
  let runs: string[][] = [[]];
  for (const word of overrides) {
    const at = word.indexOf('=');
    const values =
      at < 0 ? [word] : valuesOf(word.slice(at + 1)).map((value) => `${word.slice(0, at)}=${value}`);
    runs = runs.flatMap((run) => values.map((value) => [...run, value]));
    if (runs.length > MOST) {
      throw new FlowError('FLOW-C015', `these overrides make more than ${MOST} runs`, 'take fewer values');
    }
  }
  return runs;
}

function valuesOf(text: string): string[] {
  const call = /^\s*(range|choice)\((.*)\)\s*$/.exec(text);
  if (call?.[1] === 'choice') return commas(call[2]!);
  if (call?.[1] === 'range') return range(commas(call[2]!), text);
  return commas(text);
}

function range(parts: readonly string[], text: string): string[] {
  const numbers = parts.map((part) => Number(part.replace(/^\w+=/, '')));
  const [start, stop, step = 1] =
    numbers.length === 1 ? [0, numbers[0]!] : (numbers as [number, number, number?]);
  if (
    numbers.length === 0 ||
    numbers.length > 3 ||
    numbers.some(Number.isNaN) ||
    step === 0 ||
    stop === undefined
  ) {
    throw new FlowError(
      'FLOW-C014',
      `'${text}' is no range`,
      'write range(start, stop) or range(start, stop, step)',
    );
  }
  const values: string[] = [];
  for (let i = 0; step > 0 ? start + i * step < stop : start + i * step > stop; i++) {
    values.push(String(start + i * step));
    if (values.length > MOST) break;
  }
  return values;
}

/** Splits at commas outside of quotes and brackets. */
function commas(text: string): string[] {
  const parts: string[] = [];
  let [depth, start, quote] = [0, 0, ''];
  for (let i = 0; i < text.length; i++) {
    const char = text[i]!;
    if (quote !== '') {
      if (char === '\\') i++;
      else if (char === quote) quote = '';
    } else if (char === '"' || char === "'") quote = char;
    else if ('([{'.includes(char)) depth++;
    else if (')]}'.includes(char)) depth--;
    else if (char === ',' && depth === 0) {
      parts.push(text.slice(start, i));
      start = i + 1;
    }
  }
  return [...parts, text.slice(start)].map((part) => part.trim());
}
