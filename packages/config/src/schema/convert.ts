import type { PlainJson } from '../origin/types.ts';
import { floatFromText, intFromText } from '../tree/convert.ts';
import type { JsonType } from './types.ts';

/** The JSON types that a value has; an integer is a number too. */
export function jsonTypes(value: PlainJson): JsonType[] {
  if (value === null) return ['null'];
  if (Array.isArray(value)) return ['array'];
  switch (typeof value) {
    case 'boolean':
      return ['boolean'];
    case 'string':
      return ['string'];
    case 'number':
      return Number.isInteger(value) ? ['integer', 'number'] : ['number'];
    default:
      return ['object'];
  }
}

/** What a value is called in messages. */
export function describeJson(value: PlainJson): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'a map';
  const text = typeof value === 'string' ? `'${value}'` : String(value);
  return text.length > 40 ? `${text.slice(0, 37)}...` : text;
}

/** What a type is called in messages. */
export const TYPE_NAMES: Record<JsonType, string> = {
  null: 'null',
  boolean: 'true or false',
  integer: 'an integer',
  number: 'a number',
  string: 'text',
  array: 'a list',
  object: 'a map',
};

/**
 * A leaf as one of the wanted types, with OmegaConf's conversions: `'30'` is an integer, `'yes'` a boolean, 30 a
 * text where text is wanted. Undefined where none applies; containers and null are never converted.
 */
export function convertJson(value: PlainJson, wanted: readonly JsonType[]): PlainJson | undefined {
  if (value === null || typeof value === 'object') return undefined;
  for (const type of wanted) {
    if (type === 'integer' && typeof value === 'string') {
      const number = intFromText(value);
      if (number !== undefined) return Number(number);
    }
    if (type === 'number' && typeof value === 'string') {
      const number = floatFromText(value);
      if (number !== undefined) return number;
    }
    if (type === 'boolean') {
      if (typeof value === 'number' && Number.isInteger(value)) return value !== 0;
      if (typeof value === 'string') {
        const word = value.toLowerCase();
        if (['yes', 'y', 'on', 'true', '1'].includes(word)) return true;
        if (['no', 'n', 'off', 'false', '0'].includes(word)) return false;
      }
    }
    if (type === 'string') return value === true ? 'True' : value === false ? 'False' : String(value);
  }
  return undefined;
}
