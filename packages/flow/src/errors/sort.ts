import type { Problem } from '../types/problem.ts';

/** By file (in order of first appearance), line and column; those without a place last; the same one once. */
export function sortProblems(problems: readonly Problem[]): Problem[] {
  const files = new Map<string, number>();
  for (const { origin } of problems)
    if (origin && !files.has(origin.file)) files.set(origin.file, files.size);
  const rank = ({ origin }: Problem) => (origin ? files.get(origin.file)! : files.size);
  const seen = new Set<string>();
  return problems
    .filter(({ code, message, origin }) => {
      const id = JSON.stringify([code, message, origin?.file, origin?.line, origin?.column]);
      return !seen.has(id) && seen.add(id);
    })
    .sort(
      (a, b) =>
        rank(a) - rank(b) ||
        (a.origin?.line ?? 0) - (b.origin?.line ?? 0) ||
        (a.origin?.column ?? 0) - (b.origin?.column ?? 0),
    );
}
