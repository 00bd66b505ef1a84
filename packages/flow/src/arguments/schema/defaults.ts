import type { Json, JsonObject, JsonSchema } from '../../types/json.ts';

/** The value with the defaults of its schema put in where a key of a map is absent. The value is not changed. */
export function withDefaults(schema: JsonSchema, value: Json): Json {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return value;
  const properties = schema.properties;
  if (properties === null || typeof properties !== 'object' || Array.isArray(properties)) return value;
  const filled: JsonObject = { ...value };
  for (const [key, property] of Object.entries(properties as Record<string, JsonSchema>)) {
    const given = filled[key];
    if (given !== undefined) filled[key] = withDefaults(property, given);
    else if (property.default !== undefined) filled[key] = structuredClone(property.default);
  }
  return filled;
}
