import { nearest } from '@fasthep/expression';
import type { Graph } from '../ir/graph.ts';
import type { Axis } from '../ir/types.ts';
import type { DataType, Schema } from '../table/types.ts';
import { lazyFields, spreadTo } from '../value/broadcast.ts';
import { zip } from '../value/combine.ts';
import { Refusal } from '../value/refusal.ts';
import type { Data, RecordValue, Shape } from '../value/types.ts';
import { type Collections, unlike } from './collections.ts';
import { columnValue } from './column.ts';

/** A field that can be named at some step. */
export interface Field {
  /** As written, or as the file has it. */
  name: string;
  /** The name of a source column, or `name@step`. */
  id: string;
  value(): Data;
}

/** `X.y` and `X_y` are one name. */
export const canonical = (name: string): string => name.replaceAll('.', '_');

/** The fields that are seen at one step. Steps share what lies above them. */
export interface Fields {
  /** Fields of this canonical name; more than one if the file has both spellings. */
  named(key: string): readonly Field[];
  /** All fields whose canonical name begins with `prefix_`, by what follows, own ones first. */
  below(prefix: string): ReadonlyMap<string, Field>;
  /** The lists around the members of a collection of flat source columns; undefined if there is no such collection. */
  collection(prefix: string): Shape | undefined;
  /** Every field's name, for suggestions and for tables of all fields. */
  all(): Map<string, Field>;
}

/** Fields of the source, from its schema. `collections`: those that do not follow the rule about names. */
export function sourceFields(graph: Graph, schema: Schema, collections: Collections = new Map()): Fields {
  const byKey = new Map<string, Field[]>();
  const loose = unlike(schema, collections);
  for (const [name, type] of Object.entries(schema)) {
    const field = sourceField(graph, name, loose.has(name) ? withoutCounter(type) : type);
    const key = canonical(name);
    const before = byKey.get(key);
    if (before) before.push(field);
    else byKey.set(key, [field]);
  }
  const groups = new Map<string, Map<string, Field>>();
  let indexed = false;
  const index = () => {
    if (indexed) return;
    indexed = true;
    for (const [key, [field]] of byKey)
      for (let at = key.indexOf('_', 1); at > 0 && at < key.length - 1; at = key.indexOf('_', at + 1)) {
        const prefix = key.slice(0, at);
        const group = groups.get(prefix) ?? new Map<string, Field>();
        group.set(key.slice(at + 1), field!);
        groups.set(prefix, group);
      }
    for (const [name, members] of collections)
      groups.set(
        canonical(name),
        new Map([...members].map(([member, column]) => [canonical(member), byName(column)])),
      );
  };
  const byName = (column: string): Field =>
    byKey.get(canonical(column))!.find((field) => field.name === column)!;
  // A member with a name of its own is called by it too: `Muon.pt` of `Muon: {pt: lep_pt}`.
  const aliases = new Map<string, Field>();
  for (const [name, members] of collections)
    for (const [member, column] of members) aliases.set(canonical(`${name}.${member}`), byName(column));
  const none = new Map<string, Field>();
  return {
    named(key) {
      const alias = aliases.get(key);
      return alias ? [alias] : (byKey.get(key) ?? []);
    },
    below(prefix) {
      index();
      return groups.get(prefix) ?? none;
    },
    collection(prefix) {
      index();
      const members = groups.get(prefix);
      return members && grouped(graph, members, () => {})?.shape;
    },
    all: () => new Map([...byKey].map(([key, list]) => [key, list[0]!])),
  };
}

function sourceField(graph: Graph, name: string, type: DataType): Field {
  let made: Data | undefined;
  return {
    name,
    id: name,
    value() {
      made ??= columnValue(graph, name, withoutOwnCounter(name, type));
      return made;
    },
  };
}

/**
 * A counter that is called after its one list (`npx` beside `px`, as uproot writes lists) makes no collection: such
 * lists may belong together, and where they are taken together their lengths are compared row by row.
 */
function withoutOwnCounter(name: string, type: DataType): DataType {
  if (type.kind !== 'list' || type.counter === undefined) return type;
  if (type.counter !== name.replace(/[^.]*$/, 'n$&')) return type;
  return withoutCounter(type);
}

function withoutCounter(type: DataType): DataType {
  if (type.kind !== 'list') return type;
  const { counter: _, ...rest } = type;
  return rest;
}

/** Fields over others: the own ones hide those below of the same name. `own` may still grow until the first look-up. */
export function layered(own: readonly Field[], below: Fields): Fields {
  let byKey: Map<string, Field> | undefined;
  const keys = () => {
    if (byKey?.size !== own.length) byKey = new Map(own.map((field) => [canonical(field.name), field]));
    return byKey;
  };
  const cache = new Map<string, ReadonlyMap<string, Field>>();
  return {
    named(key) {
      const field = keys().get(key);
      return field ? [field] : below.named(key);
    },
    below(prefix) {
      const before = cache.get(prefix);
      if (before) return before;
      const start = `${prefix}_`;
      const mine = [...keys()].filter(([key]) => key.startsWith(start) && key.length > start.length);
      const named = mine.map(([key, field]) => [key.slice(start.length), field] as const);
      const merged = mine.length === 0 ? below.below(prefix) : new Map([...below.below(prefix), ...named]);
      cache.set(prefix, merged);
      return merged;
    },
    collection: (prefix) => below.collection(prefix),
    all: () => new Map([...below.all(), ...keys()]),
  };
}

