import type { Json, Operator } from '@fasthep/flow';

/** New fields: the values of a map are field expressions. */
export const define: Operator = {
  name: 'define',
  semantics: 1,
  doc: 'Make new fields.\n\nThe fields of one task may use each other; their order is by use, not by line. A name that exists is an error: `redefine` replaces.',
  examples: [
    'define: {lead_pt: max(Muon.pt)}',
    'define: {muon: "Muon[Muon.pt > 25 and abs(Muon.eta) < 2.4]"}',
  ],
  map: true,
  parameters: {
    type: ['string', 'number', 'boolean'],
    description: 'A field expression.',
    examples: ['max(Muon.pt)'],
  },
  inputs: { rows: { type: 'rows' } },
  outputs: { rows: { type: 'rows' } },
  run: {
    kind: 'row-wise',
    stream: 'table',
    steps(args, { input, id }) {
      const step = id('rows');
      return {
        steps: [{ id: step, from: input, do: 'define', fields: expressions(args) }],
        outputs: { rows: step },
        places: { [step]: [['fields', '']] },
      };
    },
  },
};

/** A map of expressions, in which numbers and booleans may stand as such. */
export function expressions(args: Json): Record<string, string> {
  return Object.fromEntries(
    Object.entries(args as Record<string, Json>).map(([name, value]) => [name, expression(value)]),
  );
}

/** A number or boolean of YAML as an expression. */
export function expression(value: Json): string {
  if (value === true) return 'True';
  if (value === false) return 'False';
  return value === null ? 'None' : String(value);
}
