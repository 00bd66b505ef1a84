import { Bytes, EnumMember, Float, PathValue } from './scalar.ts';

/** A float as Python writes it: `1.0`, `1e-05`, `1e+16`, `inf`. */
export function floatText(value: number): string {
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf';
  if (value === 0) return Object.is(value, -0) ? '-0.0' : '0.0';
  const [digits, power] = value.toExponential().split('e') as [string, string];
  const exponent = Number(power);
  if (exponent < -4 || exponent >= 16)
    return `${digits}e${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`;
  if (exponent >= 0) {
    const text = String(value);
    return text.includes('.') ? text : `${text}.0`;
  }
  const bare = digits.replace('-', '').replace('.', '');
  return `${value < 0 ? '-' : ''}0.${'0'.repeat(-exponent - 1)}${bare}`;
}

const NAMED: Record<string, string> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' };

function quote(text: string): string {
  const mark = text.includes("'") && !text.includes('"') ? '"' : "'";
  let out = mark;
  for (const char of text) {
    const code = char.codePointAt(0)!;
    if (char === mark) out += `\\${char}`;
    else if (NAMED[char]) out += NAMED[char];
    else if (code < 0x20 || (code >= 0x7f && code < 0xa0)) out += `\\x${code.toString(16).padStart(2, '0')}`;
    else out += char;
  }
  return out + mark;
}

function bytesText(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return `b${quote(text).replace(/[\u0080-\u00ff]/g, (char) => `\\x${char.charCodeAt(0).toString(16)}`)}`;
}

/** A value inside a list or map, as Python writes it: texts in quotes. */
export function reprText(value: unknown): string {
  if (typeof value === 'string') return quote(value);
  if (Array.isArray(value)) return `[${value.map(reprText).join(', ')}]`;
  if (value instanceof Map)
    return `{${[...value].map(([key, item]) => `${reprText(key)}: ${reprText(item)}`).join(', ')}}`;
  if (value instanceof EnumMember) return `<${value.type}.${value.name}: ${reprText(value.value)}>`;
  if (value instanceof PathValue) return `PosixPath(${quote(value.path)})`;
  return scalarText(value);
}

/**
 * A value pasted into text, as OmegaConf does it: `True`, `None`, `1.0`, `[1, 'a']`. It is also how our
 * expressions write them, so a pasted value means the same there.
 */
export function scalarText(value: unknown): string {
  if (value === null || value === undefined) return 'None';
  if (value === true) return 'True';
  if (value === false) return 'False';
  if (value instanceof Float) return floatText(value.value);
  if (typeof value === 'number') return Number.isInteger(value) ? String(BigInt(value)) : floatText(value);
  if (value instanceof PathValue) return value.path;
  if (value instanceof EnumMember) return `${value.type}.${value.name}`;
  if (value instanceof Bytes) return bytesText(value.bytes);
  if (Array.isArray(value) || value instanceof Map) return reprText(value);
  return String(value);
}

/** The name of a value's type, as messages and the `typeof` of resolvers say it. */
export function typeName(value: unknown): string {
  if (value === null || value === undefined) return 'null';
  if (typeof value === 'boolean') return 'bool';
  if (typeof value === 'string') return 'str';
  if (typeof value === 'bigint') return 'int';
  if (typeof value === 'number') return Number.isInteger(value) ? 'int' : 'float';
  if (value instanceof Float) return 'float';
  if (value instanceof Bytes) return 'bytes';
  if (value instanceof PathValue) return 'Path';
  if (value instanceof EnumMember) return value.type;
  if (Array.isArray(value)) return 'list';
  return 'dict';
}
