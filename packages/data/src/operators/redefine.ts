import type { Operator } from '@fasthep/flow';
import { expressions } from './define.ts';

/** Replaces existing fields; every name means its value before the task. */
export const redefine: Operator = {
  name: 'redefine',
  semantics: 1,
  doc: 'Replace existing fields.\n\nEvery name on the right means its value before the task, so `Jet.pt: Jet.pt * 1.02` is a scale factor and two fields can be exchanged.',
  examples: ['redefine: {Jet.pt: Jet.pt * 1.02}'],
  map: true,
  parameters: {
    type: ['string', 'number', 'boolean'],
    description: 'A field expression.',
    examples: ['Jet.pt * 1.02'],
  },
  inputs: { rows: { type: 'rows' } },
  outputs: { rows: { type: 'rows' } },
  run: {
    kind: 'row-wise',
    stream: 'table',
    steps(args, { input, id }) {
      const step = id('rows');
      return {
        steps: [{ id: step, from: input, do: 'define', fields: expressions(args), replace: true }],
        outputs: { rows: step },
        places: { [step]: [['fields', '']] },
      };
    },
  },
};
