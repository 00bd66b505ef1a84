import { type Expression, ExpressionError, parse } from '@fasthep/expression';
import type { Json } from '../types/json.ts';

/** The parts of a condition (a list is joined by `and`), each with its path in the value. */
export function partsOf(condition: Json): { path: (string | number)[]; value: Json }[] {
  return Array.isArray(condition)
    ? condition.flatMap((part, index) =>
        partsOf(part).map((inner) => ({ path: [index, ...inner.path], value: inner.value })),
      )
    : [{ path: [], value: condition }];
}

/** The tree of a condition, or what is wrong with its text. */
export function parseCondition(text: string): { tree: Expression } | { error: ExpressionError } {
  try {
    return { tree: parse(text) };
  } catch (error) {
    if (error instanceof ExpressionError) return { error };
    throw error;
  }
}
