import type { AxisSpec, HistFill } from '@fasthep/columns';
import type { ArgumentProblem, Json, JsonObject, Operator } from '@fasthep/flow';
import { axis, axisProblems, axisSchema } from '../arguments/index.ts';

/** Fills a histogram. */
export const hist: Operator = {
  name: 'hist',
  semantics: 1,
  doc: 'Fill a histogram.\n\nAxes are `x`, `y`, `z`, or any number by name under `axes`. An object-level field fills once for each object, with the weight of its row. For each label of the stream (dataset, regions, variation) the histogram has a category axis.',
  examples: [
    'hist: {x: {field: MET.pt, bins: [100, 0, 200]}}',
    'hist: {x: {field: npv, bins: [5, 0, 25]}, sample: MET.pt, storage: mean}',
  ],
  parameters: {
    type: 'object',
    properties: {
      x: axisSchema,
      y: axisSchema,
      z: axisSchema,
      axes: {
        description: 'Axes by name, instead of x, y, z.',
        type: 'object',
        minProperties: 1,
        additionalProperties: axisSchema,
        examples: [{ mass: { field: 'm_mumu', bins: [60, 60, 120] } }],
      },
      weight: {
        description: 'Instead of the attached weights: an expression, names of attached factors, or 1.',
        type: ['string', 'array', 'number'],
        items: { type: 'string' },
        examples: ['genWeight', 1],
      },
      storage: {
        description: 'Sums of weights and of their squares, plain counts, or the mean of `sample`.',
        type: 'string',
        enum: ['weighted', 'count', 'mean'],
        default: 'weighted',
      },
      sample: { description: 'For storage mean: what is averaged.', type: 'string', examples: ['MET.pt'] },
    },
    additionalProperties: false,
  },
  inputs: { rows: { type: 'rows' } },
  outputs: { histogram: { type: 'histogram' } },
  run: {
    kind: 'row-wise',
    stream: 'table',
    check: histProblems,
    steps(args, { input, id }) {
      const step = id('histogram');
      const given = args as JsonObject;
      const places: [string, string][] = [
        ['fill/weight', 'weight'],
        ['fill/sample', 'sample'],
        ['fill/storage', 'storage'],
        ['fill', ''],
      ];
      const fill: HistFill = {
        kind: 'hist',
        axes: axesOf(given, places),
        storage: (given.storage ?? 'weighted') as HistFill['storage'],
      };
      if (given.weight !== undefined) fill.weight = weightOf(given.weight);
      if (given.sample !== undefined) fill.sample = String(given.sample);
      return {
        steps: [{ id: step, from: input, do: 'fill', fill: fill as unknown as Json }],
        outputs: { histogram: step },
        places: { [step]: places },
      };
    },
  },
};

/** Arguments that say nothing beside others, and axes that cannot be told apart. */
function histProblems(args: Json): ArgumentProblem[] {
  const given = args as JsonObject;
  const problems: ArgumentProblem[] = [];
  const named = Object.entries((given.axes ?? {}) as JsonObject);
  for (const letter of ['x', 'y', 'z']) problems.push(...axisProblems(given[letter], [letter]));
  for (const [name, one] of named) problems.push(...axisProblems(one, ['axes', name]));
  if (given.sample !== undefined && given.storage !== 'mean')
    problems.push({
      message: 'a sample is averaged, and this storage holds no means',
      help: 'add storage: mean, or take the sample away',
      path: ['sample'],
    });
  if (given.storage === 'count' && given.weight !== undefined && given.weight !== 1)
    problems.push({
      message: 'counts have no weight',
      help: 'take the weight away, or choose storage: weighted',
      path: ['weight'],
    });
  if (problems.length > 0) return problems;
  const letters = ['x', 'y', 'z'].filter((letter) => given[letter] !== undefined);
  const places = [...letters.map((letter) => [letter]), ...named.map(([name]) => ['axes', name])];
  const names = axesOf(given, []).map(({ name }) => name);
  return names.flatMap((name, i) =>
    names.indexOf(name) === i
      ? []
      : [
          {
            code: 'hist.axes',
            message: `two axes have the name '${name}'`,
            help: 'give one of them another name',
            path: places[i]!,
          },
        ],
  );
}

function axesOf(given: JsonObject, places: [string, string][]): AxisSpec[] {
  const named = (given.axes ?? {}) as JsonObject;
  const byLetter = ['x', 'y', 'z'].filter((letter) => given[letter] !== undefined);
  const letters = byLetter.map((letter, i) =>
    axis(given[letter]!, letter, { step: `fill/axes/${i}`, args: letter }, places),
  );
  const rest = Object.entries(named).map(([name, one], i) =>
    axis(one, name, { step: `fill/axes/${letters.length + i}`, args: `axes/${name}` }, places, name),
  );
  return [...letters, ...rest];
}

/** A number other than 1 is an expression like any other. */
function weightOf(value: Json): HistFill['weight'] {
  if (value === 1) return 1;
  return Array.isArray(value) ? value.map(String) : String(value);
}
