import type { ResolveContext } from '../interpolation/resolvers.ts';
import { splitKey, stepTo } from '../interpolation/select.ts';
import { ConfigProblem } from '../problem/problem.ts';
import { intFromText } from '../tree/convert.ts';
import { create } from '../tree/create.ts';
import type { Container, Node } from '../tree/node.ts';
import { isContainer } from '../tree/node.ts';
import { ANY } from '../tree/types.ts';
import { childOf, get } from './access.ts';
import { guard, withFlags } from './guard.ts';
import { mergeInto } from './merge.ts';
import { set } from './set.ts';
import type { Given } from './special.ts';
import { isContainerValue, isNode, StructDefault } from './special.ts';
import { wrap } from './wrap.ts';

export interface UpdateOptions {
  /** Whether maps and lists are merged into what is there (the default) instead of replacing it. */
  merge?: boolean;
  /** Whether closed maps take new keys on the way. */
  forceAdd?: boolean;
}

/** Sets the value at a dotted path (`a.b[0]`); maps on the way are made, leaves replaced by them. */
export function update(
  root: Container,
  path: string,
  given: Given,
  context: ResolveContext,
  options: UpdateOptions = {},
): void {
  const keys = splitKey(path);
  const forced = <T>(at: Container, run: () => T): T =>
    options.forceAdd ? withFlags(at, { struct: false }, run) : run();
  let at = root;
  for (const key of keys.slice(0, -1)) {
    const inside = at;
    const index = inside.kind === 'list' ? listIndex(key) : key;
    const next = stepTo(inside, key, { throwOnType: true });
    if (!next || !isContainer(next)) forced(inside, () => set(inside, index, new Map(), context));
    const value = get(inside, index, context);
    if (!isNode(value) || !isContainer(value as Node))
      throw new ConfigProblem('type', `'${key}' of '${path}' is not a map or list`);
    at = value as Container;
  }
  const last = at.kind === 'list' ? listIndex(keys.at(-1)!) : keys.at(-1)!;
  const target = at;
  forced(target, () => {
    if (options.merge !== false && isContainerValue(given)) {
      const node = guard(target, last, () => childOf(target, last));
      if (node && isContainer(node)) {
        const value =
          given instanceof StructDefault
            ? (wrap(ANY, given, context) as Container)
            : isNode(given)
              ? (given as Container)
              : create(given);
        mergeInto(node, value, context);
        return;
      }
    }
    set(target, last, given, context);
  });
}

function listIndex(key: string): number {
  const index = intFromText(key);
  if (index === undefined) throw new ConfigProblem('type', `the index '${key}' of a list is not an integer`);
  return Number(index);
}
