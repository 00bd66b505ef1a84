import type { Condition, CountsFill } from '@fasthep/columns';
import { condition, conditionSchema } from '@fasthep/data';
import type { Json, JsonObject, Operator, StreamStep } from '@fasthep/flow';
import { nameOf } from './names.ts';

/** A condition with those inside it, and its place in the arguments. */
interface Cut {
  name: string;
  joins?: 'all' | 'any';
  value: Json;
  path: string;
  inside: Cut[];
}

/** A selection of nested conditions, with a report that has a row for each of them. */
export const cutTree: Operator = {
  name: 'cut_tree',
  semantics: 1,
  doc: 'Apply nested cuts, and count what each of them does.\n\nLike `cutflow`, but the report has a row for the whole selection and, below it, one for every condition inside, at any depth. In an `all` the conditions are counted in sequence; in an `any`, `n` are the rows that pass one of those up to this. `_before` are the rows that were left (an `all` counts from its own beginning), `_alone` those that pass this condition alone.',
  examples: ['cut_tree: {cuts: {all: [nMuon >= 2, {any: [MET.pt > 100, nJet > 3]}]}}'],
  main: 'cuts',
  parameters: {
    type: 'object',
    properties: { cuts: conditionSchema },
    required: ['cuts'],
    additionalProperties: false,
  },
  inputs: { rows: { type: 'rows' } },
  outputs: { rows: { type: 'rows' }, report: { type: 'report', doc: 'One row for each condition.' } },
  run: {
    kind: 'row-wise',
    stream: 'table',
    steps(args, { input, id }) {
      const steps: StreamStep[] = [];
      const places: Record<string, [string, string][]> = {};
      const all = id('all');
      steps.push({ id: all, from: input, do: 'keep', expr: { all: [] } });
      const made = new Map<string, string>();
      const keep = (from: string, { value, path }: Pick<Cut, 'value' | 'path'>): string => {
        const key = JSON.stringify([from, value]);
        const before = made.get(key);
        if (before !== undefined) return before;
        const step = id(`cut ${made.size}`);
        made.set(key, step);
        places[step] = [];
        const expr: Condition = condition(value, { step: 'expr', args: path }, places[step]);
        steps.push({ id: step, from, do: 'keep', expr });
        return step;
      };
      const rows: CountsFill['rows'] = {};
      const row = (cut: Cut, after: string, before: string): string => {
        let name = cut.name;
        for (let i = 2; Object.hasOwn(rows, name); i++) name = `${cut.name} (${i})`;
        rows[name] = { '': after, _alone: keep(all, cut), _before: before };
        return after;
      };
      /** Rows of the conditions inside; `current` are those that passed all that stands around. */
      const inner = (cut: Cut, current: string): void => {
        let [own, left] = [all, current];
        cut.inside.forEach((one, i) => {
          if (cut.joins === 'all') {
            const before = own;
            own = row(one, keep(before, one), before);
            inner(one, left);
            left = left === before ? own : keep(left, one);
          } else {
            const any = { any: cut.inside.slice(0, i + 1).map((other) => other.value) };
            row(one, keep(current, { value: any, path: cut.path }), current);
            inner(one, current);
          }
        });
      };
      const whole = cutOf((args as JsonObject).cuts!, 'cuts');
      const kept = row(whole, keep(all, whole), all);
      inner(whole, all);
      const report = id('report');
      steps.push({ id: report, from: kept, do: 'fill', fill: { kind: 'counts', rows } });
      return { steps, outputs: { rows: kept, report }, places };
    },
  },
};

function cutOf(value: Json, path: string): Cut {
  const list = Array.isArray(value) ? value : undefined;
  const { all, any } = (list || value === null || typeof value !== 'object' ? {} : value) as JsonObject;
  const joins = list || all !== undefined ? 'all' : any === undefined ? undefined : 'any';
  if (joins === undefined) return { name: nameOf(value), value, path, inside: [] };
  const at = list ? path : `${path}/${joins}`;
  const inside = Object.entries((list ?? all ?? any) as JsonObject).map(([key, one]) =>
    cutOf(one, `${at}/${key}`),
  );
  return { name: joins, joins, value, path, inside };
}
