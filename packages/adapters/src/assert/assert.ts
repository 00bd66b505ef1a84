import { evaluate, names, parse } from '@fasthep/expression';
import type { Json, JsonObject, NamedValue, Operator, Registry } from '@fasthep/flow';
import { AdaptError } from '../error.ts';

/** Fails unless all conditions on results hold. */
export const assertOperator: Operator = {
  name: 'assert',
  semantics: 1,
  doc: 'Fail unless all conditions on results hold.\n\nConditions name results as `task.field`: fields of a table of one row, of a fit, of what a reader found out. What does not hold is told with the values it saw.',
  examples: [
    'assert: fit.chi2 / fit.ndof < 5',
    'assert: {that: [counts.n > 0, counts.n < 1000], message: odd number of events}',
  ],
  main: 'that',
  parameters: {
    type: 'object',
    properties: {
      that: {
        description: 'Condition or conditions on results.',
        anyOf: [
          { type: 'string', format: 'condition' },
          { type: 'array', items: { type: 'string', format: 'condition' }, minItems: 1 },
        ],
        examples: ['counts.n > 0'],
      },
      message: { description: 'What to say when they do not hold.', type: 'string' },
    },
    required: ['that'],
    additionalProperties: false,
  },
  inputs: {},
  outputs: { checks: { type: 'json', doc: 'Each condition, with the values it saw.' } },
  run: {
    kind: 'whole',
    apply(args, inputs, { registry }) {
      const { that, message } = args as JsonObject;
      const texts = (Array.isArray(that) ? that : [that]).map(String);
      const checks = texts.map((text) => checked(text, inputs.results ?? [], registry));
      const failed = checks.filter(({ holds }) => !holds);
      if (failed.length > 0) {
        const told = failed.map(({ that, saw }) => `${that}${sawText(saw)}`).join('; ');
        throw new AdaptError(
          'adapt.assert',
          message === undefined ? `does not hold: ${told}` : `${String(message)} (${told})`,
        );
      }
      return { checks: checks as unknown as Json };
    },
  },
};

interface Check {
  that: string;
  holds: boolean;
  saw: JsonObject;
}

function checked(that: string, results: readonly NamedValue[], registry: Registry): Check {
  const tree = parse(that);
  const scope: JsonObject = {};
  const saw: JsonObject = {};
  for (const { parts } of names(tree)) {
    const value = seenValue(parts, results, registry, that);
    saw[parts.join('.')] = value;
    place(scope, parts, value);
  }
  let holds: unknown;
  try {
    holds = evaluate(tree, scope);
  } catch (error) {
    throw new AdaptError('adapt.assert', `'${that}' cannot be decided: ${(error as Error).message}`);
  }
  if (typeof holds !== 'boolean')
    throw new AdaptError('adapt.assert', `'${that}' gives ${JSON.stringify(holds)}, neither true nor false`);
  return { that, holds, saw };
}

/** The value of `task.field`, or `task.port.field`. */
function seenValue(
  parts: readonly string[],
  results: readonly NamedValue[],
  registry: Registry,
  that: string,
): Json {
  const [task, ...path] = parts;
  const whole = results.find(({ name }) => name === task);
  const port = results.find(({ name }) => name === `${task}_${path[0]}`);
  for (const [result, rest] of [
    [port, path.slice(1)],
    [whole, path],
  ] as const) {
    if (!result) continue;
    const value = registry.type(result.type)?.field?.(result.value, rest);
    if (value !== undefined) return value;
  }
  const help = whole || port ? undefined : `names of the config are written \${${parts.join('.')}}`;
  throw new AdaptError('adapt.assert', `'${that}' names '${parts.join('.')}', which no result has`, help);
}

function place(scope: JsonObject, parts: readonly string[], value: Json): void {
  let at = scope;
  for (const part of parts.slice(0, -1)) {
    if (!Object.hasOwn(at, part)) at[part] = {};
    at = at[part] as JsonObject;
  }
  at[parts[parts.length - 1]!] = value;
}

function sawText(saw: JsonObject): string {
  const seen = Object.entries(saw).map(([name, value]) => `${name} is ${JSON.stringify(value)}`);
  return seen.length > 0 ? `, as ${seen.join(' and ')}` : '';
}
