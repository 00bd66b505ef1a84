/** A reader's state as bytes: plain data, and what JSON lacks. Equal states give equal bytes. */
import type { Json } from '@fasthep/flow';
import { AdaptError } from '../error.ts';

const TAG = '$';
const ARRAYS = {
  Int8Array,
  Uint8Array,
  Int16Array,
  Uint16Array,
  Int32Array,
  Uint32Array,
  Float32Array,
  Float64Array,
  BigInt64Array,
  BigUint64Array,
};

/** Throws `adapt.state` for functions, symbols and the like. */
export function encodeState(state: unknown, what: string): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(packed(state, what, new Set())));
}

export function decodeState(bytes: Uint8Array): unknown {
  return unpacked(JSON.parse(new TextDecoder().decode(bytes)));
}

function packed(value: unknown, what: string, above: ReadonlySet<unknown>): unknown {
  if (value === undefined) return { [TAG]: 'undefined' };
  if (typeof value === 'number' && (!Number.isFinite(value) || Object.is(value, -0))) {
    return { [TAG]: 'number', value: Object.is(value, -0) ? '-0' : String(value) };
  }
  if (typeof value === 'bigint') return { [TAG]: 'bigint', value: String(value) };
  if (value === null || typeof value === 'number' || typeof value === 'string' || typeof value === 'boolean')
    return value;
  if (typeof value !== 'object' || above.has(value))
    throw new AdaptError(
      'adapt.state',
      `the state of ${what} holds ${typeof value === 'object' ? 'itself' : `a ${typeof value}`}`,
      'keep plain data in it: numbers, texts, lists, maps, sets, typed arrays',
    );
  const inside = new Set(above).add(value);
  const all = (list: Iterable<unknown>) => Array.from(list, (one) => packed(one, what, inside));
  if (Array.isArray(value)) return all(value);
  if (value instanceof Set) return { [TAG]: 'Set', value: all(value) };
  if (value instanceof Map) return { [TAG]: 'Map', value: Array.from(value, (pair) => all(pair)) };
  if (ArrayBuffer.isView(value)) {
    const kind = value.constructor.name;
    if (Object.hasOwn(ARRAYS, kind))
      return { [TAG]: kind, value: all(value as unknown as Iterable<unknown>) };
  }
  return { [TAG]: '', value: Object.entries(value).map(([name, one]) => [name, packed(one, what, inside)]) };
}

function unpacked(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(unpacked);
  if (value === null || typeof value !== 'object') return value;
  const { [TAG]: kind, value: inner } = value as { [TAG]: string; value: unknown };
  switch (kind) {
    case 'undefined':
      return undefined;
    case 'number':
      return inner === '-0' ? -0 : Number(inner);
    case 'bigint':
      return BigInt(String(inner));
    case 'Set':
      return new Set(unpacked(inner) as unknown[]);
    case 'Map':
      return new Map(unpacked(inner) as [unknown, unknown][]);
    case '':
      return Object.fromEntries((inner as [string, unknown][]).map(([name, one]) => [name, unpacked(one)]));
  }
  const list = unpacked(inner);
  return ARRAYS[kind as 'Float64Array'].from(list as number[]);
}

/** A result as JSON: whole 64-bit numbers as numbers where exact, else as text; sets and typed arrays as lists. */
export function plainResult(value: unknown): Json {
  if (value === undefined || value === null) return null;
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value);
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
  if (typeof value === 'string' || typeof value === 'boolean') return value;
  if (Array.isArray(value)) return value.map(plainResult);
  if (value instanceof Set || ArrayBuffer.isView(value))
    return Array.from(value as Iterable<unknown>, plainResult);
  const entries =
    value instanceof Map ? [...value].map(([k, v]) => [String(k), v] as const) : Object.entries(value);
  return Object.fromEntries(entries.map(([name, one]) => [name, plainResult(one)]));
}
