import type { Condition } from '@fasthep/columns';
import type { Json, Operator, StreamStep } from '@fasthep/flow';
import { condition, conditionSchema } from '../arguments/index.ts';

/** Branches the stream: everything below is made for each region. */
export const regions: Operator = {
  name: 'regions',
  semantics: 1,
  doc: 'Branch the stream: what stands below is made for each region.\n\nRegions may overlap. The label is named after the task. `needs: [<task>.<region>]` goes on with one region alone.',
  examples: ['regions: {signal: nJet >= 2, control: nJet < 2}'],
  map: true,
  parameters: conditionSchema,
  inputs: { rows: { type: 'rows' } },
  outputs: (args) => {
    const names = Object.keys(args as Record<string, Json>);
    return Object.fromEntries(['rows', ...names].map((name) => [name, { type: 'rows' }]));
  },
  run: {
    kind: 'row-wise',
    stream: 'table',
    steps(args, { input, id, node }) {
      const step = id('rows');
      const places: [string, string][] = [];
      const cases: Record<string, Condition> = {};
      const ports: Record<string, string> = {};
      const only: StreamStep[] = [];
      for (const [name, value] of Object.entries(args as Record<string, Json>)) {
        cases[name] = condition(value, { step: `cases/${name}`, args: name }, places);
        ports[name] = id(`only ${name}`);
        only.push({ id: ports[name], from: step, do: 'only', label: node, value: name });
      }
      return {
        steps: [{ id: step, from: input, do: 'branch', label: node, cases }, ...only],
        // `rows` are all of them, also if a region has that name.
        outputs: { ...ports, rows: step },
        places: { [step]: places },
      };
    },
  },
};
