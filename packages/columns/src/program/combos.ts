import type { Labels } from './plans.ts';
import { NOMINAL } from './states.ts';

/** Labels from outside (`{ dataset: 'zz' }`) beside what the part's own labels are. */
export interface Labelled {
  labels: Readonly<Record<string, string>>;
  own: Labels;
}

/** Values of each label, in the order in which parts have them; `nominal` is the first variation. */
export function labelValues(parts: readonly Labelled[], names: readonly string[]): string[][] {
  return names.map((name) => {
    const values = new Set<string>(name === 'variation' ? [NOMINAL] : []);
    for (const part of parts) {
      const given = Object.hasOwn(part.labels, name) ? part.labels[name] : undefined;
      if (given !== undefined) values.add(given);
      for (const [label, own] of part.own) if (label === name) for (const value of own) values.add(value);
    }
    return [...values];
  });
}

/** Every combination of values, the last label fastest. */
export function product(values: readonly (readonly string[])[]): string[][] {
  return values.reduce<string[][]>(
    (all, list) => all.flatMap((before) => list.map((one) => [...before, one])),
    [[]],
  );
}

/**
 * Which of a part's own combinations belongs to these values of the labels; undefined if none does. `repeat`: a
 * variation that was not made is the nominal one.
 */
export function combinationOf(
  part: Labelled,
  names: readonly string[],
  values: readonly string[],
  repeat: boolean,
): number | undefined {
  const wanted = new Map(names.map((name, i) => [name, values[i]!]));
  for (const [name, value] of wanted) {
    if (Object.hasOwn(part.labels, name)) {
      if (part.labels[name] !== value) return undefined;
    } else if (!part.own.some(([label]) => label === name)) {
      if (name !== 'variation') return undefined;
      if (value !== NOMINAL && !repeat) return undefined;
    }
  }
  let index = 0;
  for (const [label, own] of part.own) {
    let at = own.indexOf(wanted.get(label) ?? own[0]!);
    if (at < 0 && label === 'variation' && repeat) at = own.indexOf(NOMINAL);
    if (at < 0) return undefined;
    index = index * own.length + at;
  }
  return index;
}
