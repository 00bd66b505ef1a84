/**
 * A float whose value is integral: `1.0` is not `1`. It shows in YAML, in text and in typed conversion.
 * Every other float is a plain `number`, every plain integral `number` an integer.
 */
export class Float {
  readonly value: number;
  constructor(value: number) {
    this.value = value;
  }
}

/** Bytes. */
export class Bytes {
  readonly bytes: Uint8Array;
  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }
}

/** A path: text that a schema declared to be one. */
export class PathValue {
  readonly path: string;
  constructor(path: string) {
    this.path = path;
  }
}

/** A member of a named enumeration. */
export class EnumMember {
  readonly type: string;
  readonly name: string;
  readonly value: unknown;
  constructor(type: string, name: string, value: unknown) {
    this.type = type;
    this.name = name;
    this.value = value;
  }
}

/** A leaf of a config. Integers beyond 2^53 are `bigint`. */
export type Scalar = null | boolean | number | bigint | string | Float | Bytes | PathValue | EnumMember;

/** A key of a map. */
export type Key = string | number | boolean | Float | Bytes | EnumMember;

/** A float: plain, or `Float` where its value is integral. */
export function float(value: number): number | Float {
  return Number.isInteger(value) ? new Float(value) : value;
}

/** An integer, as `bigint` beyond 2^53. */
export function integer(value: bigint): number | bigint {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}

export const isFloat = (value: unknown): value is number | Float =>
  value instanceof Float || (typeof value === 'number' && !Number.isInteger(value));

export const isInteger = (value: unknown): value is number | bigint =>
  typeof value === 'bigint' || (typeof value === 'number' && Number.isInteger(value));

/** The number that a float or an integer is. */
export const toNumber = (value: number | bigint | Float): number =>
  value instanceof Float ? value.value : Number(value);

/**
 * The key of a map that is equal to this one (`1`, `1.0` and `true` are equal, as in Python), or the key itself.
 */
export function equalKey<K>(map: ReadonlyMap<K, unknown>, key: K): K {
  if (typeof key === 'string' || (map.has(key) && typeof key !== 'object')) return key;
  for (const one of map.keys()) if (typeof one !== 'string' && scalarEqual(one, key)) return one;
  return key;
}

/** Whether two leaves are equal as Python compares them: `1 == 1.0 == True`. */
export function scalarEqual(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  const numeric = (value: unknown) =>
    value instanceof Float ? value.value : typeof value === 'boolean' ? Number(value) : value;
  const left = numeric(a);
  const right = numeric(b);
  if (
    (typeof left === 'number' || typeof left === 'bigint') &&
    (typeof right === 'number' || typeof right === 'bigint')
  )
    // biome-ignore lint/suspicious/noDoubleEquals: compares number with bigint by value
    return left == right;
  if (a instanceof Bytes && b instanceof Bytes)
    return a.bytes.length === b.bytes.length && a.bytes.every((byte, index) => byte === b.bytes[index]);
  if (a instanceof PathValue && b instanceof PathValue) return a.path === b.path;
  if (a instanceof EnumMember && b instanceof EnumMember) return a.type === b.type && a.name === b.name;
  return false;
}
