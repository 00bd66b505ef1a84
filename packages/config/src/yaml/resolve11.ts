import type { Scalar } from '../value/scalar.ts';
import { float, integer } from '../value/scalar.ts';

// PyYAML's implicit resolvers for YAML 1.1, and the one for floats that OmegaConf adds.
const BOOL = /^(?:yes|Yes|YES|no|No|NO|true|True|TRUE|false|False|FALSE|on|On|ON|off|Off|OFF)$/;
const FLOAT =
  /^(?:[-+]?[0-9][0-9_]*\.[0-9_]*(?:[eE][-+][0-9]+)?|\.[0-9][0-9_]*(?:[eE][-+][0-9]+)?|[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\.[0-9_]*|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/;
const MORE_FLOAT =
  /^(?:[-+]?[0-9]+(?:_[0-9]+)*\.[0-9_]*(?:[eE][-+]?[0-9]+)?|[-+]?[0-9]+(?:_[0-9]+)*(?:[eE][-+]?[0-9]+)|\.[0-9]+(?:_[0-9]+)*(?:[eE][-+][0-9]+)?|[-+]?[0-9]+(?:_[0-9]+)*(?::[0-5]?[0-9])+\.[0-9_]*|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/;
const INT =
  /^(?:[-+]?0b[0-1_]+|[-+]?0[0-7_]+|[-+]?(?:0|[1-9][0-9_]*)|[-+]?0x[0-9a-fA-F_]+|[-+]?[1-9][0-9_]*(?::[0-5]?[0-9])+)$/;

/** The tag that a plain scalar gets without being told. */
export type ImplicitTag = 'bool' | 'float' | 'int' | 'merge' | 'null' | 'value' | 'str';

export function implicitTag(text: string): ImplicitTag {
  if (text === '' || text === '~' || text === 'null' || text === 'Null' || text === 'NULL') return 'null';
  const first = text[0]!;
  if ('yYnNtTfFoO'.includes(first)) return BOOL.test(text) ? 'bool' : 'str';
  if (first === '<') return text === '<<' ? 'merge' : 'str';
  if (first === '=') return text === '=' ? 'value' : 'str';
  if ('-+0123456789.'.includes(first)) {
    if (FLOAT.test(text)) return 'float';
    if (INT.test(text)) return 'int';
    if (MORE_FLOAT.test(text)) return 'float';
  }
  return 'str';
}

/** Text as an integer, as PyYAML reads it: octal with a leading 0, `0b`, `0x`, base 60; undefined if it is none. */
export function readInt(text: string): number | bigint | undefined {
  let digits = text.replaceAll('_', '');
  let sign = 1n;
  if (digits.startsWith('-')) sign = -1n;
  if (/^[-+]/.test(digits)) digits = digits.slice(1);
  if (digits === '0') return 0;
  if (/^0b[01]+$/.test(digits) || /^0x[0-9a-fA-F]+$/.test(digits)) return integer(sign * BigInt(digits));
  if (/^0[0-7]+$/.test(digits)) return integer(sign * BigInt(`0o${digits.slice(1)}`));
  if (/^[0-9]+(:[0-9]+)+$/.test(digits))
    return integer(sign * digits.split(':').reduce((total, part) => total * 60n + BigInt(part), 0n));
  if (/^[0-9]+$/.test(digits) && !/^0./.test(digits)) return integer(sign * BigInt(digits));
  return undefined;
}

/** Text as a float, as PyYAML reads it; undefined if it is none. */
export function readFloat(text: string): number | undefined {
  let digits = text.replaceAll('_', '').toLowerCase();
  const sign = digits.startsWith('-') ? -1 : 1;
  if (/^[-+]/.test(digits)) digits = digits.slice(1);
  if (digits === '.inf') return sign * Number.POSITIVE_INFINITY;
  if (digits === '.nan') return Number.NaN;
  if (digits.includes(':'))
    return sign * digits.split(':').reduce((total, part) => total * 60 + Number(part), 0);
  if (digits === 'inf' || digits === 'infinity') return sign * Number.POSITIVE_INFINITY;
  if (digits === 'nan') return Number.NaN;
  if (!/^([0-9]+\.?[0-9]*|\.[0-9]+)(e[-+]?[0-9]+)?$/.test(digits)) return undefined;
  return sign * Number(digits);
}

/** Text as a boolean of YAML 1.1. */
export function readBool(text: string): boolean | undefined {
  const lower = text.toLowerCase();
  if (['yes', 'true', 'on'].includes(lower)) return true;
  if (['no', 'false', 'off'].includes(lower)) return false;
  return undefined;
}

/** A plain scalar by OmegaConf's rules; undefined for `<<` and `=`, which are no values. */
export function resolve11(text: string): Scalar | undefined {
  switch (implicitTag(text)) {
    case 'null':
      return null;
    case 'bool':
      return readBool(text)!;
    case 'int':
      return readInt(text) ?? text;
    case 'float': {
      const value = readFloat(text);
      return value === undefined ? text : float(value);
    }
    case 'str':
      return text;
    default:
      return undefined;
  }
}
