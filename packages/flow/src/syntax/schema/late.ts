import { isMap } from '../../definition/index.ts';
import type { Json, JsonSchema } from '../../types/json.ts';

/** A text that an interpolation makes something else of. */
const LATE = { type: 'string', pattern: '\\$\\{' };

/**
 * A schema that lets `${…}` stand for any value, and with `partial` asks for nothing: a template, or a task that
 * extends one, has only some of its keys. Choices (`anyOf`) are made at leaves only.
 */
export function withLate(schema: JsonSchema, partial: boolean): JsonSchema {
  const { required, minProperties, format: _format, title: _title, ...rest } = schema;
  const made: JsonSchema = {};
  for (const [key, value] of Object.entries(rest)) made[key] = inner(key, value, partial);
  if (!partial && required !== undefined) made.required = required;
  if (!partial && minProperties !== undefined) made.minProperties = minProperties;
  return allowLate(made);
}

const MAPS = new Set(['properties', 'patternProperties', '$defs']);
const SCHEMAS = new Set(['items', 'additionalProperties', 'not']);
const LISTS = new Set(['anyOf', 'oneOf', 'prefixItems']);

function inner(key: string, value: Json, partial: boolean): Json {
  if (MAPS.has(key) && isMap(value))
    return Object.fromEntries(
      Object.entries(value).map(([name, one]) => [name, isMap(one) ? withLate(one, partial) : one]),
    );
  if (SCHEMAS.has(key) && isMap(value)) return withLate(value, partial);
  if (LISTS.has(key) && Array.isArray(value))
    return value.map((one) => (isMap(one) ? withLate(one, partial) : one));
  return value;
}

function allowLate(schema: JsonSchema): JsonSchema {
  const { description, examples, default: initial, ...shape } = schema;
  const notes: JsonSchema = {};
  if (description !== undefined) notes.description = description;
  if (examples !== undefined) notes.examples = examples;
  if (initial !== undefined) notes.default = initial;
  if (shape.anyOf !== undefined || shape.oneOf !== undefined) {
    const { oneOf, anyOf, ...more } = shape;
    return { ...notes, ...more, anyOf: [...((anyOf ?? oneOf) as Json[]), LATE] };
  }
  if (
    shape.enum !== undefined ||
    shape.const !== undefined ||
    (typesOf(shape).includes('string') && shape.pattern !== undefined)
  )
    return { ...notes, anyOf: [shape, LATE] };
  const types = typesOf(shape);
  if (types.length === 0 || types.includes('string')) return schema;
  return { ...schema, type: [...types, 'string'], pattern: LATE.pattern };
}

const typesOf = (schema: JsonSchema): string[] => [schema.type ?? []].flat().map(String);
