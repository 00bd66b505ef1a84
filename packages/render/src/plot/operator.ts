import type { ArgumentProblem, Json, JsonObject, Operator } from '@fasthep/flow';
import { didYouMean } from '../text/nearest.ts';
import { FORMATS, outPatterns } from './out.ts';
import { checkStyle, STYLE_SCHEMA } from './style.ts';

const KINDS = ['lines', 'stack', 'map', 'bar', 'points'];

const AXIS = {
  type: ['string', 'object'],
  additionalProperties: false,
  properties: {
    field: {
      type: ['string', 'array'],
      items: { type: 'string' },
      description: 'Column of a table (of y: or several).',
    },
    label: {
      type: 'string',
      description: 'Text, with its unit in brackets: "m(μμ) [GeV]"; $p_T$ and 10^{3} work.',
    },
    log: { type: 'boolean', description: 'Logarithmic axis.' },
    range: {
      type: 'array',
      items: { type: ['number', 'null'] },
      minItems: 2,
      maxItems: 2,
      description: 'What is shown; null: as far as there is something.',
    },
  },
} satisfies JsonObject;

/** `plot`: figures of histograms, tables and reports. Drawing is loaded when it runs. */
export const plot: Operator = {
  name: 'plot',
  semantics: 1,
  doc: `Draw histograms, tables and reports.

The kind follows from the product: a histogram with one axis of numbers gives lines, with two a map, with a stack
a stack; a table with a column of text bars, without one points. What \`out\` does not name is drawn into one figure.
The numbers of a figure are written to \`.json\` where \`out\` asks for it.`,
  examples: [
    'plot: spectrum.svg',
    'plot: {stack: process, ratio: true, band: all, out: "{task}_{region}.{svg,json}"}',
    'plot: {kind: bar, x: method, y: n, out: methods.svg}',
    'plot: {z: {log: true}, out: plane.svg}',
  ],
  main: 'out',
  parameters: {
    type: 'object',
    additionalProperties: false,
    required: ['out'],
    properties: {
      out: {
        type: 'string',
        minLength: 1,
        description: `File: ${FORMATS.map((one) => `.${one}`).join(', ')}; {svg,json} for several, {task}, {dataset} or another label for one figure each.`,
        examples: ['{task}.svg', '{task}.{svg,json}'],
      },
      kind: { type: 'string', enum: KINDS, description: 'By product, where it is left out.' },
      stack: {
        type: 'string',
        description: 'Category axis whose entries are stacked; data is drawn as points.',
        examples: ['dataset', 'process'],
      },
      band: {
        type: ['string', 'array', 'boolean'],
        items: { type: 'string' },
        description: 'Uncertainty band: stat, names of variations, or all.',
        examples: ['all', 'stat'],
        default: false,
      },
      ratio: {
        type: 'boolean',
        default: false,
        description: 'Panel with data over the sum of the stack; of lines, over the first.',
      },
      x: { ...AXIS, description: 'Column, or column, label, log, range.' },
      y: {
        ...AXIS,
        type: ['string', 'object', 'array'],
        items: { type: 'string' },
        description: 'Column(s), or label, log, range of the contents.',
      },
      z: { ...AXIS, description: 'Contents of a map.' },
      style: STYLE_SCHEMA,
    },
  },
  normalise(args: Json): Json {
    if (typeof args !== 'object' || args === null || Array.isArray(args)) return args;
    const named: JsonObject = { ...args };
    for (const axis of ['x', 'y', 'z'])
      if (typeof named[axis] === 'string' || Array.isArray(named[axis]))
        named[axis] = { field: named[axis]! };
    return named;
  },
  inputs: { input: { type: ['histogram', 'table', 'report'], many: true, doc: 'What is drawn.' } },
  outputs: { files: { type: 'files', doc: 'The figures.' } },
  run: {
    kind: 'whole',
    check: checkPlot,
    datasetWords: () => ['kind'],
    // Several products in one figure are told apart by a legend.
    usesNames: (args, inputs) => {
      const { out, style } = args as { out?: Json; style?: { names?: Json } };
      return inputs > 1 && !String(out).includes('{task}') && style?.names === undefined;
    },
    async apply(args, inputs, context) {
      const { drawPlots } = await import('./apply.ts');
      return { files: await drawPlots(args, inputs.input ?? [], context) };
    },
  },
};

