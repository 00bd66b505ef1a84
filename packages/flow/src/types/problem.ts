import type { Origin } from '@fasthep/config';

/** One thing that is wrong, with its place. The same shape as in `@fasthep/config`, so that both render alike. */
export interface Problem {
  /** From the table in `errors/codes.ts`: `fasthep-flow explain CODE`. */
  code: string;
  /** What is wrong and what was expected, in one line without a full stop. */
  message: string;
  help?: string;
  origin?: Origin;
  /** Other places that matter: where a value came from, the other of two duplicates. */
  related?: { message: string; origin: Origin }[];
  severity?: 'error' | 'warning';
}
