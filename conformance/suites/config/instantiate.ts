/** The recorder targets of the instantiate vectors, and how their results are written. */
import * as config from '@fasthep/config';
import { encode, encodeEntries, type Json } from './codec.ts';

class Recorded {
  readonly name: string;
  readonly args: readonly unknown[];
  readonly named: Readonly<Record<string, unknown>>;
  constructor(name: string, args: readonly unknown[], named: Readonly<Record<string, unknown>>) {
    this.name = name;
    this.args = args;
    this.named = named;
  }
}

/** Binds arguments as Python does; parameters without a default must be given. */
function bind(
  names: string[],
  defaults: Record<string, unknown>,
  args: readonly unknown[],
  named: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  if (args.length > names.length) throw new TypeError('too many arguments');
  const bound: Record<string, unknown> = {};
  for (const [index, name] of names.entries()) {
    if (index < args.length) {
      if (Object.hasOwn(named, name)) throw new TypeError(`'${name}' is given twice`);
      bound[name] = args[index];
    } else if (Object.hasOwn(named, name)) bound[name] = named[name];
    else if (Object.hasOwn(defaults, name)) bound[name] = defaults[name];
    else throw new TypeError(`'${name}' is missing`);
  }
  for (const name of Object.keys(named))
    if (!names.includes(name)) throw new TypeError(`no argument '${name}'`);
  return bound;
}

const number = (value: unknown): number => {
  if (typeof value === 'number') return value;
  if (value instanceof config.Float) return value.value;
  throw new TypeError('not a number');
};
const kind = (value: unknown): string => {
  if (value instanceof config.MapNode) return 'config-dict';
  if (value instanceof config.ListNode) return 'config-list';
  if (value instanceof Map) return 'plain-dict';
  if (Array.isArray(value)) return 'plain-list';
  if (value instanceof Recorded) return value.name;
  return value === null ? 'NoneType' : config.typeName(value as config.Scalar);
};
const record = (name: string): config.Factory => ({ make: (args, named) => new Recorded(name, args, named) });
const withNames = (name: string, names: string[], defaults: Record<string, unknown>): config.Factory => ({
  make: (args, named) => new Recorded(name, [], bind(names, defaults, args, named)),
});

export const registry: config.Registry = new Map<string, config.Factory>([
  ['vec.Rec', record('Rec')],
  ['vec.Point', withNames('Point', ['x', 'y'], { x: 0, y: 0 })],
  ['vec.Node', withNames('Node', ['value', 'left', 'right'], { left: null, right: null })],
  ['vec.Box.make', { make: (args, named) => new Recorded('Box.make', [bind(['x'], {}, args, named).x], {}) }],
  ['vec.Box.Inner', record('Box.Inner')],
  ['vec.Box', { make: (args, named) => (bind([], {}, args, named), new Recorded('Box', [], {})) }],
  [
    'vec.add',
    {
      make: (args, named) => {
        const { a, b } = bind(['a', 'b'], {}, args, named);
        return number(a) + number(b);
      },
    },
  ],
  [
    'vec.total',
    {
      make: (args, named) => (
        bind([], {}, [], named), args.reduce((sum: number, one) => sum + number(one), 0)
      ),
    },
  ],
  ['vec.identity', { make: (args, named) => bind(['x'], {}, args, named).x }],
  [
    'vec.fail',
    {
      make: () => {
        throw new Error('target failed');
      },
    },
  ],
  ['vec.kind', { make: (args, named) => kind(bind(['x'], {}, args, named).x) }],
  [
    'vec.kinds',
    {
      make: (args, named) => (
        bind([], {}, args, {}), new Map(Object.entries(named).map(([key, value]) => [key, kind(value)]))
      ),
    },
  ],
  ['vec.none', { make: () => null }],
]);

const named = (values: Readonly<Record<string, unknown>>): Json =>
  encodeEntries(Object.entries(values).map(([key, value]) => [key, serialise(value)]));

export function serialise(value: unknown): Json {
  if (value instanceof config.Partial)
    return {
      $partial: value.target.replace(/^vec\./, ''),
      args: value.args.map(serialise),
      kwargs: named(value.named),
    };
  if (value instanceof Recorded)
    return { $obj: value.name, args: value.args.map(serialise), kwargs: named(value.named) };
  if (value instanceof config.MapNode) {
    const { content } = value;
    if (!(content instanceof Map)) return { $cfg: 'dict', value: content };
    return {
      $cfg: 'dict',
      value: encodeEntries(
        [...content].map(([key, child]) => [key, serialise(child.kind === 'value' ? child.value : child)]),
      ),
    };
  }
  if (value instanceof config.ListNode) {
    const items = Array.isArray(value.content) ? value.content : [];
    return { $cfg: 'list', value: items.map((item) => serialise(item.kind === 'value' ? item.value : item)) };
  }
  if (Array.isArray(value)) return value.map(serialise);
  if (value instanceof Map) return encodeEntries([...value].map(([key, item]) => [key, serialise(item)]));
  return encode(value);
}