/** Everything about the arguments of `plot` that its schema cannot say. */
export function checkPlot(
  args: Json,
  inputs: Record<string, { name: string; type: string }[]>,
): ArgumentProblem[] {
  if (typeof args !== 'object' || args === null || Array.isArray(args)) return [];
  const problems: ArgumentProblem[] = [];
  const products = inputs.input ?? [];
  const types = new Set(products.map((product) => product.type));
  if (typeof args.out === 'string') problems.push(...checkOut(args.out));
  if (typeof args.style === 'object' && args.style !== null && !Array.isArray(args.style))
    problems.push(...checkStyle(args.style));
  const tables = types.size > 0 && !types.has('histogram');
  if (tables && (args.kind === 'map' || args.kind === 'stack'))
    problems.push({
      code: 'plot.kind',
      message: `a ${[...types].join(' or ')} cannot be drawn as ${args.kind}`,
      help: "use 'bar' or 'points'",
      path: ['kind'],
    });
  if (tables)
    for (const word of ['stack', 'band', 'ratio'])
      if (args[word])
        problems.push({
          code: 'plot.kind',
          message: `'${word}' is for histograms, and '${products[0]!.name}' is a ${products[0]!.type}`,
          help: `leave it out, or plot a histogram`,
          path: [word],
          // A default for all plots may not fit this one.
          severity: 'warning',
        });
  if (types.size > 0 && !types.has('table') && !types.has('report'))
    for (const axis of ['x', 'y', 'z']) {
      const value = args[axis];
      if (typeof value === 'object' && value !== null && !Array.isArray(value) && value.field !== undefined)
        problems.push({
          code: 'plot.columns',
          message: `'${axis}' names a column, and '${products[0]!.name}' is a histogram, whose axes are fixed`,
          help: `for its look write ${axis}: {label: "…"} or ${axis}: {log: true}`,
          path: [axis],
        });
    }
  if (args.kind === 'stack' && args.stack === undefined)
    problems.push({
      code: 'plot.stack',
      message: 'kind stack needs the name of the axis that is stacked',
      help: 'add stack: dataset, or stack: process',
      path: ['kind'],
    });
  return problems;
}

function checkOut(out: string): ArgumentProblem[] {
  const problems: ArgumentProblem[] = [];
  const path = ['out'];
  const patterns = outPatterns(out);
  for (const { name, format } of patterns) {
    if (/^(?:[/\\]|[A-Za-z]:)|(?:^|[/\\])\.\.(?:[/\\]|$)/u.test(name)) {
      problems.push({
        code: 'plot.out',
        message: `'${name}' leads out of the run directory`,
        help: 'give a file name or a path below it',
        path,
      });
    } else if (!format) {
      const ending = /\.([^./{}]+)$/u.exec(name)?.[1];
      problems.push({
        code: 'plot.out',
        message: ending
          ? `cannot draw into '.${ending}' (${name})`
          : `'${name}' has no ending that tells the format`,
        help:
          ending === 'pdf'
            ? 'use .svg: every PDF tool takes it'
            : ((ending && didYouMean(ending, FORMATS)) ??
              `use ${FORMATS.map((one) => `.${one}`).join(', ')}`),
        path,
      });
    } else if (/[{}]/u.test(name.replace(/\{[^{}]+\}/gu, '')) || name.includes('{}'))
      problems.push({
        code: 'plot.out',
        message: `braces of '${name}' do not match`,
        help: 'placeholders look like {task}, alternatives like {svg,json}',
        path,
      });
  }
  if (new Set(patterns.map((one) => one.name)).size < patterns.length)
    problems.push({ code: 'plot.out', message: `'${out}' names a file twice`, path });
  return problems;
}
