import { isMap, kindOf } from '../definition/index.ts';
import { cameFrom, keyOriginAt, pointer, problemAt, suggest } from '../errors/index.ts';
import type { Definition } from '../types/definition.ts';
import type { Json } from '../types/json.ts';
import type { Operator } from '../types/plugin.ts';
import type { Problem } from '../types/problem.ts';
import { checkConditions } from './conditions.ts';
import { expandMain } from './main.ts';
import { type SchemaProblem, validate, withDefaults } from './schema/index.ts';

/**
 * The arguments of a task by name, with the operator's defaults, and what is wrong with them. Config and late
 * interpolations are resolved before. With problems, `args` is what could be made of them.
 */
export function checkArguments(
  definition: Definition,
  name: string,
  operator: Operator,
): { args: Json; problems: Problem[] } {
  const task = definition.tasks[name]!;
  const at = `${task.source}/args`;
  const named = expandMain(operator, task.args);
  const args = operator.normalise ? operator.normalise(named) : named;
  if (!isMap(args)) {
    const help = operator.examples?.[0] ?? (operator.map ? 'a map of your own names' : 'arguments by name');
    return {
      args,
      problems: [
        {
          code: 'FLOW-A004',
          message: `'${operator.name}' takes a map, not ${kindOf(args)}`,
          help: `for example ${help}`,
          origin: problemAt(definition, at),
        },
      ],
    };
  }
  const what = `'${operator.name}'`;
  const found: SchemaProblem[] = operator.map
    ? Object.entries(args).flatMap(([key, value]) =>
        validate(operator.parameters, value, `'${key}'`).map((one) => ({ ...one, path: [key, ...one.path] })),
      )
    : validate(closed(operator), args, what);
  if (operator.map && Object.keys(args).length === 0)
    found.push({
      kind: 'missing',
      path: [],
      message: `${what} takes a map of your own names, and there is none in it`,
    });
  const problems = found.map((one) => located(definition, at, operator, one));
  problems.push(...checkConditions(definition, name, operator, args));
  return { args: operator.map ? args : withDefaults(operator.parameters, args), problems };
}

/** Arguments that a schema does not name are refused, unless it says otherwise. */
function closed(operator: Operator) {
  const { parameters } = operator;
  return parameters.additionalProperties === undefined && parameters.patternProperties === undefined
    ? { ...parameters, additionalProperties: false }
    : parameters;
}

function located(definition: Definition, at: string, operator: Operator, problem: SchemaProblem): Problem {
  const { kind, path, message, help } = problem;
  if (kind === 'unknown') {
    const top = path.length === 1;
    const known = top ? Object.keys((operator.parameters.properties ?? {}) as object) : [];
    return {
      code: 'FLOW-A002',
      message: top ? `'${operator.name}' has no argument '${path[0]}'` : message,
      help: top ? suggest(String(path[0]), known, 'it takes') : help,
      origin: keyOriginAt(definition, at + pointer(...path)),
    };
  }
  const origin =
    kind === 'missing' && path.length === 0 ? keyOriginAt(definition, at) : problemAt(definition, at, path);
  return {
    code: kind === 'missing' ? 'FLOW-A003' : 'FLOW-A001',
    message,
    help,
    origin,
    ...(kind === 'value' ? cameFrom(definition, origin) : {}),
  };
}
