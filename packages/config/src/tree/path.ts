import type { Key } from '../value/scalar.ts';
import { EnumMember } from '../value/scalar.ts';
import { scalarText } from '../value/text.ts';
import type { Container, Node } from './node.ts';

const keyText = (key: Key): string => (key instanceof EnumMember ? key.name : scalarText(key));

function prepend(full: string, parent: Container, key: Key): string {
  const text = parent.kind === 'list' ? `[${keyText(key)}]` : keyText(key);
  if (full === '') return text;
  return full.startsWith('[') ? `${text}${full}` : `${text}.${full}`;
}

/** The full key of a child, as `a.b[0].c`; of the node itself without `key`. */
export function fullKey(node: Node, key?: Key): string {
  let full = key !== undefined && node.kind !== 'value' ? prepend('', node, key) : '';
  for (let at: Node = node; at.parent && at.key !== undefined; at = at.parent)
    full = prepend(full, at.parent, at.key);
  return full;
}
