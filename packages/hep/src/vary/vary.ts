import type { Json, Operator } from '@fasthep/flow';

/** A systematic variation of fields. */
export const vary: Operator = {
  name: 'vary',
  semantics: 1,
  doc: 'Vary fields: a systematic uncertainty.\n\nEverything below that uses a varied field, or rows selected with one, is made nominal and once for each direction, in the same pass; the variations are named `<task>_<direction>`. All fields of one task move together. Names on the right mean the values before.',
  examples: ['vary: {Muon.pt: {up: Muon.pt * 1.01, down: Muon.pt * 0.99}}'],
  map: true,
  parameters: {
    description: 'Direction → expression.',
    type: 'object',
    minProperties: 1,
    additionalProperties: { type: ['string', 'number'] },
    examples: [{ up: 'Muon.pt * 1.01', down: 'Muon.pt * 0.99' }],
  },
  inputs: { rows: { type: 'rows' } },
  outputs: { rows: { type: 'rows' } },
  run: {
    kind: 'row-wise',
    stream: 'table',
    steps(args, { input, id, node }) {
      const step = id('rows');
      const fields = Object.entries(args as Record<string, Record<string, Json>>).map(
        ([field, directions]) => [
          field,
          Object.fromEntries(Object.entries(directions).map(([name, value]) => [name, String(value)])),
        ],
      );
      return {
        steps: [{ id: step, from: input, do: 'vary', name: node, fields: Object.fromEntries(fields) }],
        outputs: { rows: step },
        places: { [step]: [['fields', '']] },
      };
    },
  },
};
