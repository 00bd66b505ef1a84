/** The resolvers that every vector may use. */
import {
  type Call,
  type Container,
  dereference,
  isContainer,
  type ResolveContext,
  type Resolver,
  resolveContext,
  scalarText,
  typeName,
  type Value,
} from '@fasthep/config';

const isNode = (value: unknown): value is Container =>
  typeof value === 'object' && value !== null && 'kind' in value && 'content' in value;
const size = (value: Value): number => {
  if (typeof value === 'string') return [...value].length;
  if (Array.isArray(value)) return value.length;
  if (value instanceof Map) return value.size;
  if (isNode(value) && isContainer(value))
    return Array.isArray(value.content)
      ? value.content.length
      : value.content instanceof Map
        ? value.content.size
        : 0;
  throw new TypeError('object has no length');
};
const number = (value: Value): number => {
  if (typeof value === 'object' && value !== null && 'value' in value && typeof value.value === 'number')
    return value.value;
  if (typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean')
    return Number(value);
  throw new TypeError('not a number');
};
const text = (value: Value) => scalarText(value);
const count = ({ args }: Call, least: number, most = least) => {
  if (args.length < least || args.length > most) throw new TypeError(`takes ${least} arguments`);
};

export function vectorContext(env: Record<string, string | undefined>): ResolveContext {
  let counter = 0;
  let cached = 0;
  const identity: Resolver = { call: ({ args }) => (args.length === 1 ? args[0]! : [...args]) };
  const resolvers: Record<string, Resolver> = {
    test: identity,
    identity,
    copy: { call: (call) => (count(call, 1), call.args[0]!) },
    first: {
      call: (call) => {
        count(call, 1);
        const [value] = call.args;
        if (Array.isArray(value)) return value[0] ?? null;
        if (typeof value === 'string') return value[0]!;
        if (isNode(value) && Array.isArray(value.content))
          return dereference(value.content[0]!, call.context) as Value;
        if (isNode(value) && value.content instanceof Map) return [...value.content.keys()][0] as Value;
        if (value instanceof Map) return [...value.keys()][0] as Value;
        throw new TypeError('not iterable');
      },
    },
    join: { call: ({ args }) => args.slice(1).map(text).join(text(args[0]!)) },
    sum: { call: ({ args }) => args.reduce<number>((total, one) => total + number(one), 0) },
    mul: {
      call: (call) => {
        count(call, 2);
        const [a, b] = call.args as [Value, Value];
        if (typeof a === 'string' && typeof b === 'number') return a.repeat(b);
        if (typeof b === 'string' && typeof a === 'number') return b.repeat(a);
        return number(a) * number(b);
      },
    },
    upper: {
      call: (call) => {
        count(call, 1);
        if (typeof call.args[0] !== 'string') throw new TypeError('not a text');
        return call.args[0].toUpperCase();
      },
    },
    len: { call: (call) => (count(call, 1), size(call.args[0]!)) },
    'ns.sub.f': { call: (call) => (count(call, 1), `ns(${text(call.args[0]!)})`) },
    concat: { call: ({ args }) => args.map(text).join('') },
    typeof: {
      call: (call) => {
        count(call, 1);
        const [value] = call.args;
        return isNode(value) ? (value.kind === 'list' ? 'list' : 'dict') : typeName(value);
      },
    },
    default_arg: { call: (call) => (count(call, 1, 2), [call.args[0]!, call.args[1] ?? 7]) },
    mkdict: {
      call: (call) => (
        count(call, 1),
        new Map<string, Value>([
          ['k', call.args[0]!],
          ['nested', new Map([['v', '${..k}']])],
        ])
      ),
    },
    mklist: { call: ({ args }) => [...args] },
    boom: {
      call: () => {
        throw new Error('boom');
      },
    },
    counter: { call: () => ++counter },
    cached_counter: { call: () => ++cached, cache: true },
    n_siblings: { call: ({ parent }) => size(parent) },
    root_len: { call: ({ root }) => size(root) },
  };
  return resolveContext({ resolvers, env, expressions: false });
}
