import type { JsonObject, Operator } from '@fasthep/flow';
import { condition, conditionSchema } from '../arguments/index.ts';

/** Keeps the rows for which a condition holds. */
export const filter: Operator = {
  name: 'filter',
  semantics: 1,
  doc: 'Keep the rows for which a condition is true.\n\nRows for which it is false, missing or NaN are dropped. A condition of objects needs `any(…)` or `all(…)`, or belongs into a `define` as a mask. A list means that all of it must hold.',
  examples: ['filter: max(Muon.pt) > 25', 'filter: {expr: {any: [nJet >= 2, MET.pt > 100]}}'],
  main: 'expr',
  // `filter: {any: […]}` is what one writes first.
  normalise: (args) => {
    const shape = args !== null && typeof args === 'object' && !Array.isArray(args) ? Object.keys(args) : [];
    return shape.length === 1 && ['all', 'any', 'not'].includes(shape[0]!) ? { expr: args } : args;
  },
  parameters: {
    type: 'object',
    properties: { expr: conditionSchema },
    required: ['expr'],
    additionalProperties: false,
  },
  inputs: { rows: { type: 'rows' } },
  outputs: { rows: { type: 'rows' } },
  run: {
    kind: 'row-wise',
    stream: 'table',
    steps(args, { input, id }) {
      const step = id('rows');
      const places: [string, string][] = [];
      const expr = condition((args as JsonObject).expr!, { step: 'expr', args: 'expr' }, places);
      return {
        steps: [{ id: step, from: input, do: 'keep', expr }],
        outputs: { rows: step },
        places: { [step]: places },
      };
    },
  },
};
