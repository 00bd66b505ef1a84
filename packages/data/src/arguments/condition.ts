import type { Condition } from '@fasthep/columns';
import type { Json, JsonObject, JsonSchema } from '@fasthep/flow';

/** Schema of a condition: an expression, a list of conditions that must all hold, or `{all, any, not}`, nested at will. */
export const conditionSchema: JsonSchema = {
  description:
    'An expression that is true or false for each row, or `{all: […]}`, `{any: […]}`, `{not: …}` of these.',
  type: ['string', 'boolean', 'array', 'object'],
  items: { type: ['string', 'boolean', 'array', 'object'] },
  minItems: 1,
  properties: {
    all: { type: ['array', 'object'], description: 'Every one of these.' },
    any: { type: ['array', 'object'], description: 'One of these, or several.' },
    not: { type: ['string', 'array', 'object'], description: 'Not this one.' },
  },
  minProperties: 1,
  maxProperties: 1,
  additionalProperties: false,
  examples: ['pt > 25', { any: ['pt > 25', 'nJet >= 2'] }],
};

/** A condition as written → as steps have it. Pairs of path prefixes, in the step and in the arguments, go to `places`. */
export function condition(
  value: Json,
  at: { step: string; args: string },
  places: [string, string][],
): Condition {
  places.push([at.step, at.args]);
  if (Array.isArray(value)) return { all: members(value, `${at.step}/all`, at.args, places) };
  if (value === null || typeof value !== 'object')
    return typeof value === 'boolean' ? (value ? 'True' : 'False') : String(value);
  const { all, any, not } = value as JsonObject;
  if (all !== undefined) return { all: members(all, `${at.step}/all`, `${at.args}/all`, places) };
  if (any !== undefined) return { any: members(any, `${at.step}/any`, `${at.args}/any`, places) };
  return { not: condition(not ?? true, { step: `${at.step}/not`, args: join(at.args, 'not') }, places) };
}

/** Conditions of a list, or of a map whose names are for the reader only. */
function members(value: Json, step: string, args: string, places: [string, string][]): Condition[] {
  const entries =
    value !== null && typeof value === 'object' ? Object.entries(value) : [['0', value] as const];
  return entries.map(([key, one], i) =>
    condition(one as Json, { step: `${step}/${i}`, args: join(args, key) }, places),
  );
}

/** Path prefixes joined by slashes; the empty one is the whole. */
export function join(prefix: string, part: string | number): string {
  return prefix === '' ? String(part) : `${prefix}/${part}`;
}
