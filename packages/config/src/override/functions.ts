import { ConfigProblem } from '../problem/problem.ts';
import { floatFromText, intFromText } from '../tree/convert.ts';
import type { Scalar } from '../value/scalar.ts';
import { Float, float, integer, isFloat, isInteger, toNumber } from '../value/scalar.ts';
import { scalarText, typeName } from '../value/text.ts';
import type { ChoiceSweep, IntervalSweep, Item, RangeSweep, Sweep } from './types.ts';
import { isSweep, ListExtension, Quoted } from './types.ts';

function fail(message: string, help?: string): never {
  throw new ConfigProblem('override-syntax', message, { help });
}

type Arguments = { args: Item[]; named: Map<string, Item> };

const unquote = (item: Item): Item => (item instanceof Quoted ? item.text : item);
const isNumber = (item: Item | undefined): item is number | bigint | Float =>
  isInteger(item as Scalar) || isFloat(item as Scalar);
const isPrimitive = (item: Item): item is Exclude<Scalar, null> =>
  isNumber(item) || typeof item === 'boolean' || typeof item === 'string';
const nameOf = (item: Item): string =>
  isSweep(item) ? item.sweep : item instanceof ListExtension ? 'extend_list' : typeName(item);
const choice = (list: Item[], simple: boolean): ChoiceSweep => ({
  sweep: 'choice',
  list,
  simple,
  shuffle: false,
  tags: [],
});

/** Binds arguments to parameter names, as Python does. */
function bind({ args, named }: Arguments, names: string[], required: number): (Item | undefined)[] {
  if (args.length > names.length) fail(`takes at most ${names.length} values`);
  const bound: (Item | undefined)[] = names.map((name, index) => {
    if (index < args.length && named.has(name)) fail(`'${name}' is given twice`);
    return index < args.length ? args[index] : named.get(name);
  });
  for (const name of named.keys())
    if (!names.includes(name)) fail(`has no parameter '${name}'`, `it has ${names.join(', ')}`);
  for (let index = 0; index < required; index++)
    if (bound[index] === undefined) fail(`needs '${names[index]}'`);
  return bound;
}

/** Positional values, after those of known names are taken out. */
function variadic({ named }: Arguments, names: string[]): Record<string, Item | undefined> {
  for (const name of named.keys()) if (!names.includes(name)) fail(`has no parameter '${name}'`);
  return Object.fromEntries(names.map((name) => [name, named.get(name)]));
}

type Cast = (item: Item) => Item;

function castInt(item: Item): Item {
  if (item instanceof Float || typeof item === 'number') {
    const value = toNumber(item as number | Float);
    if (!Number.isFinite(value)) fail(`cannot make an integer of ${scalarText(value)}`);
    return integer(BigInt(Math.trunc(value)));
  }
  if (typeof item === 'bigint') return item;
  if (typeof item === 'boolean') return item ? 1 : 0;
  if (typeof item === 'string') return intFromText(item) ?? fail(`'${item}' is not an integer`);
  return fail(`cannot cast ${nameOf(item)}`);
}
function castFloat(item: Item): Item {
  if (isNumber(item)) return float(toNumber(item));
  if (typeof item === 'boolean') return float(item ? 1 : 0);
  if (typeof item === 'string') {
    const value = floatFromText(item);
    return value === undefined ? fail(`'${item}' is not a number`) : float(value);
  }
  return fail(`cannot cast ${nameOf(item)}`);
}
function castText(item: Item): Item {
  if (typeof item === 'boolean') return String(item);
  if (isPrimitive(item)) return scalarText(item);
  return fail(`cannot cast ${nameOf(item)}`);
}
function castBool(item: Item): Item {
  if (typeof item === 'string') {
    const word = item.toLowerCase();
    if (word === 'true' || word === 'false') return word === 'true';
    return fail(`'${item}' is not a boolean`, 'write true or false');
  }
  if (item === null) return false;
  return isNumber(item) ? toNumber(item) !== 0 : Boolean(item);
}

function cast(leaf: Cast, name: string, item: Item): Item {
  const each: Cast = (one) => cast(leaf, name, one);
  if (item instanceof Quoted) return each(item.text);
  if (item instanceof Map) return new Map([...item].map(([key, value]) => [key, each(value)]));
  if (Array.isArray(item)) return item.map(each);
  if (isSweep(item))
    switch (item.sweep) {
      case 'choice':
        return choice(item.list.map(each), item.simple);
      case 'range':
        if (name !== 'int' && name !== 'float') fail('a range can only be cast to int or float');
        return {
          sweep: 'range',
          start: each(item.start) as Scalar,
          stop: each(item.stop) as Scalar,
          step: each(item.step) as Scalar,
          shuffle: false,
          tags: [],
        };
      case 'interval':
        if (name !== 'int' && name !== 'float') fail(`an interval cannot be cast to ${name}`);
        return {
          sweep: 'interval',
          start: each(item.start) as Scalar,
          end: each(item.end) as Scalar,
          tags: [...item.tags],
        };
      default:
        fail('a glob cannot be cast');
    }
  if (item === null && name !== 'bool') fail('null cannot be cast');
  return leaf(item);
}

