import type { Place } from '../origin/source.ts';
import { nodeFrom } from '../tree/create.ts';
import type { Node } from '../tree/node.ts';
import type { Scalar } from '../value/scalar.ts';
import type { Item } from './types.ts';
import { isSweep, ListExtension, Quoted } from './types.ts';

/** A value without its quotes, as plain data; maps are `Map`s. Sweeps have none. */
export function plainItem(item: Item): unknown {
  if (item instanceof Quoted) return item.text;
  if (item instanceof ListExtension) return item.items.map(plainItem);
  if (Array.isArray(item)) return item.map(plainItem);
  if (item instanceof Map)
    return new Map([...item].map(([key, value]) => [plainItem(key), plainItem(value)]));
  if (isSweep(item)) return item;
  return item as Scalar;
}

/** A value as a node whose place is its stretch of the command-line word. */
export function itemNode(item: Item, place: Place): Node {
  const node = nodeFrom(plainItem(item), place);
  if (node.kind === 'value' && typeof node.value === 'string')
    node.place = {
      ...place,
      style: item instanceof Quoted ? (item.quote === '"' ? 'double' : 'single') : 'plain',
    };
  return node;
}
