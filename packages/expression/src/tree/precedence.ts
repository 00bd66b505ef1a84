import type { BinaryOperator } from './types.ts';

/** How tightly operators bind, as in Python: higher is tighter. */
export const BINDING: Record<BinaryOperator, number> = {
  or: 2,
  and: 3,
  '|': 6,
  '^': 7,
  '&': 8,
  '<<': 9,
  '>>': 9,
  '+': 10,
  '-': 10,
  '*': 11,
  '/': 11,
  '//': 11,
  '%': 11,
  '**': 13,
};
export const CHOICE = 1;
export const NOT = 4;
export const COMPARISON = 5;
export const UNARY = 12;
export const POSTFIX = 14;
