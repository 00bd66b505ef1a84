import { names } from '@fasthep/expression';
import type { Json } from '../types/json.ts';
import { parseCondition, partsOf } from './parse.ts';

/** A result that a condition reads: `fit.chi2`. */
export interface Reference {
  /** First part of the name: a task, if there is one of that name. */
  root: string;
  path: string;
  /** Path in the condition's value, and characters of the text there. */
  at: (string | number)[];
  span: [number, number];
}

/** Every name that a condition uses. */
export function referencesOf(condition: Json): Reference[] {
  return partsOf(condition).flatMap(({ path, value }) => {
    if (typeof value !== 'string') return [];
    const parsed = parseCondition(value);
    if ('error' in parsed) return [];
    return names(parsed.tree).map((name) => ({
      root: name.parts[0]!,
      path: name.path,
      at: path,
      span: [name.start, name.end] as [number, number],
    }));
  });
}
