import type { JsonSchema } from '../../types/json.ts';
import type { Operator } from '../../types/plugin.ts';
import { withLate } from './late.ts';

/** The schema of what stands under an operator's key: arguments by name, or its main argument alone. */
export function operatorSchema(operator: Operator, partial: boolean): JsonSchema {
  const { doc, examples, main, map, parameters, normalise } = operator;
  const notes: JsonSchema = { description: doc, ...(examples ? { examples: [...examples] } : {}) };
  if (map) {
    const values = withLate(parameters, partial);
    // What has short forms of its own takes more than a map.
    return normalise
      ? { ...notes, type: ['object', 'array', 'string'], additionalProperties: values }
      : { ...notes, type: ['object', 'string'], pattern: '\\$\\{', additionalProperties: values };
  }
  const { type: _type, ...shape } = withLate(parameters, partial);
  if (shape.additionalProperties === undefined && shape.patternProperties === undefined)
    shape.additionalProperties = false;
  delete shape.pattern;
  const types = ['object', 'string'];
  if (main !== undefined || normalise) types.push('array', 'number', 'boolean');
  const required = [parameters.required ?? []].flat();
  if (required.length === 0) types.push('null');
  const made: JsonSchema = { ...notes, ...shape, type: types };
  if (main === undefined && !normalise) made.pattern = '\\$\\{';
  return made;
}
