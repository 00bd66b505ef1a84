import { type Expression, ExpressionError, evaluate, names } from '@fasthep/expression';
import type { Json, JsonObject } from '../types/json.ts';
import { parseCondition, partsOf } from './parse.ts';
import { isWord } from './words.ts';

/** What a condition gives as far as names are known: a value, or `late` where one is still to come. */
export type Decision = { value: Json } | 'late';

/** Names whose members may be absent: a dataset need not have every word of the catalogue. */
const LENIENT = 'dataset';

/** `dataset.x` of a dataset without `x` is None. */
function scopeFor(tree: Expression, known: JsonObject): JsonObject {
  const dataset = known[LENIENT];
  if (dataset === null || typeof dataset !== 'object' || Array.isArray(dataset)) return known;
  const filled: JsonObject = { ...dataset };
  for (const { parts } of names(tree))
    if (parts[0] === LENIENT && parts[1] !== undefined && !Object.hasOwn(filled, parts[1]))
      filled[parts[1]] = null;
  return { ...known, [LENIENT]: filled };
}

/**
 * The value of a condition's tree with some names known. `and` and `or` are decided by one side where that
 * is enough (`fit.valid and not campaign.quick`). Throws ExpressionError.
 */
export function decideTree(tree: Expression, known: JsonObject): Decision {
  if (tree.kind === 'binary' && (tree.op === 'and' || tree.op === 'or')) {
    const enough = tree.op === 'or';
    const left = decideTree(tree.left, known);
    if (left !== 'late' && left.value === enough) return left;
    const right = decideTree(tree.right, known);
    if (right !== 'late' && right.value === enough) return right;
    if (left === 'late' || right === 'late') return 'late';
  }
  if (names(tree).some((name) => !Object.hasOwn(known, name.parts[0]!))) return 'late';
  return { value: evaluate(tree, scopeFor(tree, known)) as Json };
}

/**
 * Decides a `when` (or `if`): a condition, a list of conditions (and), true or false, or one of the words.
 * `late`: some name is not known yet, the word waits for outcomes, or the condition fails and will say so
 * when its turn comes. Never throws.
 */
export function decideWhen(when: Json, known: JsonObject): boolean | 'late' {
  let late = false;
  for (const { value } of partsOf(when)) {
    const one = decidePart(value, known);
    if (one === false) return false;
    late ||= one === 'late';
  }
  return late ? 'late' : true;
}

function decidePart(value: Json, known: JsonObject): boolean | 'late' {
  if (typeof value === 'boolean') return value;
  if (isWord(value)) return value === 'never' ? false : value === 'on_success' ? true : 'late';
  if (typeof value !== 'string') return 'late';
  const parsed = parseCondition(value);
  if ('error' in parsed) return 'late';
  try {
    const decision = decideTree(parsed.tree, known);
    return decision !== 'late' && typeof decision.value === 'boolean' ? decision.value : 'late';
  } catch (error) {
    if (error instanceof ExpressionError) return 'late';
    throw error;
  }
}
