import type { Json } from '../../../types/json.ts';

/** Longest line of a map or list in one line. */
const WIDTH = 100;

/** Plain scalars that YAML 1.1 or 1.2 would not take for a text. */
const SPECIAL = /^(?:~|null|true|false|yes|no|on|off|y|n|[-+]?[.\d].*|0[xob].*|[-+]?\.(?:inf|nan)|)$/i;

/** A text as a YAML scalar: plain where that is safe in block and flow style, else quoted. */
export function scalar(text: string): string {
  const safe =
    !SPECIAL.test(text) &&
    /^[\p{L}_/(]/u.test(text) &&
    !/[\n\t"'#{}[\],&*!|>%@`]|: |:$|\s$|^\s| #/.test(text);
  if (safe) return text;
  return /[\n\t\\]/.test(text) || text.includes("'") ? JSON.stringify(text) : `'${text}'`;
}

/** A value in one line. */
export function flow(value: Json): string {
  if (typeof value === 'string') return scalar(value);
  if (value === null || typeof value !== 'object') return String(value);
  if (Array.isArray(value)) return `[${value.map(flow).join(', ')}]`;
  return `{${Object.entries(value)
    .map(([key, one]) => `${scalar(key)}: ${flow(one)}`)
    .join(', ')}}`;
}

/** A value as lines below a key: in one line where that is short, maps and long lists in block style. */
export function block(key: string, value: Json, indent: string): string[] {
  const line = `${indent}${scalar(key)}: ${flow(value)}`;
  const container = value !== null && typeof value === 'object' && Object.keys(value).length > 0;
  if (!container || line.length <= WIDTH) return [line];
  const inner = `${indent}  `;
  if (!Array.isArray(value))
    return [
      `${indent}${scalar(key)}:`,
      ...Object.entries(value).flatMap(([name, one]) => block(name, one, inner)),
    ];
  return [`${indent}${scalar(key)}:`, ...value.map((item) => `${inner}- ${flow(item)}`)];
}