const castFunction =
  (leaf: Cast, name: string) =>
  (given: Arguments): Item => {
    const { value } = variadic(given, ['value']);
    if (value !== undefined && given.args.length > 0) fail('takes a value either by position or by name');
    if (value !== undefined) return cast(leaf, name, value);
    if (given.args.length === 0) fail('needs a value');
    return cast(leaf, name, given.args.length === 1 ? given.args[0]! : choice(given.args, true));
  };

/** Python's order of values; only like ones can be compared. */
function compare(a: Item, b: Item): number {
  const left = unquote(a);
  const right = unquote(b);
  if (typeof left === 'string' && typeof right === 'string') return left < right ? -1 : left > right ? 1 : 0;
  const number = (item: Item) =>
    typeof item === 'boolean' ? Number(item) : isNumber(item) ? toNumber(item) : undefined;
  const x = number(left);
  const y = number(right);
  if (x !== undefined && y !== undefined) return x - y;
  if (Array.isArray(left) && Array.isArray(right)) {
    for (let index = 0; index < Math.min(left.length, right.length); index++) {
      const order = compare(left[index]!, right[index]!);
      if (order !== 0) return order;
    }
    return left.length - right.length;
  }
  return fail(`cannot order ${nameOf(left)} and ${nameOf(right)}`);
}

function sorted(list: Item[], reverse: boolean): Item[] {
  if (hasQuoted(list) && list.length > 1) fail('quoted texts cannot be ordered');
  const order = [...list].sort((a, b) => (reverse ? compare(b, a) : compare(a, b)));
  return order;
}
const hasQuoted = (list: Item[]): boolean => list.some((item) => item instanceof Quoted);

function sortSweep(sweep: Sweep, reverse: boolean): Sweep {
  if (sweep.sweep === 'choice') return { ...sweep, list: sorted(sweep.list, reverse) };
  if (sweep.sweep !== 'range') return fail(`cannot sort ${sweep.sweep}`);
  const [start, stop, step] = [sweep.start, sweep.stop, sweep.step].map((one) => toNumber(one as number)) as [
    number,
    number,
    number,
  ];
  const whole = [sweep.start, sweep.stop, sweep.step].every((one) => isInteger(one));
  const number = (value: number) => (whole ? value : float(value));
  const turned = reverse ? start < stop : start > stop;
  if (!turned) return { ...sweep };
  const shift = reverse ? -Math.abs(step) : Math.abs(step);
  return {
    ...sweep,
    start: number(stop + shift),
    stop: number(start + shift),
    step: whole ? -step : float(-step),
  };
}

function shuffled<T>(list: T[]): T[] {
  const items = [...list];
  for (let index = items.length - 1; index > 0; index--) {
    const other = Math.floor(Math.random() * (index + 1));
    [items[index], items[other]] = [items[other]!, items[index]!];
  }
  return items;
}

