import { ConfigProblem } from '../problem/problem.ts';
import { enumMember } from '../tree/convert.ts';
import { checkKey } from '../tree/create.ts';
import type { MapNode } from '../tree/node.ts';
import { typeText } from '../tree/types.ts';
import type { Key } from '../value/scalar.ts';
import { Bytes, equalKey, isFloat, isInteger } from '../value/scalar.ts';
import { scalarText } from '../value/text.ts';

/** A key as the map's key type wants it; `validation` where it does not fit. */
export function checkedKey(map: MapNode, given: unknown): Key {
  const type = map.keyType;
  const refuse = (): never => {
    throw new ConfigProblem(
      'validation',
      `the key '${scalarText(given)}' does not fit the key type ${typeText(type)}`,
    );
  };
  const key = type.kind === 'enum' ? (given as Key) : checkKey(given);
  switch (type.kind) {
    case 'str':
      return typeof key === 'string' ? key : refuse();
    case 'int':
      return isInteger(key) ? key : refuse();
    case 'float':
      return isFloat(key) ? (key as Key) : refuse();
    case 'bool':
      if (key === 0 || key === 1) return key === 1;
      return typeof key === 'boolean' ? key : refuse();
    case 'bytes':
      return key instanceof Bytes ? key : refuse();
    case 'enum':
      return typeof key === 'boolean' ? refuse() : (enumMember(type.of, key as never) ?? refuse());
    default:
      return key;
  }
}

/** The key of a map that `key` means, or undefined where it cannot be one. Bytes are found by their content. */
export function findKey(map: MapNode, given: unknown): Key | undefined {
  let key: Key;
  try {
    key = checkedKey(map, given);
  } catch {
    return undefined;
  }
  return map.content instanceof Map ? equalKey(map.content, key) : key;
}
