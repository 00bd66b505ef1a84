import { CODES, CONFIG_CODES, type Explanation } from './codes/index.ts';
import { FlowError } from './flow-error.ts';
import { suggest } from './suggest.ts';

const indent = (text: string) => text.replace(/^/gm, '    ');

/** A code and its explanation as a page of plain text. */
export function explanationPage(code: string, explanation: Explanation): string {
  const parts = [`${code}: ${explanation.title}`, explanation.text];
  if (explanation.wrong) parts.push(`wrong:\n${indent(explanation.wrong)}`);
  if (explanation.right)
    parts.push(`${explanation.wrong ? 'right' : 'example'}:\n${indent(explanation.right)}`);
  return `${parts.join('\n\n')}\n`;
}

/**
 * The page of a code, for `fasthep-flow explain CODE`. Capitals and the `FLOW-` may be left out; the words
 * that `@fasthep/config` uses count too. An unknown code is a FlowError with the nearest ones.
 */
export function explain(word: string, more: Readonly<Record<string, Explanation>> = {}): string {
  const all: Record<string, Explanation> = { ...CODES, ...more };
  const upper = word.toUpperCase();
  const code = [CONFIG_CODES[word.toLowerCase()], upper, `FLOW-${upper}`, word].find(
    (one) => one !== undefined && Object.hasOwn(all, one),
  );
  if (code === undefined)
    throw new FlowError('FLOW-K006', `there is no error code '${word}'`, suggest(upper, Object.keys(all)));
  return explanationPage(code, all[code]!);
}
