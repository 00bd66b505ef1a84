import { truth } from '@fasthep/expression';
import { originOf } from '../origin/make.ts';
import { ConfigProblem } from '../problem/problem.ts';
import type { MapNode, Node } from '../tree/node.ts';
import { isInterpolation, itemsOf, ValueNode } from '../tree/node.ts';
import { plainValue } from './register.ts';
import { dereference, evaluateInterpolation } from './resolve.ts';
import type { ResolveContext } from './resolvers.ts';

/**
 * Whether a condition holds: a boolean, a text in our expression grammar that sees the values of `root`, or a
 * list of conditions that must all hold. Throws `ConfigProblem`.
 */
export function evaluateText(condition: Node, root: MapNode, context: ResolveContext): boolean {
  if (condition.kind === 'list') return itemsOf(condition).every((one) => evaluateText(one, root, context));
  const node = isInterpolation(condition) ? dereference(condition, context) : condition;
  const value = 'kind' in node && node.kind === 'value' ? node.value : undefined;
  if (typeof value === 'boolean') return value;
  if (typeof value !== 'string')
    throw new ConfigProblem('validation', 'a condition is text or true or false', {
      origin: condition.place && originOf(condition.place),
    });
  const holder = new ValueNode(value, condition.place);
  holder.parent = root;
  holder.scope = condition.scope;
  const part = { kind: 'expression', text: value, at: 0, start: 0, end: value.length } as const;
  return truth(plainValue(evaluateInterpolation(part, holder, context), context) as never);
}
