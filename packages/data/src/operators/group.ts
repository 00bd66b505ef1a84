import type { AxisSpec } from '@fasthep/columns';
import type { Json, JsonObject, Operator } from '@fasthep/flow';
import { axis, axisProblems, axisSchema } from '../arguments/index.ts';
import { expressions } from './define.ts';

/** Aggregates the rows, for each key that occurs. */
export const group: Operator = {
  name: 'group',
  semantics: 2,
  doc: 'Aggregate rows, for each key.\n\nKeys are fields, or axes with bins (the column then holds the low edge). Aggregates are reductions over rows: `count()`, `sumw()`, `sumw2()` of the attached weights, `sum(x)`, `mean(x)`, `min(x)`, …',
  examples: [
    'group: {agg: {sumw: sum(genWeight)}}',
    'group: {by: [method], agg: {n: count(), mean_period: mean(period)}}',
  ],
  main: 'agg',
  parameters: {
    type: 'object',
    properties: {
      by: {
        description: 'Keys: a list of fields or axes, or name → field or axis.',
        type: ['string', 'array', 'object'],
        items: axisSchema,
        additionalProperties: axisSchema,
        default: [],
        examples: [['method'], { mass: { field: 'm_mumu', bins: [60, 60, 120] } }],
      },
      agg: {
        description: 'Column → reduction over rows.',
        type: 'object',
        minProperties: 1,
        additionalProperties: { type: 'string' },
        examples: [{ n: 'count()' }],
      },
    },
    required: ['agg'],
    additionalProperties: false,
  },
  inputs: { rows: { type: 'rows' } },
  outputs: { table: { type: 'table' } },
  run: {
    kind: 'row-wise',
    stream: 'table',
    check(args) {
      const { by } = args as JsonObject;
      return by === null || typeof by !== 'object'
        ? []
        : Object.entries(by).flatMap(([key, one]) =>
            axisProblems(one, ['by', Array.isArray(by) ? Number(key) : key]),
          );
    },
    steps(args, { input, id }) {
      const step = id('table');
      const { by, agg } = args as JsonObject;
      const places: [string, string][] = [['fill/agg', 'agg']];
      const fill = { kind: 'group', by: keys(by ?? [], places), agg: expressions(agg!) };
      return {
        steps: [{ id: step, from: input, do: 'fill', fill: fill as unknown as Json }],
        outputs: { table: step },
        places: { [step]: places },
      };
    },
  },
};

function keys(by: Json, places: [string, string][]): AxisSpec[] {
  const list = typeof by === 'string' ? [by] : by;
  if (Array.isArray(list))
    return list.map((one, i) => {
      const at = { step: `fill/by/${i}`, args: typeof by === 'string' ? 'by' : `by/${i}` };
      const text = one !== null && typeof one === 'object' ? String((one as JsonObject).field) : String(one);
      return axis(one, text, at, places);
    });
  return Object.entries(list as JsonObject).map(([name, one], i) =>
    axis(one, name, { step: `fill/by/${i}`, args: `by/${name}` }, places, name),
  );
}
