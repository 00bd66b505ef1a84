import { StructDefault } from '../edit/special.ts';
import type { PlainJson } from '../origin/types.ts';
import type { EnumType, StructType, TypeRef } from '../tree/types.ts';
import { ANY } from '../tree/types.ts';
import { EnumMember } from '../value/scalar.ts';
import type { JsonSchema, JsonType } from './types.ts';

/** Reads a JSON Schema as declared types, so that merging and overriding convert and refuse as they go. */
class Reader {
  readonly root: JsonSchema;
  readonly structs = new Map<JsonSchema, StructType>();

  constructor(root: JsonSchema) {
    this.root = root;
  }

  resolve(schema: JsonSchema): JsonSchema {
    const name = schema.$ref && /^#\/(?:\$defs|definitions)\/(.+)$/.exec(schema.$ref)?.[1];
    const target = name ? this.root.$defs?.[name] : undefined;
    return target ? this.resolve(target) : schema;
  }

  type(given: JsonSchema | boolean | undefined, name: string): TypeRef {
    if (given === undefined || typeof given === 'boolean') return ANY;
    const schema = this.resolve(given);
    const types = schema.type === undefined ? [] : Array.isArray(schema.type) ? schema.type : [schema.type];
    const optional = types.includes('null') || schema.enum?.includes(null) === true;
    const own = types.filter((one) => one !== 'null');
    if (schema.enum?.every((one) => typeof one === 'string' || one === null))
      return { kind: 'enum', of: enumOf(name, schema.enum as string[]), optional };
    if (own.length > 1 && own.every((one) => one !== 'array' && one !== 'object'))
      return {
        kind: 'union',
        of: own.map((one) => ({ kind: LEAVES[one]!, optional: false }) as TypeRef),
        optional,
      };
    const [only] = own;
    if (only === undefined || own.length > 1) return ANY;
    if (only === 'array') return { kind: 'list', of: this.type(schema.items, name), optional };
    if (only !== 'object') return { kind: LEAVES[only]!, optional } as TypeRef;
    if (schema.properties) return { kind: 'struct', of: this.struct(schema, name), optional };
    return {
      kind: 'dict',
      key: { kind: 'str', optional: false },
      of: this.type(schema.additionalProperties, name),
      optional,
    };
  }

  struct(schema: JsonSchema, name: string): StructType {
    const before = this.structs.get(schema);
    if (before) return before;
    const made: StructType = { name: schema.title ?? name, bases: [], fields: [] };
    made.bases = [made];
    this.structs.set(schema, made);
    for (const [key, one] of Object.entries(schema.properties ?? {})) {
      const type = this.type(one, key);
      const fallback = this.resolve(one).default;
      const field: StructType['fields'][number] = { name: key, type };
      if (fallback !== undefined) field.default = fallback;
      else if (!schema.required?.includes(key)) {
        if (type.kind === 'struct') field.default = new StructDefault(type.of);
        else {
          field.default = null;
          field.type = { ...type, optional: true };
        }
      }
      made.fields.push(field);
    }
    return made;
  }
}

const LEAVES: Partial<Record<JsonType, 'int' | 'float' | 'bool' | 'str'>> = {
  integer: 'int',
  number: 'float',
  boolean: 'bool',
  string: 'str',
};

const enumOf = (name: string, values: readonly (string | null)[]): EnumType => ({
  name,
  members: values.flatMap((value) => (value === null ? [] : [new EnumMember(name, value, value)])),
});

/** A record from a JSON Schema of an object: required properties without a default are mandatory (`???`). */
export function structFromJsonSchema(schema: JsonSchema, name = schema.title ?? 'Config'): StructType {
  const reader = new Reader(schema);
  return reader.struct(reader.resolve(schema), name);
}

/** A record as JSON Schema, for editors: what `yaml-language-server` completes and checks. */
export function structToJsonSchema(struct: StructType): JsonSchema {
  const $defs: Record<string, JsonSchema> = {};
  const open = new Set<StructType>();
  const record = (one: StructType): JsonSchema => {
    const required = one.fields.filter((field) => !('default' in field)).map((field) => field.name);
    return {
      type: 'object',
      title: one.name,
      properties: Object.fromEntries(one.fields.map((field) => [field.name, withDefault(field)])),
      ...(required.length > 0 ? { required } : {}),
      additionalProperties: false,
    };
  };
  const withDefault = ({ type, default: fallback }: StructType['fields'][number]): JsonSchema => {
    const schema = typeSchema(type);
    const plain =
      fallback === undefined || fallback instanceof StructDefault ? undefined : plainDefault(fallback);
    return plain === undefined ? schema : { ...schema, default: plain };
  };
  const typeSchema = (type: TypeRef): JsonSchema => {
    const or = (schema: JsonSchema): JsonSchema =>
      type.optional && typeof schema.type === 'string' ? { ...schema, type: [schema.type, 'null'] } : schema;
    switch (type.kind) {
      case 'int':
        return or({ type: 'integer' });
      case 'float':
        return or({ type: 'number' });
      case 'bool':
        return or({ type: 'boolean' });
      case 'str':
      case 'path':
      case 'bytes':
        return or({ type: 'string' });
      case 'none':
        return { type: 'null' };
      case 'enum':
        return { enum: [...type.of.members.map((member) => member.name), ...(type.optional ? [null] : [])] };
      case 'list':
      case 'tuple':
        return or({ type: 'array', items: typeSchema(type.of) });
      case 'dict':
        return or({ type: 'object', additionalProperties: typeSchema(type.of) });
      case 'union':
        return { anyOf: [...type.of.map(typeSchema), ...(type.optional ? [{ type: 'null' as const }] : [])] };
      case 'struct': {
        if (!open.has(type.of)) {
          open.add(type.of);
          $defs[type.of.name] = record(type.of);
        }
        const ref: JsonSchema = { $ref: `#/$defs/${type.of.name}` };
        return type.optional ? { anyOf: [ref, { type: 'null' }] } : ref;
      }
      default:
        return {};
    }
  };
  const root = record(struct);
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    ...root,
    ...(Object.keys($defs).length > 0 ? { $defs } : {}),
  };
}

function plainDefault(value: unknown): PlainJson | undefined {
  if (value instanceof EnumMember) return value.name;
  if (value instanceof Map)
    return Object.fromEntries([...value].map(([key, item]) => [String(key), plainDefault(item) ?? null]));
  if (Array.isArray(value)) return value.map((item) => plainDefault(item) ?? null);
  if (value === null || ['string', 'boolean', 'number'].includes(typeof value)) return value as PlainJson;
  return typeof value === 'object' && 'value' in value && typeof value.value === 'number'
    ? value.value
    : undefined;
}
