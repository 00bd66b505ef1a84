import type { Operator } from '../../types/plugin.ts';

/** What the name of a block with a rescue stands for: the first of its results that was made. */
export const selectOperator: Operator = {
  name: 'select',
  semantics: 1,
  doc: 'Gives the first of its inputs that was made. Made by `block` with `rescue`.',
  parameters: { type: 'object', properties: {} },
  inputs: { from: { type: 'any', many: true, optional: true, doc: 'Results in order of preference.' } },
  outputs: { result: { type: 'same' } },
  run: {
    kind: 'whole',
    choice: true,
    apply: (_args, inputs) => ({ result: inputs.from?.[0]?.value }),
  },
};
