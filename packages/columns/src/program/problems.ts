import { type Expression, ExpressionError, parse } from '@fasthep/expression';
import { ColumnsError } from '../error.ts';
import { Refusal } from '../value/refusal.ts';
import type { ProgramProblem } from './types.ts';

/** Thrown where a field is used whose own text is wrong: that one problem is enough. */
export class Poisoned extends Error {}

/** Where a text stands: its step, and the path to it inside the step. */
export interface TextPlace {
  step: string;
  path: (string | number)[];
}

/** Collects what is wrong in a program, and reads its texts once. */
export class Problems {
  readonly list: ProgramProblem[] = [];
  private readonly seen = new Set<string>();
  private readonly trees = new Map<string, Expression | undefined>();

  add(place: TextPlace, problem: Omit<ProgramProblem, 'step' | 'path'>): void {
    const full: ProgramProblem = { ...problem, step: place.step, path: place.path };
    // A text is looked at once for each variation: its problem is told once.
    const key = JSON.stringify(full);
    if (this.seen.has(key)) return;
    this.seen.add(key);
    this.list.push(full);
  }

  /** Runs `work`; a problem of the text at `place` is kept, and the result is then undefined. */
  attempt<T>(place: TextPlace, work: () => T): T | undefined {
    try {
      return work();
    } catch (error) {
      if (error instanceof Poisoned) return undefined;
      if (error instanceof ExpressionError || error instanceof Refusal || error instanceof ColumnsError) {
        const { code, message, help } = error;
        const span = error instanceof ExpressionError ? { span: error.span } : {};
        this.add(place, { code, message, ...(help !== undefined && { help }), ...span });
        return undefined;
      }
      throw error;
    }
  }

  /** The tree of a text, or undefined if it is no expression. */
  parse(place: TextPlace, text: string): Expression | undefined {
    const key = JSON.stringify([place.step, place.path, text]);
    if (!this.trees.has(key))
      this.trees.set(
        key,
        this.attempt(place, () => parse(text)),
      );
    return this.trees.get(key);
  }
}
