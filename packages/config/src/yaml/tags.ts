import { didYouMean } from '@fasthep/expression';
import type { YAMLMap, YAMLSeq } from 'yaml';
import { isScalar } from 'yaml';
import type { Place } from '../origin/source.ts';
import type { Code } from '../problem/codes.ts';
import type { Scalar } from '../value/scalar.ts';
import { Bytes, float, PathValue } from '../value/scalar.ts';
import { readBool, readFloat, readInt } from './resolve11.ts';

const STANDARD = 'tag:yaml.org,2002:';
const KNOWN = ['str', 'int', 'float', 'bool', 'null', 'seq', 'map', 'binary'];

/** Whom to tell that a tag is unknown or its text unfit. */
interface Listener {
  readonly omegaconf: boolean;
  fail(code: Code, message: string, place: Place, help?: string): void;
}

function bytesOf(base64: string): Uint8Array | undefined {
  try {
    return Uint8Array.from(atob(base64.replace(/\s+/g, '')), (char) => char.charCodeAt(0));
  } catch {
    return undefined;
  }
}

/** The value of a node with an explicit tag. Tags that would make objects are refused by name. */
export function readTagged(
  listener: Listener,
  tag: string,
  text: string,
  place: Place,
  collection?: YAMLSeq | YAMLMap,
): Scalar | [] {
  const name = tag.startsWith(STANDARD) ? tag.slice(STANDARD.length) : tag;
  const unfit = (what: string) => {
    listener.fail('yaml-syntax', `'${text}' is not ${what}, as the tag !!${name} says`, place);
    return null;
  };
  if (!collection)
    switch (name) {
      case 'str':
        return text;
      case 'null':
        return null;
      case 'bool':
        return readBool(text) ?? unfit('a boolean');
      case 'int':
        return readInt(text) ?? unfit('an integer');
      case 'float': {
        const value = readFloat(text);
        return value === undefined ? unfit('a number') : float(value);
      }
      case 'binary': {
        const bytes = bytesOf(text);
        return bytes ? new Bytes(bytes) : unfit('base64');
      }
      case 'timestamp':
        if (!listener.omegaconf) return text;
    }
  if (collection && listener.omegaconf && /^python\/object\/apply:pathlib\.(Path|PosixPath)$/.test(name))
    return new PathValue(
      (collection.items as unknown[])
        .map((item) => (isScalar(item) ? String(item.source ?? item.value) : ''))
        .join('/'),
    );
  if (collection && ((name === 'seq' && 'items' in collection) || name === 'map')) return [];
  const shown = tag.startsWith(STANDARD) ? `!!${name}` : tag;
  listener.fail(
    name === 'set' ? 'validation' : 'yaml-syntax',
    `the tag '${shown}' is not allowed`,
    place,
    didYouMean(name, KNOWN) ?? 'write the plain value without a tag',
  );
  return null;
}
