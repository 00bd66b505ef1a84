import type { AxisSpec } from '@fasthep/columns';
import type { ArgumentProblem, Json, JsonObject, JsonSchema } from '@fasthep/flow';
import { join } from './condition.ts';

/** Schema of an axis: a field expression, or `{field, bins | edges, label, name, flow}`. */
export const axisSchema: JsonSchema = {
  description:
    'A field expression, or a map with its bins. Without bins: one bin for each value of an integer, boolean or text.',
  type: ['string', 'object'],
  properties: {
    field: { type: 'string', description: 'Any field expression.', examples: ['max(Muon.pt)'] },
    bins: {
      description: '`[n, low, high]` or `[n, [low, high]]`: n bins of equal width, `[low, high)`.',
      type: ['array', 'object'],
      minItems: 2,
      maxItems: 3,
      properties: {
        nbins: { type: 'integer', minimum: 1 },
        low: { type: 'number' },
        high: { type: 'number' },
      },
      required: ['nbins', 'low', 'high'],
      additionalProperties: false,
      examples: [[60, 0, 120]],
    },
    edges: {
      description: 'Edges of bins of any widths, rising.',
      type: 'array',
      items: { type: 'number' },
      minItems: 2,
      examples: [[0, 20, 50, 100]],
    },
    label: { type: 'string', description: 'For plots.', examples: ['m(μμ) [GeV]'] },
    name: { type: 'string', description: 'Name of the axis; the field if that is a plain name.' },
    flow: { type: 'boolean', description: 'With under- and overflow.', default: true },
  },
  required: ['field'],
  additionalProperties: false,
};

const PLAIN = /^[\p{L}_][\p{L}\p{N}_]*(\.[\p{L}\p{N}_]+)*$/u;

/** Whether a field expression is one name, with or without dots. */
export function isPlainName(text: string): boolean {
  return PLAIN.test(text.trim());
}

/**
 * An axis as written → as fills have it. `fallback` names an axis whose field is not a plain name. Pairs of path
 * prefixes, in the step and in the arguments, go to `places`.
 */
export function axis(
  value: Json,
  fallback: string,
  at: { step: string; args: string },
  places: [string, string][],
  name?: string,
): AxisSpec {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) {
    places.push([at.step, at.args], [`${at.step}/field`, at.args]);
    const field = String(value);
    return { name: name ?? (isPlainName(field) ? field.trim() : fallback), field };
  }
  places.push([at.step, at.args], [`${at.step}/field`, join(at.args, 'field')]);
  const given = value as JsonObject;
  const field = String(given.field);
  const spec: AxisSpec = {
    name:
      name ??
      (given.name === undefined ? (isPlainName(field) ? field.trim() : fallback) : String(given.name)),
    field,
  };
  if (given.label !== undefined) spec.label = String(given.label);
  if (given.bins !== undefined) spec.bins = bins(given.bins);
  if (given.edges !== undefined) spec.edges = given.edges as number[];
  if (given.flow !== undefined) spec.flow = given.flow === true;
  return spec;
}

/** `[n, low, high]`, `[n, [low, high]]` or `{nbins, low, high}`. */
function bins(value: Json): [number, number, number] {
  if (Array.isArray(value)) return value.flat() as [number, number, number];
  const { nbins, low, high } = value as JsonObject;
  return [nbins, low, high] as [number, number, number];
}

/** What the schema of an axis cannot say: bins of another shape, bins and edges together. */
export function axisProblems(value: Json | undefined, path: (string | number)[]): ArgumentProblem[] {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return [];
  const { bins: given, edges } = value;
  if (given !== undefined && edges !== undefined)
    return [
      {
        message: 'bins and edges both say where bins end',
        help: 'keep one of them',
        path: [...path, 'edges'],
      },
    ];
  if (!Array.isArray(given)) return [];
  const [n, low, high] = given;
  const range = given.length === 2 ? low : [low, high];
  if (
    Number.isInteger(n) &&
    Array.isArray(range) &&
    range.length === 2 &&
    range.every((one) => typeof one === 'number')
  )
    return [];
  return [
    {
      message: 'bins are a whole number, then the lower and the upper end',
      help: 'bins: [60, 0, 120]',
      path: [...path, 'bins'],
    },
  ];
}
