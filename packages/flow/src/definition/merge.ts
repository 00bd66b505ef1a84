import { type Located, pointer } from '../errors/index.ts';
import type { Json } from '../types/json.ts';
import { isMap } from './json.ts';
import { copyPlaces } from './places.ts';

/** A value whose places stand at a pointer of something located. */
export interface Placed {
  value: Json;
  in: Located;
  at: string;
}

/**
 * Lays one value over another: maps key by key, `null` deletes the key, all else is replaced. Places go to
 * `target` of `into`, each from where its value came; `into` is neither of the two.
 */
export function layOver(below: Placed, above: Placed, into: Located, target: string): Json {
  if (!isMap(below.value) || !isMap(above.value)) {
    copyPlaces(above.in, above.at, into, target, above.value);
    return above.value;
  }
  const merged: Record<string, Json> = {};
  const origin = above.in.origins[above.at] ?? below.in.origins[below.at];
  const key = above.in.keyOrigins[above.at] ?? below.in.keyOrigins[below.at];
  for (const [name, value] of Object.entries(below.value)) {
    const step = pointer(name);
    const over = above.value[name];
    if (over === null) continue;
    const one: Placed = { value, in: below.in, at: below.at + step };
    merged[name] =
      over === undefined
        ? placed(one, into, target + step)
        : layOver(one, { value: over, in: above.in, at: above.at + step }, into, target + step);
  }
  for (const [name, value] of Object.entries(above.value)) {
    if (value === null || Object.hasOwn(below.value, name)) continue;
    const step = pointer(name);
    merged[name] = placed({ value, in: above.in, at: above.at + step }, into, target + step);
  }
  if (origin) into.origins[target] = origin;
  if (key) into.keyOrigins[target] = key;
  return merged;
}

function placed(one: Placed, into: Located, target: string): Json {
  copyPlaces(one.in, one.at, into, target, one.value);
  return one.value;
}
