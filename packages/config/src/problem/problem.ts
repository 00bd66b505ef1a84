import type { Origin } from '../origin/types.ts';
import type { Code } from './codes.ts';

/** What a problem says besides its code and message. */
export interface ProblemDetails {
  /** What to do about it, in one line. */
  help?: string;
  origin?: Origin;
  /** Other places that belong to it: the first of two equal keys, the links of a chain. */
  related?: { message: string; origin: Origin }[];
  /** The full key of the node, as `a.b[0]`. */
  fullKey?: string;
  cause?: unknown;
}

/** One thing that is wrong with a config. */
export class ConfigProblem extends Error {
  override readonly name: string = 'ConfigProblem';
  readonly code: Code;
  readonly help: string | undefined;
  origin: Origin | undefined;
  readonly related: { message: string; origin: Origin }[];
  fullKey: string | undefined;

  constructor(code: Code, message: string, details: ProblemDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.code = code;
    this.help = details.help;
    this.origin = details.origin;
    this.related = details.related ?? [];
    this.fullKey = details.fullKey;
  }
}

/** Everything that is wrong with a config, in the order of files and lines. */
export class ConfigErrors extends Error {
  override readonly name: string = 'ConfigErrors';
  readonly problems: ConfigProblem[];
  /** Text of the files the problems stand in. */
  readonly sources: Record<string, string>;

  constructor(problems: ConfigProblem[], sources: Record<string, string> = {}) {
    const sorted = sortProblems(problems);
    super(sorted.map((problem) => problem.message).join('\n'));
    this.problems = sorted;
    this.sources = sources;
  }

  /** The code of the first problem. */
  get code(): Code {
    return this.problems[0]?.code ?? 'composition';
  }
}

/** By file (in order of first appearance), line and column; those without a place last; the same one once. */
export function sortProblems(problems: ConfigProblem[]): ConfigProblem[] {
  const files = new Map<string, number>();
  for (const { origin } of problems)
    if (origin && !files.has(origin.file)) files.set(origin.file, files.size);
  const rank = ({ origin }: ConfigProblem) => (origin ? files.get(origin.file)! : files.size);
  const seen = new Set<string>();
  return problems
    .filter(({ code, message, origin }) => {
      const id = `${code}\0${message}\0${origin?.file}\0${origin?.line}\0${origin?.column}`;
      return !seen.has(id) && seen.add(id);
    })
    .sort(
      (a, b) =>
        rank(a) - rank(b) ||
        (a.origin?.line ?? 0) - (b.origin?.line ?? 0) ||
        (a.origin?.column ?? 0) - (b.origin?.column ?? 0),
    );
}
