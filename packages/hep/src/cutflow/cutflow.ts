import type { Condition, CountsFill } from '@fasthep/columns';
import { condition, conditionSchema } from '@fasthep/data';
import type { Json, Operator, StreamStep } from '@fasthep/flow';
import { cutsOf } from './names.ts';

/** Cuts in order, with a report of what each of them does. */
export const cutflow: Operator = {
  name: 'cutflow',
  semantics: 1,
  doc: 'Apply cuts in order, and count what passes.\n\nEach cut has a name: a row of the report, and a port with the rows as that cut left them. A cut is an expression or `{all, any, not}`, nested at will; a list of cuts is named by their texts. The report has `n`, `sumw` and `sumw2` of the rows passing in sequence, alone (`_alone`), and before the cut (`_before`); its first row is `all`.',
  examples: [
    'cutflow: {trigger: HLT_IsoMu24, two_muons: num(muon) >= 2}',
    'cutflow: [num(muon) >= 2, {any: [MET.pt > 100, num(jet) > 3]}]',
  ],
  map: true,
  normalise: (args) => (Array.isArray(args) ? cutsOf(args) : args),
  parameters: conditionSchema,
  inputs: { rows: { type: 'rows' } },
  outputs: (args) => ({
    rows: { type: 'rows' },
    report: { type: 'report', doc: 'One row for each cut.' },
    ...Object.fromEntries(Object.keys(cutsOf(args)).map((name) => [name, { type: 'rows' }])),
  }),
  run: {
    kind: 'row-wise',
    stream: 'table',
    check: (args) =>
      Object.keys(cutsOf(args)).flatMap((name) =>
        ['rows', 'report'].includes(name)
          ? [
              {
                message: `'${name}' is an output of every cutflow, so no cut can have that name`,
                help: 'give the cut another name',
                path: Array.isArray(args) ? [] : [name],
              },
            ]
          : [],
      ),
    steps(args, { input, id }) {
      const steps: StreamStep[] = [];
      const outputs: Record<string, string> = {};
      const places: Record<string, [string, string][]> = {};
      // All rows as a step of its own: the one above may be left out for some datasets.
      const all = id('all');
      steps.push({ id: all, from: input, do: 'keep', expr: { all: [] } });
      const rows: CountsFill['rows'] = { all: { '': all, _alone: all, _before: all } };
      let before = all;
      const keep = (local: string, from: string, name: string, cut: Json): string => {
        const step = id(local);
        places[step] = [];
        const expr: Condition = condition(cut, { step: 'expr', args: name }, places[step]);
        steps.push({ id: step, from, do: 'keep', expr });
        return step;
      };
      for (const [name, cut] of Object.entries(cutsOf(args))) {
        const after = keep(`cut ${name}`, before, name, cut);
        // The first cut sees all rows: alone and in sequence are the same.
        const alone = before === all ? after : keep(`alone ${name}`, all, name, cut);
        // The first row is called `all` whatever the cuts are called.
        rows[name === 'all' ? 'all (cut)' : name] = { '': after, _alone: alone, _before: before };
        outputs[name] = after;
        before = after;
      }
      const report = id('report');
      steps.push({ id: report, from: before, do: 'fill', fill: { kind: 'counts', rows } });
      return { steps, outputs: { ...outputs, rows: before, report }, places };
    },
  },
};
