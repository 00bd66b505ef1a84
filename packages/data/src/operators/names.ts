import type { Json } from '@fasthep/flow';

/** One name or a list of names, as a list. */
export function names(value: Json): string[] {
  return (Array.isArray(value) ? value : [value]).map(String);
}
