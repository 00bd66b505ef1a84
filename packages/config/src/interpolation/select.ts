import { ConfigProblem } from '../problem/problem.ts';
import type { Container, Node } from '../tree/node.ts';
import { entriesOf, isMissing, isNull, itemsOf } from '../tree/node.ts';
import { fullKey } from '../tree/path.ts';
import type { Key } from '../value/scalar.ts';

/** Splits `a.b[0].c` into its keys. */
export function splitKey(path: string): string[] {
  const head = /^\.*[^.[]*/.exec(path)![0];
  const keys = head.split('.');
  if (head.length === path.length) return keys;
  if (path[head.length] === '[' && keys.at(-1) === '') keys.pop();
  const rest = path.slice(head.length);
  for (const match of rest.matchAll(/\.([^.[]*)|\[(.*?)\]/g)) keys.push(match[1] || match[2] || '');
  return keys.length > 0 ? keys : [''];
}

/** The key of a map that a piece of path means, given the declared type of the keys. */
export function mapKey(node: Node, text: string): Key | undefined {
  if (node.kind !== 'map') return undefined;
  const type = node.keyType;
  if (type.kind === 'enum') {
    const name = text.startsWith(`${type.of.name}.`) ? text.slice(type.of.name.length + 1) : text;
    return type.of.members.find((member) => member.name === name);
  }
  return type.kind === 'any' || type.kind === 'str' ? text : undefined;
}

/** One step down a path; undefined where there is nothing. */
export function stepTo(
  from: Container,
  text: string,
  options: { throwOnMissing?: boolean; throwOnType?: boolean } = {},
): Node | undefined {
  if (isNull(from)) return undefined;
  let child: Node | undefined;
  if (from.kind === 'map') {
    const key = mapKey(from, text);
    child = key === undefined ? undefined : entriesOf(from).get(key);
  } else if (/^\s*[-+]?\d+(_\d+)*\s*$/.test(text)) child = itemsOf(from)[Number(text.replaceAll('_', ''))];
  else if (options.throwOnType)
    throw new ConfigProblem('type', `the index '${text}' of a list is not an integer`);
  if (child && options.throwOnMissing && isMissing(child))
    throw new ConfigProblem('missing', `the mandatory value '${fullKey(child)}' is not set`);
  return child;
}
