import type { Json, Operator } from '@fasthep/flow';
import { expression, expressions } from './define.ts';

/** Attaches named weight factors to the rows. */
export const weight: Operator = {
  name: 'weight',
  semantics: 1,
  doc: 'Multiply named factors onto the weight of the rows.\n\n`hist`, `cutflow` and `group` use the product of all factors. A factor with `up` and `down` (or other directions) beside `nominal` makes the variations `<name>_<direction>` of all that follows.',
  examples: ['weight: {generator: genWeight}', 'weight: {pileup: {nominal: pu, up: pu_up, down: pu_down}}'],
  map: true,
  parameters: {
    description: 'An expression, or `{nominal, up, down, …}`.',
    type: ['string', 'number', 'object'],
    properties: { nominal: { type: ['string', 'number'] } },
    required: ['nominal'],
    additionalProperties: { type: ['string', 'number'] },
    examples: ['genWeight', { nominal: 'sf', up: 'sf_up', down: 'sf_down' }],
  },
  inputs: { rows: { type: 'rows' } },
  outputs: { rows: { type: 'rows' } },
  run: {
    kind: 'row-wise',
    stream: 'table',
    steps(args, { input, id }) {
      const step = id('rows');
      const factors = Object.entries(args as Record<string, Json>).map(([name, value]) => [
        name,
        value !== null && typeof value === 'object' ? expressions(value) : expression(value),
      ]);
      return {
        steps: [{ id: step, from: input, do: 'weight', factors: Object.fromEntries(factors) }],
        outputs: { rows: step },
        places: { [step]: [['factors', '']] },
      };
    },
  },
};
