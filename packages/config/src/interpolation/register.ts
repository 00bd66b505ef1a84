import { ConfigProblem } from '../problem/problem.ts';
import { entriesOf, itemsOf } from '../tree/node.ts';
import { Bytes, EnumMember, Float, PathValue } from '../value/scalar.ts';
import { scalarText } from '../value/text.ts';
import { dereference, isNodeValue } from './resolve.ts';
import type { PlainResolver, ResolveContext, Resolver, Value } from './resolvers.ts';
import { Opaque } from './resolvers.ts';

/** A value as plain JavaScript, interpolations followed. */
export function plainValue(value: Value, context: ResolveContext, depth = 0): unknown {
  if (depth > 1000)
    throw new ConfigProblem('interpolation-cycle', 'maps or lists contain each other through interpolations');
  if (isNodeValue(value)) {
    const reached = dereference(value, context);
    if (reached instanceof Opaque) return plainValue(reached.value, context, depth + 1);
    if (reached.kind === 'value') return plainValue(reached.value, context, depth + 1);
    if (reached.content === null || typeof reached.content === 'string') return reached.content;
    if (reached.kind === 'list') return itemsOf(reached).map((item) => plainValue(item, context, depth + 1));
    return Object.fromEntries(
      [...entriesOf(reached)].map(([key, item]) => [scalarText(key), plainValue(item, context, depth + 1)]),
    );
  }
  if (Array.isArray(value)) return value.map((item) => plainValue(item, context, depth + 1));
  if (value instanceof Map)
    return Object.fromEntries(
      [...value].map(([key, item]) => [scalarText(key), plainValue(item, context, depth + 1)]),
    );
  if (value instanceof Float) return value.value;
  if (value instanceof PathValue) return value.path;
  if (value instanceof EnumMember) return value.name;
  if (value instanceof Bytes) return value.bytes;
  return value;
}

/** What a function gave, as a value of ours. */
function valueFrom(given: unknown): Value {
  if (given === undefined) return null;
  if (given instanceof Uint8Array) return new Bytes(given);
  if (Array.isArray(given)) return given.map(valueFrom);
  if (given instanceof Map) return new Map([...given].map(([key, item]) => [key, valueFrom(item)]));
  if (
    given !== null &&
    typeof given === 'object' &&
    !isNodeValue(given) &&
    Object.getPrototypeOf(given) === Object.prototype
  )
    return new Map(Object.entries(given).map(([key, item]) => [key, valueFrom(item)]));
  if (typeof given === 'function' || typeof given === 'symbol')
    throw new ConfigProblem('interpolation-eval', `a resolver gave a ${typeof given}`);
  return given as Value;
}

/** Adds a resolver. A function gets plain values; a `Resolver` sees the nodes. */
export function registerResolver(
  resolvers: Map<string, Resolver>,
  name: string,
  resolver: PlainResolver | Resolver,
  options: { cache?: boolean; replace?: boolean } = {},
): void {
  if (!/^[A-Za-z_][\w-]*(\.[A-Za-z_][\w-]*)*$/.test(name))
    throw new ConfigProblem('type', `'${name}' cannot name a resolver`, {
      help: 'use letters, digits, _ and dots',
    });
  if (resolvers.has(name) && !options.replace)
    throw new ConfigProblem('type', `a resolver named '${name}' is there already`, {
      help: 'say replace: true',
    });
  const made: Resolver =
    typeof resolver === 'function'
      ? {
          call: ({ args, context }) =>
            valueFrom(resolver(...(args.map((arg) => plainValue(arg, context)) as never[]))),
        }
      : resolver;
  resolvers.set(name, options.cache || made.cache ? cached(made) : made);
}

function cached(resolver: Resolver): Resolver {
  const kept = new Map<string, Value>();
  return {
    cache: true,
    call(call) {
      const id = JSON.stringify(call.texts);
      let value = kept.get(id);
      if (value === undefined) {
        value = resolver.call(call);
        kept.set(id, value);
      }
      return value;
    },
  };
}
