import { wordProblem } from '../override/parse.ts';
import { itemText, keyText } from '../override/text.ts';
import type { Glob, Item, Override, RangeSweep, Sweep } from '../override/types.ts';
import { isSweep } from '../override/types.ts';
import { ConfigProblem } from '../problem/problem.ts';
import { float, integer, isInteger, toNumber } from '../value/scalar.ts';
import { addDecimal, compareDecimal, decimalOf, numberOf } from './decimal.ts';

/** Most values that one sweep may have. */
const MAX_VALUES = 100_000;

function shuffled<T>(list: T[], random: () => number): T[] {
  const items = [...list];
  for (let index = items.length - 1; index > 0; index--) {
    const other = Math.floor(random() * (index + 1));
    [items[index], items[other]] = [items[other]!, items[index]!];
  }
  return items;
}

/** The values of a range: integers if all its numbers are, otherwise floats without rounding errors piling up. */
function rangeValues({ start, stop, step }: RangeSweep): Item[] {
  const numbers = [start, stop, step].map((one) => toNumber(one as number));
  const [, , by] = numbers as [number, number, number];
  if (!numbers.every(Number.isFinite) || by === 0)
    throw new ConfigProblem(
      'override-syntax',
      `the range from ${numbers[0]} to ${numbers[1]} by ${by} has no end`,
    );
  const values: Item[] = [];
  const whole = [start, stop, step].every((one) => isInteger(one));
  const full = () => {
    if (values.length > MAX_VALUES)
      throw new ConfigProblem('limit', `the range has more than ${MAX_VALUES} values`);
  };
  if (whole) {
    const [from, to, each] = [start, stop, step].map((one) => BigInt(one as number)) as [
      bigint,
      bigint,
      bigint,
    ];
    for (let at = from; each > 0n ? at < to : at > to; at += each) {
      values.push(integer(at));
      full();
    }
    return values;
  }
  const [first, last, each] = numbers.map(decimalOf) as [
    ReturnType<typeof decimalOf>,
    ReturnType<typeof decimalOf>,
    ReturnType<typeof decimalOf>,
  ];
  for (
    let at = first;
    by > 0 ? compareDecimal(at, last) < 0 : compareDecimal(at, last) > 0;
    at = addDecimal(at, each)
  ) {
    values.push(float(numberOf(at)));
    full();
  }
  return values;
}

/** A glob over option names: `*`, `?`, `[abc]`, where `*` also matches `/`. */
function globRule(glob: string): RegExp {
  const rule = glob.replace(/\[!?[^\]]+\]|[\\^$.|?*+()[\]{}]/g, (part) => {
    if (part === '*') return '.*';
    if (part === '?') return '.';
    if (part.length > 1 && part.startsWith('['))
      return `[${part.slice(1, -1).replace(/^!/, '^').replaceAll('\\', '\\\\')}]`;
    return `\\${part}`;
  });
  return new RegExp(`^${rule}$`, 's');
}

/** The names that a glob chooses. */
export function globNames({ include, exclude }: Glob, names: readonly string[]): string[] {
  const any = (globs: string[]) => {
    const rules = globs.map(globRule);
    return (name: string) => rules.some((rule) => rule.test(name));
  };
  const wanted = any(include);
  const ruledOut = any(exclude);
  return names.filter((name) => wanted(name) && !ruledOut(name));
}

export interface ExpandOptions {
  /** The options of a config group, for `glob`. */
  groupOptions?(group: string): string[];
  random?(): number;
}

/** The values of a sweep. Intervals have none: they are for optimisers. */
export function sweepValues(sweep: Sweep, group: string, options: ExpandOptions = {}): Item[] {
  switch (sweep.sweep) {
    case 'interval':
      throw new ConfigProblem('override-syntax', 'an interval cannot be enumerated', {
        help: 'use range(start,stop,step) or choice(...)',
      });
    case 'glob': {
      const names = options.groupOptions?.(group);
      if (!names) throw new ConfigProblem('override-syntax', 'a glob needs a config folder to choose from');
      return globNames(sweep, names);
    }
    default: {
      const values = sweep.sweep === 'choice' ? sweep.list : rangeValues(sweep);
      return sweep.shuffle ? shuffled(values, options.random ?? Math.random) : values;
    }
  }
}

/** An override as the list of words it stands for: one, or one for each value of its sweep. */
export function expandOverride(override: Override, options: ExpandOptions = {}): string[] {
  const key = keyText(override);
  const { value } = override;
  try {
    if (value === undefined) return [`${key}=null`];
    if (!isSweep(value)) return [`${key}=${itemText(value)}`];
    return sweepValues(value, override.key, options).map((item) => `${key}=${itemText(item)}`);
  } catch (error) {
    if (!(error instanceof ConfigProblem) || error.origin) throw error;
    throw wordProblem(
      error.code === 'limit' ? 'limit' : 'override-syntax',
      error.message,
      override.word,
      override.index,
      override.valueAt,
      error.help,
      override.word.length,
    );
  }
}
