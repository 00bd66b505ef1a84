import { type Origin, sourceFrame } from '@fasthep/config';
import type { Problem } from '../types/problem.ts';
import { sortProblems } from './sort.ts';

/** Problems that are shown; the others are counted. */
const MOST = 20;

/** The place with its line; a word of the command line is shown as it was typed. */
const frame = (origin: Origin, sources: Record<string, string>) => sourceFrame(origin, sources, origin.word);

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
