import type { Origin } from '../origin/types.ts';
import type { ConfigErrors, ConfigProblem } from './problem.ts';

/** Longest source line that is shown whole. */
const WIDTH = 100;

/** A place (`at` says it otherwise than by file, line and column), and its source line with carets under it. */
export function sourceFrame(
  origin: Origin,
  sources: Record<string, string>,
  at = `${origin.file}:${origin.line}:${origin.column}`,
): string[] {
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

/** One problem as text: code and message, place, the line with a caret, help. */
export function renderProblem(problem: ConfigProblem, sources: Record<string, string> = {}): string {
  const lines = [`error[${problem.code}]: ${problem.message}`];
  if (problem.origin) lines.push(...sourceFrame(problem.origin, sources));
  if (problem.help) lines.push(`    = help: ${problem.help}`);
  for (const { message, origin } of problem.related)
    lines.push(`note: ${message}`, ...sourceFrame(origin, sources));
  return lines.join('\n');
}

/** All problems as text, an empty line between two, at most `max` of them. */
export function renderProblems(errors: ConfigErrors, max = 20): string {
  const shown = errors.problems.slice(0, max).map((problem) => renderProblem(problem, errors.sources));
  if (errors.problems.length > max) shown.push(`and ${errors.problems.length - max} more`);
  return shown.join('\n\n');
}
