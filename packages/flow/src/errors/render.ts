import type { Origin } from '@fasthep/config';
import type { Problem } from '../types/problem.ts';
import { sortProblems } from './sort.ts';

/** Longest source line that is shown whole. */
const WIDTH = 100;
/** Problems that are shown; the others are counted. */
const MOST = 20;

/** The place, and the line of the source with carets under it. */
function frame(origin: Origin, sources: Record<string, string>): string[] {
  const at = origin.word === undefined ? `${origin.file}:${origin.line}:${origin.column}` : origin.word;
  const lines = [` --> ${at}`];
  const text = Object.hasOwn(sources, origin.file)
    ? sources[origin.file]!.split(/\r?\n/, origin.line)[origin.line - 1]
    : undefined;
  if (text === undefined) return lines;
  const number = String(origin.line).padStart(3);
  const blank = ' '.repeat(number.length);
  const from = origin.column - 1;
  const cut = from > WIDTH - 20 ? from - 40 : 0;
  const shown = text.slice(cut, cut + WIDTH);
  const to = origin.endLine === undefined ? (origin.endColumn ?? origin.column + 1) - 1 : text.length;
  const length = Math.max(1, Math.min(to, cut + WIDTH, Math.max(text.length, from + 1)) - from);
  // A tab takes one column, so that the caret stands below its character.
  const lead = text
    .slice(cut, from)
    .replace(/[^\t]/g, ' ')
    .padEnd(from - cut);
  lines.push(`${blank} |`, `${number} | ${shown}`, `${blank} | ${lead}${'^'.repeat(length)}`);
  return lines;
}

/** One problem as text: code and message, place, the line with a caret, help, other places. */
export function renderProblem(problem: Problem, sources: Record<string, string> = {}): string {
  const lines = [`${problem.severity ?? 'error'}[${problem.code}]: ${problem.message}`];
  if (problem.origin) lines.push(...frame(problem.origin, sources));
  if (problem.help) lines.push(`    = help: ${problem.help}`);
  for (const { message, origin } of problem.related ?? [])
    lines.push(`note: ${message}`, ...frame(origin, sources));
  return lines.join('\n');
}

/** All problems as text, sorted, an empty line between two; at most 20, then how many more, and where to read on. */
export function renderProblems(problems: readonly Problem[], sources: Record<string, string> = {}): string {
  const sorted = sortProblems(problems);
  const parts = sorted.slice(0, MOST).map((problem) => renderProblem(problem, sources));
  if (sorted.length > MOST) parts.push(`and ${sorted.length - MOST} more`);
  const codes = [...new Set(sorted.slice(0, MOST).map((problem) => problem.code))].sort();
  if (codes.length > 0) parts.push(`see: fasthep-flow explain ${codes[0]}`);
  return parts.join('\n\n');
}
