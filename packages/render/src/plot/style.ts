import type { ArgumentProblem, JsonObject, JsonSchema } from '@fasthep/flow';
import { didYouMean } from '../text/nearest.ts';

const COLOR = { type: 'string', pattern: '^(#[0-9a-fA-F]{3}([0-9a-fA-F]{3})?|[a-z]+)$' } as const;

/** Names of palettes and colour maps; the colours themselves are loaded when something is drawn. */
export const PALETTE_NAMES = ['petroff6', 'petroff8', 'petroff10', 'okabe-ito', 'gray'];
export const COLORMAP_NAMES = ['viridis', 'cividis', 'blues', 'gray', 'diverging'];

/** JSON Schema of `style`. Keys beside these are names of category axes (`process`, `dataset`, a region). */
export const STYLE_SCHEMA: JsonSchema = {
  type: 'object',
  description:
    'The look of the figure. Written once in a section of your own, it can be shared by all figures.',
  properties: {
    title: { type: 'string', description: 'Text above the figure.' },
    size: {
      type: 'array',
      items: { type: 'number', minimum: 120, maximum: 10000 },
      minItems: 2,
      maxItems: 2,
      description: 'Width and height in pixels; default [640, 480], [640, 600] with a ratio panel.',
    },
    label: {
      type: 'object',
      additionalProperties: false,
      description: 'Texts at the upper edge of the frame.',
      properties: {
        experiment: { type: 'string', description: 'Bold, left: CMS.' },
        status: { type: 'string', description: 'Italic, beside it: Preliminary.' },
        lumi: { type: 'string', description: 'Right: 59.7 fb⁻¹.' },
        energy: { type: 'string', description: 'Right, in brackets: 13 TeV.' },
        info: { type: 'string', description: 'Right, instead of lumi and energy.' },
      },
    },
    palette: {
      description: 'Name of a colour sequence, or a list of colours.',
      type: ['string', 'array'],
      items: COLOR,
      examples: PALETTE_NAMES,
    },
    colormap: { type: 'string', enum: COLORMAP_NAMES, description: 'Colours of a map.' },
    legend: {
      type: 'string',
      enum: ['auto', 'inside', 'right', 'none'],
      description: 'auto: inside where it hides nothing, else right of the frame.',
    },
    grid: { type: 'boolean', description: 'Lines at the major ticks.' },
    errors: { type: 'boolean', description: 'Error bars of lines; default for up to four of them.' },
    density: { type: 'boolean', description: 'Contents divided by the widths of the bins.' },
    normalise: { type: 'boolean', description: 'Every entry (a stack as a whole) scaled to a sum of one.' },
    names: {
      type: 'array',
      items: { type: 'string' },
      description: 'Names of several products in one figure, in the order of needs.',
    },
    ratio: {
      type: 'object',
      additionalProperties: false,
      description: 'The ratio panel.',
      properties: {
        label: { type: 'string' },
        range: { type: 'array', items: { type: 'number' }, minItems: 2, maxItems: 2 },
      },
    },
  },
  additionalProperties: {
    type: 'object',
    description: 'Entries of one category axis, bottom to top of a stack.',
    additionalProperties: {
      type: 'object',
      additionalProperties: false,
      properties: {
        label: { type: 'string', description: 'Text in the legend.' },
        color: COLOR,
        kind: { type: 'string', enum: ['data', 'mc'], description: 'data is drawn as points.' },
      },
    },
  },
};

const ENTRY_KEYS = ['label', 'color', 'kind'];

/** What the schema cannot say: names of palettes, misspelt keys that would pass as names of axes. */
export function checkStyle(style: JsonObject): ArgumentProblem[] {
  const problems: ArgumentProblem[] = [];
  const known = Object.keys(STYLE_SCHEMA.properties as JsonObject);
  const { palette } = style;
  if (typeof palette === 'string' && !PALETTE_NAMES.includes(palette))
    problems.push({
      code: 'plot.palette',
      message: `there is no palette '${palette}'`,
      help:
        didYouMean(palette, PALETTE_NAMES) ??
        `there are ${PALETTE_NAMES.join(', ')}, or give a list of colours`,
      path: ['style', 'palette'],
    });
  for (const [key, value] of Object.entries(style)) {
    if (known.includes(key)) continue;
    const guess = didYouMean(key, known);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      problems.push({
        code: 'plot.style',
        message: `style has no key '${key}'`,
        help: guess ?? `it has ${known.join(', ')}, and the names of category axes with their entries`,
        path: ['style', key],
      });
      continue;
    }
    for (const [name, entry] of Object.entries(value)) {
      if (typeof entry !== 'object' || entry === null || Array.isArray(entry)) {
        problems.push({
          code: 'plot.style',
          message: `the style of the entry '${name}' must be a map with ${ENTRY_KEYS.join(', ')}`,
          help: guess ?? `for example ${key}: {${name}: {label: "${name}", color: "#5790fc"}}`,
          path: ['style', key, name],
        });
        continue;
      }
      for (const word of Object.keys(entry))
        if (!ENTRY_KEYS.includes(word))
          problems.push({
            code: 'plot.style',
            message: `the style of an entry has no key '${word}'`,
            help: didYouMean(word, ENTRY_KEYS) ?? `it has ${ENTRY_KEYS.join(', ')}`,
            path: ['style', key, name, word],
          });
    }
  }
  return problems;
}
