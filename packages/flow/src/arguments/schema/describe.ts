import type { Json, JsonSchema } from '../../types/json.ts';

const WORDS: Record<string, string> = {
  string: 'a text',
  number: 'a number',
  integer: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a map',
  null: 'null',
};

/** The types that a schema names, as a list. */
export function typesOf(schema: JsonSchema): string[] {
  if (typeof schema.type === 'string') return [schema.type];
  return Array.isArray(schema.type) ? schema.type.map(String) : [];
}

const joined = (parts: string[]): string =>
  parts.length < 2 ? (parts[0] ?? 'a value') : `${parts.slice(0, -1).join(', ')} or ${parts.at(-1)}`;

/** What a schema wants, in words: `a list of 3 numbers`, `'left', 'inner' or 'outer'`. */
export function expected(schema: JsonSchema): string {
  if (Array.isArray(schema.enum)) return joined(schema.enum.map((one) => `'${String(one)}'`));
  if (schema.const !== undefined) return `'${String(schema.const)}'`;
  if (typeof schema.title === 'string') return schema.title;
  const branches = (schema.anyOf ?? schema.oneOf) as JsonSchema[] | undefined;
  if (Array.isArray(branches)) return joined([...new Set(branches.map(expected))]);
  const words = typesOf(schema).map((type) => {
    if (type !== 'array' || !schema.items || typeof schema.items !== 'object') return WORDS[type] ?? type;
    const items = typesOf(schema.items as JsonSchema);
    const plural: Record<string, string> = {
      string: 'texts',
      number: 'numbers',
      integer: 'whole numbers',
      object: 'maps',
    };
    return items.length === 1 && plural[items[0]!] ? `a list of ${plural[items[0]!]}` : 'a list';
  });
  return joined(words);
}

/** Whether a value has one of the types that a schema names. */
export function typeFits(schema: JsonSchema, value: Json): boolean {
  const types = typesOf(schema);
  if (types.length === 0) return true;
  return types.some((type) => {
    if (type === 'array') return Array.isArray(value);
    if (type === 'object') return value !== null && typeof value === 'object' && !Array.isArray(value);
    if (type === 'null') return value === null;
    if (type === 'integer') return typeof value === 'number' && Number.isInteger(value);
    return typeof value === type;
  });
}
