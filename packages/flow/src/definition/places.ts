import { type Located, pointer } from '../errors/index.ts';
import type { Json } from '../types/json.ts';

/** Copies the places of a value and of all in it, from one pointer to another. */
export function copyPlaces(from: Located, at: string, to: Located, target: string, value: Json): void {
  const origin = Object.hasOwn(from.origins, at) ? from.origins[at] : undefined;
  if (origin) to.origins[target] = origin;
  const key = Object.hasOwn(from.keyOrigins, at) ? from.keyOrigins[at] : undefined;
  if (key) to.keyOrigins[target] = key;
  if (value === null || typeof value !== 'object') return;
  for (const [name, child] of Object.entries(value)) {
    const step = pointer(name);
    copyPlaces(from, at + step, to, target + step, child);
  }
}

/** Forgets the places of a value and of all in it. */
export function dropPlaces(located: Located, at: string, value: Json): void {
  delete located.origins[at];
  delete located.keyOrigins[at];
  if (value === null || typeof value !== 'object') return;
  for (const [name, child] of Object.entries(value)) dropPlaces(located, at + pointer(name), child);
}

/** Room for places. */
export function noPlaces(sources: Record<string, string> = {}): Located {
  return { origins: {}, keyOrigins: {}, sources };
}
