import { EXPRESSIONS } from './expressions.ts';
import { JOINS } from './joins.ts';
import { OPERATORS } from './operators.ts';
import { READING } from './reading.ts';
import type { Explanation } from './types.ts';

/** Pages of the error codes of this pack, and of the expressions and axes that its operators take. */
export const explanations: Readonly<Record<string, Explanation>> = {
  ...READING,
  ...OPERATORS,
  ...JOINS,
  ...EXPRESSIONS,
};
