import type { Extension } from '../../types/plugin.ts';

/** `limit:` only part of the input, for a trial run. */
export const limitKeyword: Extension = {
  keyword: 'limit',
  at: 'top',
  doc: 'Take only part of the input (a trial run): `rows` from the start of each dataset, or `partitions` of it. Products are stamped as partial.',
  schema: {
    type: 'object',
    properties: { rows: { type: 'integer', minimum: 0 }, partitions: { type: 'integer', minimum: 1 } },
    additionalProperties: false,
    examples: [{ rows: 10000 }],
  },
  order: 80,
};
