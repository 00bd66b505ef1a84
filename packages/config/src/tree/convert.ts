import { ConfigProblem } from '../problem/problem.ts';
import type { Scalar } from '../value/scalar.ts';
import {
  Bytes,
  EnumMember,
  Float,
  float,
  integer,
  isFloat,
  isInteger,
  PathValue,
  toNumber,
} from '../value/scalar.ts';
import { scalarText, typeName } from '../value/text.ts';
import type { Node } from './node.ts';
import type { EnumType, TypeRef } from './types.ts';
import { typeText } from './types.ts';

/** A leaf, or a container where one was given for a leaf. */
export type Given = Scalar | Node;

const isLeaf = (value: Given): value is Scalar =>
  value === null ||
  typeof value !== 'object' ||
  value instanceof Float ||
  value instanceof Bytes ||
  value instanceof PathValue ||
  value instanceof EnumMember;

const shown = (value: Given): string => (isLeaf(value) ? `'${scalarText(value)}'` : `a ${value.kind}`);
const nameOf = (value: Given): string =>
  isLeaf(value) ? typeName(value) : value.kind === 'list' ? 'list' : 'map';

function refuse(value: Given, type: TypeRef, help?: string): never {
  throw new ConfigProblem(
    'validation',
    `${shown(value)} (${nameOf(value)}) does not fit the type ${typeText(type)}`,
    {
      help,
    },
  );
}

/** Text as Python's `int` reads it. */
export function intFromText(text: string): number | bigint | undefined {
  const bare = text.trim();
  return /^[+-]?\d+(_\d+)*$/.test(bare)
    ? integer(BigInt(bare.replaceAll('_', '').replace('+', '')))
    : undefined;
}

/** Text as Python's `float` reads it. */
export function floatFromText(text: string): number | undefined {
  const bare = text.trim().toLowerCase();
  if (/^[+-]?(inf|infinity)$/.test(bare))
    return bare.startsWith('-') ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  if (/^[+-]?nan$/.test(bare)) return Number.NaN;
  if (!/^[+-]?(\d+(_\d+)*\.?(\d+(_\d+)*)?|\.\d+(_\d+)*)(e[+-]?\d+(_\d+)*)?$/.test(bare)) return undefined;
  return Number(bare.replaceAll('_', ''));
}

/** A path without empty steps and dots, as Python's `Path` writes it. */
function normalPath(path: string): string {
  const root = /^\/*/.exec(path)![0];
  const steps = path.split('/').filter((step) => step !== '' && step !== '.');
  const start = root.length === 2 ? '//' : root === '' ? '' : '/';
  return start + steps.join('/') || '.';
}

/** A member by itself, by name (`RED`, `Color.RED`), or by an integer value. */
export function enumMember(type: EnumType, value: Given): EnumMember | undefined {
  if (value instanceof EnumMember) return value.type === type.name ? value : undefined;
  if (typeof value === 'string') {
    const prefix = `${type.name}.`;
    const name = value.startsWith(prefix) ? value.slice(prefix.length) : value;
    return type.members.find((member) => member.name === name);
  }
  return isInteger(value as Scalar)
    ? type.members.find(
        (member) => isInteger(member.value as Scalar) && Number(member.value) === Number(value),
      )
    : undefined;
}

/**
 * A value as a leaf of a declared type, with OmegaConf's conversions: `'30'` becomes the int 30, `'yes'` the
 * boolean true, 3 the float 3.0, `'RED'` the member; a float is never cut to an int, a list never a text.
 * Throws `ConfigProblem` (`validation`) for what does not fit.
 */
export function convertLeaf(type: TypeRef, value: Given): Scalar {
  if (value === null) {
    if (type.optional) return null;
    throw new ConfigProblem('validation', `the value must not be null: the type is ${typeText(type)}`);
  }
  switch (type.kind) {
    case 'any':
      if (!isLeaf(value)) refuse(value, type);
      return value;
    case 'str':
      if (!isLeaf(value) || value instanceof Bytes) refuse(value, type);
      return scalarText(value);
    case 'int': {
      if (isInteger(value)) return value;
      const number = typeof value === 'string' ? intFromText(value) : undefined;
      return number ?? refuse(value, type);
    }
    case 'float': {
      if (isFloat(value)) return value;
      if (isInteger(value)) return float(toNumber(value));
      const number = typeof value === 'string' ? floatFromText(value) : undefined;
      return number === undefined ? refuse(value, type) : float(number);
    }
    case 'bool': {
      if (typeof value === 'boolean') return value;
      if (isInteger(value)) return Number(value) !== 0;
      if (typeof value === 'string') {
        const number = intFromText(value);
        if (number !== undefined) return Number(number) !== 0;
        const word = value.toLowerCase();
        if (['yes', 'y', 'on', 'true'].includes(word)) return true;
        if (['no', 'n', 'off', 'false'].includes(word)) return false;
      }
      return refuse(value, type, 'write true or false');
    }
    case 'bytes':
      return value instanceof Bytes ? value : refuse(value, type);
    case 'path':
      if (value instanceof PathValue) return value;
      return typeof value === 'string' ? new PathValue(normalPath(value)) : refuse(value, type);
    case 'enum': {
      const names = type.of.members.map((member) => member.name).join(', ');
      return enumMember(type.of, value) ?? refuse(value, type, `one of ${names}`);
    }
    case 'union':
      return convertUnion(type, value);
    default:
      return refuse(value, type);
  }
}

/** A union takes only what already is of one of its types: nothing is converted. */
function convertUnion(type: TypeRef & { kind: 'union' }, value: Given): Scalar {
  for (const one of type.of) if (isOfType(one, value)) return value as Scalar;
  return refuse(value, type);
}

/** Whether a value is of a type as it stands. */
export function isOfType(type: TypeRef, value: Given): boolean {
  switch (type.kind) {
    case 'any':
      return isLeaf(value);
    case 'str':
      return typeof value === 'string';
    case 'int':
      return isInteger(value);
    case 'float':
      return isFloat(value);
    case 'bool':
      return typeof value === 'boolean';
    case 'bytes':
      return value instanceof Bytes;
    case 'path':
      return value instanceof PathValue;
    case 'enum':
      return value instanceof EnumMember && value.type === type.of.name;
    default:
      return false;
  }
}
