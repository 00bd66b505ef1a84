import type { Json, JsonObject } from '@fasthep/flow';

/** The weights of a stage by the names of their columns: a text, a list of texts or a map. */
export function weightsOf(settings: Json): { name: string; expression: string; step: string }[] {
  const weights = (settings as JsonObject | null)?.weights;
  if (typeof weights === 'string') return [{ name: weights, expression: weights, step: '' }];
  if (Array.isArray(weights))
    return weights.map((one, index) => ({ name: String(one), expression: String(one), step: `/${index}` }));
  if (weights === null || typeof weights !== 'object') return [];
  return Object.entries(weights).map(([name, expression]) => ({
    name,
    expression: String(expression),
    step: `/${name}`,
  }));
}