const FUNCTIONS: Record<string, (given: Arguments) => Item> = {
  int: castFunction(castInt, 'int'),
  float: castFunction(castFloat, 'float'),
  str: castFunction(castText, 'str'),
  bool: castFunction(castBool, 'bool'),

  choice(given) {
    variadic(given, []);
    const [first] = given.args;
    if (given.args.length === 0) fail('needs at least one value');
    if (given.args.length === 1 && isSweep(first)) {
      if (first.sweep === 'choice' && first.simple) return { ...first, simple: false };
      fail('choices cannot be nested');
    }
    for (const arg of given.args)
      if (arg === null || (isSweep(arg) && arg.sweep !== 'choice')) fail(`cannot take ${nameOf(arg)}`);
    return choice(given.args, false);
  },

  range(given) {
    let [start, stop, step] = bind(given, ['start', 'stop', 'step'], 1);
    for (const one of [start, stop, step])
      if (one !== undefined && !isNumber(one)) fail('takes numbers only');
    if (stop === undefined) [start, stop] = [0, start];
    step ??= 1;
    return {
      sweep: 'range',
      start: start as Scalar,
      stop: stop as Scalar,
      step: step as Scalar,
      shuffle: false,
      tags: [],
    } satisfies RangeSweep;
  },

  interval(given) {
    const [start, end] = bind(given, ['start', 'end'], 2);
    if (!isNumber(start) || !isNumber(end)) return fail('takes numbers only');
    return {
      sweep: 'interval',
      start: float(toNumber(start)),
      end: float(toNumber(end)),
      tags: [],
    } satisfies IntervalSweep;
  },

  tag(given) {
    const { sweep } = variadic(given, ['sweep']);
    if (given.args.length < 1) fail('needs a sweep');
    const args = sweep === undefined ? given.args : [...given.args, sweep];
    const last = args.at(-1)!;
    if (!isSweep(last) || last.sweep === 'glob')
      return fail('the last value must be a choice, a range or an interval');
    const tags = args
      .slice(0, -1)
      .map((one) => (typeof one === 'string' ? one : fail(`a tag is text, not ${nameOf(one)}`)));
    return { ...last, tags: [...new Set(tags)].sort() };
  },

  shuffle(given) {
    const { sweep, list } = variadic(given, ['sweep', 'list']);
    const args = list !== undefined ? [list] : sweep !== undefined ? [sweep] : given.args;
    if (args.length !== 1) {
      for (const arg of args) if (arg === null || isSweep(arg)) fail(`cannot take ${nameOf(arg)}`);
      return { ...choice(args, true), shuffle: true };
    }
    const [only] = args as [Item];
    if (isSweep(only)) {
      if (only.sweep === 'choice' || only.sweep === 'range') return { ...only, shuffle: true };
      fail(`cannot shuffle ${only.sweep}`);
    }
    if (only === null) fail('cannot take null');
    return Array.isArray(only) ? shuffled(only) : [only];
  },

  sort(given) {
    const { sweep, list, reverse: backwards } = variadic(given, ['sweep', 'list', 'reverse']);
    if (backwards !== undefined && typeof backwards !== 'boolean') fail('reverse must be true or false');
    const reverse = backwards === true;
    const args = list !== undefined ? [list] : sweep !== undefined ? [sweep] : given.args;
    if (args.length === 0) fail('needs something to sort');
    if (args.length > 1) {
      for (const arg of args) if (!isPrimitive(arg)) fail(`cannot sort ${nameOf(arg)}`);
      return sortSweep(choice(args, true), reverse);
    }
    const [only] = args as [Item];
    if (isSweep(only)) return sortSweep(only, reverse);
    if (only === null) fail('cannot take null');
    return Array.isArray(only) ? sorted(only, reverse) : only;
  },

  glob(given) {
    const [include, exclude] = bind(given, ['include', 'exclude'], 1);
    const texts = (item: Item | undefined): string[] => {
      if (item === undefined || item === null) return [];
      const list = (Array.isArray(item) ? item : [item]).map(unquote);
      return list.map((one) => (typeof one === 'string' ? one : fail(`takes texts, not ${nameOf(one)}`)));
    };
    return { sweep: 'glob', include: texts(include), exclude: texts(exclude) };
  },

  extend_list(given) {
    variadic(given, []);
    for (const arg of given.args) if (isSweep(arg)) fail(`cannot take ${nameOf(arg)}`);
    return new ListExtension(given.args);
  },

  json_str(given) {
    const { value } = variadic(given, ['value']);
    if (value !== undefined && given.args.length > 0) fail('takes a value either by position or by name');
    const args = value !== undefined ? [value] : given.args;
    if (args.length === 0) fail('needs a value');
    const text = (item: Item): Item => {
      if (!isSweep(item)) return jsonText(item);
      if (item.sweep !== 'choice') fail(`cannot take ${item.sweep}`);
      return choice(item.list.map(text), item.simple);
    };
    return text(args.length === 1 ? args[0]! : choice(args, true));
  },
};

/** JSON as Python writes it: a space after comma and colon, `NaN` and `Infinity` by name. */
function jsonText(item: Item): string {
  const value = unquote(item);
  if (Array.isArray(value)) return `[${value.map(jsonText).join(', ')}]`;
  if (value instanceof Map)
    return `{${[...value].map(([key, one]) => `${jsonString(jsonKey(unquote(key)))}: ${jsonText(one)}`).join(', ')}}`;
  if (typeof value === 'string') return jsonString(value);
  if (isSweep(value) || value instanceof ListExtension) return fail('cannot take a sweep');
  if (isFloat(value)) {
    const number = toNumber(value);
    if (Number.isNaN(number)) return 'NaN';
    if (!Number.isFinite(number)) return number > 0 ? 'Infinity' : '-Infinity';
  }
  return value === null || typeof value === 'boolean' ? String(value) : scalarText(value);
}

const jsonKey = (key: Item): string =>
  key === null || typeof key === 'boolean' ? String(key) : scalarText(key);

/** A text in quotes, everything beyond ASCII escaped. */
const jsonString = (text: string): string =>
  JSON.stringify(text).replace(
    /[\u007f-\uffff]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );

/** The functions that a value may call. */
export const FUNCTION_NAMES: string[] = Object.keys(FUNCTIONS);

/** The value of a function call in an override. Throws `ConfigProblem` without a place. */
export function callFunction(name: string, args: Item[], named: Map<string, Item>): Item {
  const values = new Map([...named].map(([key, item]) => [key, unquote(item)]));
  return FUNCTIONS[name]!({
    args: args.map((arg) => (name === 'extend_list' || name === 'json_str' ? arg : unquote(arg))),
    named: values,
  });
}
