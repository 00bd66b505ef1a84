import type { Origin } from '@fasthep/config';
import type { Problem } from '../types/problem.ts';
import { sortProblems } from './sort.ts';

/** One thing that went wrong, as an exception. `code` is one of the table: `fasthep-flow explain CODE`. */
export class FlowError extends Error {
  override readonly name: string = 'FlowError';
  readonly code: string;
  readonly help?: string;
  readonly origin?: Origin;

  constructor(code: string, message: string, help?: string, origin?: Origin) {
    super(message);
    this.code = code;
    if (help !== undefined) this.help = help;
    if (origin !== undefined) this.origin = origin;
  }

  /** The same as plain data. */
  get problem(): Problem {
    return { code: this.code, message: this.message, help: this.help, origin: this.origin };
  }
}

/** Everything that is wrong with a workflow, sorted by place. */
export class FlowErrors extends Error {
  override readonly name: string = 'FlowErrors';
  readonly problems: Problem[];
  /** Texts of the files in which the problems stand. */
  readonly sources: Record<string, string>;

  constructor(problems: readonly Problem[], sources: Record<string, string> = {}) {
    const sorted = sortProblems(problems);
    super(sorted.map((problem) => problem.message).join('\n'));
    this.problems = sorted;
    this.sources = sources;
  }

  /** The code of the first problem. */
  get code(): string {
    return this.problems[0]?.code ?? 'FLOW-X001';
  }
}

/** Whether any of them is more than a warning. */
export function hasErrors(problems: readonly Problem[]): boolean {
  return problems.some((problem) => problem.severity !== 'warning');
}
