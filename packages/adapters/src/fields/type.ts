/** Types of fields that a user's code makes, as they are written in `produces`. */
import type { DataType, Primitive, Schema } from '@fasthep/columns';
import type { ArgumentProblem, Json, JsonObject } from '@fasthep/flow';

const WORDS: Record<string, Primitive> = { int: 'int64', float: 'float64', str: 'string', text: 'string' };
const PRIMITIVES = new Set<string>([
  'bool',
  'int8',
  'int16',
  'int32',
  'int64',
  'uint8',
  'uint16',
  'uint32',
  'uint64',
  'float32',
  'float64',
  'string',
]);

/** `float`, `int32`, `float?` (may be missing), `float[]` or `list[float]` → the type of a column. */
export function parseType(text: string): DataType | undefined {
  const word = text.trim();
  if (word.endsWith('?')) {
    const inner = parseType(word.slice(0, -1));
    return inner && { ...inner, nullable: true };
  }
  const list = /^list\[(.*)\]$/.exec(word)?.[1] ?? /^(.*)\[\]$/.exec(word)?.[1];
  if (list !== undefined) {
    const item = parseType(list);
    return item && { kind: 'list', item };
  }
  const kind = WORDS[word] ?? word;
  return PRIMITIVES.has(kind) ? ({ kind } as DataType) : undefined;
}

/** JSON Schema of `produces`. */
export const producesSchema = {
  description:
    'Fields that it makes, with their types: float, int, bool, string, float32, …; `float[]` a list, `float?` may be missing.',
  type: 'object',
  additionalProperties: { type: 'string' },
  examples: [{ n_jet: 'int', ht: 'float', good_pt: 'float[]' }],
};

/** The fields of `produces`. Unknown types are problems. */
export function producedFields(produces: Json | undefined): { schema: Schema; problems: ArgumentProblem[] } {
  const schema: Schema = {};
  const problems: ArgumentProblem[] = [];
  for (const [name, text] of Object.entries((produces ?? {}) as JsonObject)) {
    const type = parseType(String(text));
    if (type) schema[name] = type;
    else
      problems.push({
        code: 'adapt.type',
        message: `'${String(text)}' is no type of a field`,
        help: 'write float, int, bool, string, float32, int32, …; float[] for a list; float? where it may be missing',
        path: ['produces', name],
      });
  }
  return { schema, problems };
}

/** `X.y` and `X_y` are one name. */
export const canonicalName = (name: string) => name.replaceAll('.', '_');

/** The column that a name stands for. */
export function columnNamed(columns: Readonly<Record<string, unknown>>, name: string): string | undefined {
  if (Object.hasOwn(columns, name)) return name;
  const key = canonicalName(name);
  return Object.keys(columns).find((column) => canonicalName(column) === key);
}

/** The schema of rows after fields were made: of an existing one the type changes, others stand at the end. */
export function withFields(before: Schema, made: Schema): Schema {
  const after: Schema = { ...before };
  for (const [name, type] of Object.entries(made)) after[columnNamed(before, name) ?? name] = type;
  return after;
}
