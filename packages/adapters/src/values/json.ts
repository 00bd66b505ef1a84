import type { Json, ValueType } from '@fasthep/flow';

/** A value of a user's code: numbers, texts, lists and maps. */
export const jsonType: ValueType<Json> = {
  name: 'json',
  doc: 'Plain data. Files: JSON.',
  encode: (value) => new TextEncoder().encode(JSON.stringify(value)),
  decode: (bytes) => JSON.parse(new TextDecoder().decode(bytes)) as Json,
  files: (value) => [
    { name: '.json', bytes: new TextEncoder().encode(`${JSON.stringify(value, null, 2)}\n`) },
  ],
  field(value, path) {
    let at: Json | undefined = value;
    for (const name of path) {
      if (at === null || typeof at !== 'object') return undefined;
      if (Array.isArray(at)) at = at[Number(name)];
      else at = Object.hasOwn(at, name) ? at[name] : undefined;
    }
    return at;
  },
};
