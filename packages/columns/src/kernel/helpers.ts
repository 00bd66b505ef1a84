import { circularIndex, integerIndex, variableIndex } from '../hist/index.ts';
import { textLength } from '../interpret/apply.ts';
import { ELEMENTARY } from '../maths/elementary.ts';
import * as float from '../maths/float.ts';
import * as integer from '../maths/integer.ts';
import { COSINE, sinCos } from '../maths/trig.ts';

/** Number of choices of k out of n. */
function choices(n: number, k: number): number {
  if (k > n) return 0;
  let result = 1;
  for (let i = 0; i < k; i++) result = (result * (n - i)) / (i + 1);
  return Math.round(result);
}

/** Member `member` of choice number `at` of k out of n, in lexicographic order; 0 if there is no such choice. */
function choiceMember(n: number, k: number, member: number, at: number): number {
  let rest = at;
  let i = 0;
  for (let m = 0; i < n; m++, i++) {
    for (; i < n; i++) {
      const many = choices(n - 1 - i, k - 1 - m);
      if (rest < many) break;
      rest -= many;
    }
    if (m === member) return i;
  }
  return 0;
}

/** Room for `size` elements: the array itself or a larger one. What it held is lost. */
function room<T extends Int32Array | Float64Array>(array: T, size: number): T {
  if (array.length >= size) return array;
  return new (array.constructor as new (length: number) => T)(Math.max(size, array.length * 2));
}

type Key = number | bigint | string | boolean;

/**
 * Sorts places by their keys, stable: NaN (rank 1), then missing ones (rank 2), last. `length` places from 0 on are
 * written to `order`.
 */
function sortPlaces(
  order: Int32Array,
  keys: Key[],
  ranks: Uint8Array | number[],
  length: number,
  ascending: boolean,
): void {
  const places = Array.from({ length }, (_, i) => i);
  const sign = ascending ? 1 : -1;
  places.sort((x, y) => {
    const rank = ranks[x]! - ranks[y]!;
    if (rank !== 0 || ranks[x]! > 0) return rank;
    const [a, b] = [keys[x]!, keys[y]!];
    return a < b ? -sign : a > b ? sign : 0;
  });
  for (let i = 0; i < length; i++) order[i] = places[i]!;
}

/** Everything that generated code may call, by the name that it uses. */
export const HELPERS: Readonly<Record<string, unknown>> = {
  ...ELEMENTARY,
  ...float,
  ...integer,
  COSINE,
  sinCos,
  textLength,
  variableIndex,
  circularIndex,
  integerIndex,
  choices,
  choiceMember,
  room,
  sortPlaces,
};