export const noFields: Fields = {
  named: () => [],
  below: () => new Map(),
  collection: () => undefined,
  all: () => new Map(),
};

const loose = (axis: Axis) => axis.kind === 'column' && axis.counter === undefined;

/**
 * Flat fields with one prefix as one value: lists with one count are a collection, values of the row a record.
 * Undefined if there are none, or lists of several counts.
 */
function grouped(
  graph: Graph,
  group: ReadonlyMap<string, Field>,
  use: (field: Field) => void,
): RecordValue | undefined {
  const all = [...group].map(([name, field]) => ({ name, field }));
  // The file's own columns say what the collection is; fields defined later join it when they are asked for.
  const source = all.filter(({ field }) => !field.id.includes('@'));
  const members = (source.length > 0 ? source : all).map((one) => ({ ...one, value: one.field.value() }));
  if (members.length === 0) return undefined;
  const lists = members.filter(({ value }) => value.shape.length > 0);
  const chosen = lists.length > 0 ? lists : members;
  const axis = chosen[0]!.value.shape[0]?.axis;
  const using = (field: Field) => () => {
    use(field);
    return field.value();
  };
  if (axis && !chosen.every(({ value }) => value.shape[0]?.axis === axis)) {
    const fields = members.map(({ name, field }) => [name, using(field)] as const);
    // Lists of several counts (a joined tree): members can be named, but the whole is no collection.
    if (!chosen.every(({ value }) => value.kind === 'scalar' && loose(value.shape[0]!.axis)))
      return { kind: 'record', shape: [], fields: lazyFields(fields) };
    return zip(
      graph,
      chosen.map(({ name, value }) => [name, value] as const),
    );
  }
  const shape = axis ? chosen[0]!.value.shape.slice(0, 1) : [];
  const spreading = (field: Field) => () => {
    use(field);
    return spreadTo(graph, field.value(), shape);
  };
  const defined = source.length > 0 ? all.filter(({ field }) => field.id.includes('@')) : [];
  return {
    kind: 'record',
    shape,
    fields: lazyFields([
      ...chosen.map(({ name, field }) => [name, using(field)] as const),
      ...defined.map(({ name, field }) => [name, spreading(field)] as const),
    ]),
  };
}

export interface Found {
  value: Data;
  /** How many parts of the dotted name were used. */
  used: number;
}

/** Fields that were looked up, by id. */
export type Uses = Set<string>;

/** What a dotted name means: the longest part of it that is a field, a collection or a record. */
export function findField(
  graph: Graph,
  fields: Fields,
  parts: readonly string[],
  quoted: boolean,
  uses: Uses,
): Found | undefined {
  if (quoted) {
    const [name] = parts as [string];
    const exact = fields.named(canonical(name)).find((field) => field.name === name);
    if (!exact) return undefined;
    uses.add(exact.id);
    return { value: withExtras(graph, exact, fields, uses), used: 1 };
  }
  for (let used = parts.length; used > 0; used--) {
    const key = parts.slice(0, used).join('_');
    const found = fields.named(key);
    if (found.length > 1) {
      const names = found.map((field) => `\`${field.name}\``).join(' and ');
      throw new Refusal('unknown-name', `both ${names} exist`, 'write the one that is meant in backquotes');
    }
    const [field] = found;
    if (field) {
      uses.add(field.id);
      return { value: withExtras(graph, field, fields, uses), used };
    }
    const record = grouped(graph, fields.below(key), (one) => uses.add(one.id));
    if (record) {
      // What was added to a collection belongs to it, wherever it is used from here on.
      for (const one of fields.below(key).values()) if (one.id.includes('@')) uses.add(one.id);
      return { value: record, used };
    }
  }
  return undefined;
}

/** A record with the fields that later steps added to it by name (`pair.mass: ...`). */
function withExtras(graph: Graph, field: Field, fields: Fields, uses: Uses): Data {
  const value = field.value();
  if (value.kind !== 'record') return value;
  const extras = fields.below(canonical(field.name));
  if (extras.size === 0) return value;
  const added: (readonly [string, () => Data])[] = [];
  for (const [name, extra] of extras) {
    uses.add(extra.id);
    added.push([name, () => spreadTo(graph, extra.value(), value.shape)]);
  }
  const { tuple: _, ...rest } = value;
  const merged = lazyFields([...value.fields, ...added] as Iterable<readonly [string, () => Data]>);
  return value.tuple === undefined
    ? { ...rest, fields: merged }
    : { ...rest, tuple: value.tuple, fields: merged };
}

/** Names near a word, spelled with dots as users write them. */
export function suggest(fields: Fields, name: string): string[] {
  return nearest(
    name,
    [...fields.all().values()].map((field) => field.name),
  );
}
