import type { Json, JsonObject, Operator } from '@fasthep/flow';
import { expression } from './define.ts';

/** Keeps some columns, under new names where they are given. */
export const project: Operator = {
  name: 'project',
  semantics: 1,
  doc: 'Keep these columns.\n\nA list of fields, or a map of new name → expression.',
  examples: ['project: [name, radius, period]', 'project: {fields: {pt: max(Muon.pt), run: run}}'],
  main: 'fields',
  parameters: {
    type: 'object',
    properties: {
      fields: {
        description: 'Field names, or new name → expression.',
        type: ['array', 'object'],
        items: { type: 'string' },
        minItems: 1,
        minProperties: 1,
        additionalProperties: { type: ['string', 'number', 'boolean'] },
        examples: [['name', 'radius']],
      },
    },
    required: ['fields'],
    additionalProperties: false,
  },
  inputs: { rows: { type: 'rows' } },
  outputs: { rows: { type: 'rows' } },
  run: {
    kind: 'row-wise',
    stream: 'table',
    steps(args, { input, id }) {
      const step = id('rows');
      const given = (args as JsonObject).fields as Json;
      const list = Array.isArray(given);
      const pairs = list
        ? given.map((name) => [String(name), String(name)])
        : Object.entries(given as JsonObject).map(([name, value]) => [name, expression(value)]);
      const places: [string, string][] = list
        ? pairs.map(([name], i) => [`fields/${name}`, `fields/${i}`])
        : [['fields', 'fields']];
      return {
        steps: [{ id: step, from: input, do: 'project', fields: Object.fromEntries(pairs) }],
        outputs: { rows: step },
        places: { [step]: places },
      };
    },
  },
};
