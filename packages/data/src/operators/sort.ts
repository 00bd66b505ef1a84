import type { Table } from '@fasthep/columns';
import { sortTable } from '@fasthep/columns';
import type { JsonObject, Operator } from '@fasthep/flow';
import { names } from './names.ts';

/** Orders rows. */
export const sort: Operator = {
  name: 'sort',
  semantics: 1,
  doc: 'Order rows.\n\nBy the first field, then the second, and so on; rows with equal keys stay in their order. NaN, then missing values, stand last in either direction. `limit` keeps the first rows only.',
  examples: ['sort: {by: [radius], limit: 12}'],
  main: 'by',
  parameters: {
    type: 'object',
    properties: {
      by: {
        description: 'Fields, the most important one first.',
        type: ['string', 'array'],
        items: { type: 'string' },
        minItems: 1,
        examples: [['radius', 'name']],
      },
      descending: { description: 'Largest first.', type: 'boolean', default: false },
      limit: { description: 'Only so many rows.', type: 'integer', minimum: 0 },
    },
    required: ['by'],
    additionalProperties: false,
  },
  inputs: { rows: { type: ['rows', 'table'] } },
  outputs: { rows: { type: 'rows' } },
  run: {
    kind: 'whole',
    apply(args, inputs) {
      const { by, descending, limit } = args as JsonObject;
      const table = inputs.rows![0]!.value as Table;
      const options = {
        descending: descending === true,
        ...(typeof limit === 'number' ? { limit } : {}),
      };
      return { rows: sortTable(table, names(by!), options) };
    },
  },
};
