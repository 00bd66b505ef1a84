import { Float } from '../value/scalar.ts';
import { scalarText } from '../value/text.ts';
import type { Item, Override } from './types.ts';
import { isSweep, ListExtension, Quoted } from './types.ts';

/** A text with quotes, so that the grammar reads the same text again. */
export function quotedText({ text, quote }: Quoted): string {
  const inner = text.replace(/\\*$/, (slashes) => slashes + slashes);
  const escaped = inner.replace(
    new RegExp(`(\\\\*)${quote}`, 'g'),
    (_, slashes: string) => `${slashes}${slashes}\\${quote}`,
  );
  return `${quote}${escaped}${quote}`;
}

/** Unquoted text with what is special in the grammar escaped. */
function escapedText(text: string): string {
  return text.replace(/[\\()[\]{}:=, \t]/g, '\\$&');
}

/** A value as it would be written in an override. */
export function itemText(item: Item): string {
  if (item === null) return 'null';
  if (item instanceof Quoted) return quotedText(item);
  if (item instanceof ListExtension) return `extend_list(${item.items.map(itemText).join(',')})`;
  if (Array.isArray(item)) return `[${item.map(itemText).join(',')}]`;
  if (item instanceof Map)
    return `{${[...item].map(([key, value]) => `${itemText(key)}:${itemText(value)}`).join(',')}}`;
  if (isSweep(item)) return '';
  if (typeof item === 'string') return escapedText(item);
  return item instanceof Float || typeof item !== 'object' ? scalarText(item) : String(item);
}

const PREFIX = { CHANGE: '', EXTEND_LIST: '', ADD: '+', FORCE_ADD: '++', DEL: '~' } as const;

/** The part before `=`, with `+`, `~` and package. */
export function keyText({ type, key, package: inPackage }: Override): string {
  return `${PREFIX[type]}${key}${inPackage === undefined ? '' : `@${inPackage}`}`;
}
