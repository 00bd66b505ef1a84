/** The value encoding of the vectors (`{"$float": "1.0"}` and so on) to and from values of the package. */
import {
  Bytes,
  EnumMember,
  type EnumType,
  Float,
  float,
  integer,
  isContainer,
  ListExtension,
  ListNode,
  MapNode,
  Opaque,
  PathValue,
  StructDefault,
  type StructType,
  ValueNode,
} from '@fasthep/config';

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** The named types of one vector. */
export interface Types {
  enums: Map<string, EnumType>;
  structs: Map<string, StructType>;
}

/** What the vectors hold and a config cannot: dates, sets. */
export class Foreign {
  readonly kind: string;
  readonly value: Json;
  constructor(kind: string, value: Json) {
    this.kind = kind;
    this.value = value;
  }
}

/** JavaScript puts keys that look like integers first; with a mark they stay in their place. */
const MARK = '\u0001';
export const markKeys = (json: string): string => json.replace(/(?<!\\)"(\d+)"(?=\s*:)/g, `"\\u0001$1"`);
/** Pairs of an encoded map. */
export const encodeEntries = (pairs: [unknown, Json][]): Json =>
  pairs.every(([key]) => typeof key === 'string')
    ? Object.fromEntries(pairs.map(([key, item]) => [marked(key as string), item]))
    : { $map: pairs.map(([key, item]) => [encode(key), item]) };
const marked = (key: string) => (/^\d+$/.test(key) ? MARK + key : key);
const unmarked = (key: string) => (key.startsWith(MARK) ? key.slice(1) : key);

const floatOf = (text: string): number | Float => {
  if (text === 'nan') return Number.NaN;
  if (text.endsWith('inf')) return text.startsWith('-') ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  return float(Number(text));
};

export function decode(value: Json, types: Types): unknown {
  if (Array.isArray(value)) return value.map((item) => decode(item, types));
  if (value === null || typeof value !== 'object') return value;
  const tag = (name: string) => (Object.hasOwn(value, name) ? value[name] : undefined);
  const text = tag('$float');
  if (text !== undefined) return floatOf(text as string);
  if (tag('$int') !== undefined) return integer(BigInt(tag('$int') as string));
  if (tag('$bytes') !== undefined)
    return new Bytes(
      Uint8Array.from(
        ((tag('$bytes') as string).match(/../g) ?? []).map((pair) => Number.parseInt(pair, 16)),
      ),
    );
  if (tag('$path') !== undefined) return new PathValue(tag('$path') as string);
  if (tag('$date') !== undefined) return new Foreign('date', tag('$date')!);
  if (tag('$set') !== undefined) return new Foreign('set', tag('$set')!);
  if (tag('$tuple') !== undefined) return decode(tag('$tuple')!, types);
  if (tag('$map') !== undefined)
    return new Map(
      (tag('$map') as Json[][]).map(([key, item]) => [decode(key!, types), decode(item!, types)]),
    );
  if (tag('$enum') !== undefined) {
    const [type, name] = (tag('$enum') as string).split('.');
    return types.enums.get(type!)!.members.find((member) => member.name === name);
  }
  if (tag('$schema') !== undefined) return new StructDefault(types.structs.get(tag('$schema') as string)!);
  return new Map(Object.entries(value).map(([key, item]) => [unmarked(key), decode(item, types)]));
}

const TAGS = new Set(
  'float int bytes path date map tuple enum obj quoted sweep glob type set cfg partial callable'.split(' '),
);

export function encode(value: unknown): Json {
  if (value === undefined || value === null) return null;
  if (typeof value === 'boolean' || typeof value === 'string') return value;
  if (typeof value === 'bigint') return { $int: String(value) };
  if (typeof value === 'number') {
    if (Number.isNaN(value)) return { $float: 'nan' };
    if (!Number.isFinite(value)) return { $float: value > 0 ? 'inf' : '-inf' };
    return value;
  }
  if (value instanceof Float) return { $float: pythonFloat(value.value) };
  if (value instanceof Bytes)
    return { $bytes: [...value.bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('') };
  if (value instanceof PathValue) return { $path: value.path };
  if (value instanceof EnumMember) return { $enum: `${value.type}.${value.name}` };
  if (value instanceof Foreign) return { [`$${value.kind}`]: value.value };
  if (value instanceof ListExtension) return { $extend_list: value.items.map(encode) };
  if (value instanceof Opaque) return encode(value.value);
  if (value instanceof ValueNode) return encode(value.value);
  if (value instanceof MapNode || value instanceof ListNode)
    return encode(isContainer(value) ? value.content : value);
  if (Array.isArray(value)) return value.map(encode);
  if (value instanceof Map) {
    const keys = [...value.keys()];
    const plain = keys.every(
      (key) => typeof key === 'string' && !(key.length > 1 && key.startsWith('$') && TAGS.has(key.slice(1))),
    );
    if (plain)
      return Object.fromEntries([...value].map(([key, item]) => [marked(key as string), encode(item)]));
    return { $map: [...value].map(([key, item]) => [encode(key), encode(item)]) };
  }
  throw new TypeError(`cannot encode ${typeof value}`);
}

function pythonFloat(value: number): string {
  if (Object.is(value, -0)) return '-0.0';
  const text = String(value);
  if (/e/.test(text)) {
    const [digits, power] = text.split('e') as [string, string];
    return `${digits}e${power.startsWith('-') ? '-' : '+'}${power.replace(/^[-+]/, '').padStart(2, '0')}`;
  }
  if (Math.abs(value) >= 1e16) {
    const [digits, power] = value.toExponential().split('e') as [string, string];
    return `${digits}e+${power.replace('+', '').padStart(2, '0')}`;
  }
  return `${text}.0`;
}

/** Equality of encoded values. The order of keys counts; floats are equal to the last bit, NaN to itself. */
export function same(a: Json, b: Json): boolean {
  return JSON.stringify(canonical(a)) === JSON.stringify(canonical(b));
}

function canonical(value: Json): Json {
  if (Array.isArray(value)) return value.map(canonical);
  if (value === null || typeof value !== 'object') return value;
  if (typeof value.$float === 'string')
    return {
      $float:
        String(Number(value.$float.replace('inf', 'Infinity'))) + (value.$float.startsWith('-0') ? '-' : ''),
    };
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, canonical(item)]));
}
