import type { ResolveContext } from '../interpolation/resolvers.ts';
import { ConfigProblem } from '../problem/problem.ts';
import type { Container, ListNode } from '../tree/node.ts';
import { entriesOf, flagOf, isMissing, isNull, itemsOf } from '../tree/node.ts';
import { fullKey } from '../tree/path.ts';
import type { Key } from '../value/scalar.ts';
import { scalarText } from '../value/text.ts';
import type { Got } from './access.ts';
import { childOf, isClosed, readValue } from './access.ts';
import { guard } from './guard.ts';
import { checkedKey, findKey } from './key.ts';
import { setItem } from './set.ts';
import type { Given } from './special.ts';

function writable(list: ListNode, what: string): void {
  if (flagOf(list, 'readonly')) throw new ConfigProblem('readonly', `cannot ${what} a read-only list`);
  if (isNull(list)) throw new ConfigProblem('type', `cannot ${what} a list that is null`);
  if (isMissing(list)) throw new ConfigProblem('missing', `cannot ${what} a list that is not set`);
}

const renumber = (list: ListNode): void => {
  for (const [index, item] of itemsOf(list).entries()) item.key = index;
};

/** Puts a value behind the last item. */
export function append(list: ListNode, given: Given, context: ResolveContext): void {
  const index = itemsOf(list).length;
  guard(list, index, () => {
    if (!Array.isArray(list.content)) throw new ConfigProblem('type', 'the list has no items to append to');
    setItem(list, index, given, context, true);
  });
}

/** Puts a value before the item at `index`; negative counts from the end, as in Python. */
export function insert(list: ListNode, index: number, given: Given, context: ResolveContext): void {
  guard(list, index, () => {
    writable(list, 'insert into');
    const items = itemsOf(list);
    const at = Math.max(0, Math.min(index < 0 ? index + items.length : index, items.length));
    const tail = items.splice(at);
    try {
      setItem(list, at, given, context, true);
    } finally {
      items.push(...tail);
      renumber(list);
    }
  });
}

/** Takes a key out of a map, or an item out of a list. */
export function remove(container: Container, key: unknown): void {
  guard(container, key as Key, () => {
    if (flagOf(container, 'readonly'))
      throw new ConfigProblem('readonly', `'${fullKey(container)}' is read-only`);
    if (container.kind === 'list') {
      const items = itemsOf(container);
      const index = typeof key === 'number' && key < 0 ? key + items.length : (key as number);
      if (!items[index])
        throw new ConfigProblem('key', `the list has ${items.length} items, none at ${scalarText(key)}`);
      items.splice(index, 1);
      renumber(container);
      return;
    }
    const checked = checkedKey(container, key);
    if (flagOf(container, 'struct'))
      throw new ConfigProblem('type', 'a map that takes no new keys gives none away');
    if (isClosed(container))
      throw new ConfigProblem('type', `keys of ${container.struct?.name} cannot be deleted`);
    const found = findKey(container, checked)!;
    if (!entriesOf(container).delete(found))
      throw new ConfigProblem('key', `the key '${scalarText(key)}' is not set`);
  });
}

/** Takes a value out and gives it. */
export function pop(container: Container, key: unknown, context: ResolveContext): Got {
  return guard(container, key as Key, () => {
    if (container.kind === 'list') writable(container, 'pop from');
    else {
      if (flagOf(container, 'readonly'))
        throw new ConfigProblem('readonly', 'cannot pop from a read-only map');
      if (isClosed(container))
        throw new ConfigProblem('type', 'a map that takes no new keys gives none away');
    }
    const child = childOf(container, key);
    if (!child) throw new ConfigProblem('key', `the key '${scalarText(key)}' is not set`);
    // A missing item of a list is null once it is taken out.
    const value = container.kind === 'list' && isMissing(child) ? null : readValue(child, context);
    remove(container, child.key);
    return value;
  });
}

/** Empties a container. */
export function clear(container: Container): void {
  guard(container, undefined, () => {
    if (container.kind === 'map') {
      for (const key of [...entriesOf(container).keys()]) remove(container, key);
      return;
    }
    if (flagOf(container, 'readonly'))
      throw new ConfigProblem('readonly', 'cannot delete from a read-only list');
    container.content = [];
  });
}
