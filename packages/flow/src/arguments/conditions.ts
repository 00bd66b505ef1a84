import { checkCondition, type Reference, referencesOf } from '../conditions/index.ts';
import { isMap } from '../definition/index.ts';
import { pointer } from '../errors/index.ts';
import type { Definition } from '../types/definition.ts';
import type { Json, JsonSchema } from '../types/json.ts';
import type { Operator } from '../types/plugin.ts';
import type { Problem } from '../types/problem.ts';

/** An argument that is a condition or a value about tasks: `"format": "condition"` or `"value"` in its schema. */
interface ConditionArgument {
  path: string[];
  value: Json;
  boolean: boolean;
}

const FORMATS: Record<string, boolean> = { condition: true, value: false };

/** The format that a schema gives a text, itself or inside a list or a choice. */
function formatOf(schema: JsonSchema): string | undefined {
  if (typeof schema.format === 'string' && schema.format in FORMATS) return schema.format;
  const inner = [schema.items, ...((schema.anyOf ?? schema.oneOf ?? []) as Json[])];
  for (const one of inner) {
    const found = isMap(one) ? formatOf(one) : undefined;
    if (found) return found;
  }
  return undefined;
}

/** Conditions among the arguments of a task. Only arguments at the top can be: operators see results by name. */
export function conditionArguments(operator: Operator, args: Json): ConditionArgument[] {
  const properties = operator.parameters.properties;
  if (operator.map || !isMap(args) || !isMap(properties)) return [];
  return Object.entries(properties as Record<string, JsonSchema>).flatMap(([key, schema]) => {
    const format = formatOf(schema);
    const value = args[key];
    return format === undefined || value === undefined
      ? []
      : [{ path: [key], value, boolean: FORMATS[format]! }];
  });
}

/** What is wrong with them. */
export function checkConditions(
  definition: Definition,
  name: string,
  operator: Operator,
  args: Json,
): Problem[] {
  const { source } = definition.tasks[name]!;
  return conditionArguments(operator, args).flatMap(({ path, value, boolean }) =>
    checkCondition(definition, value, {
      at: `${source}/args${pointer(...path)}`,
      task: name,
      keyword: path.join('.'),
      boolean,
    }),
  );
}

/** The names that they use: results of tasks among them are waited for. */
export function argumentReferences(operator: Operator, args: Json): (Reference & { argument: string })[] {
  return conditionArguments(operator, args).flatMap(({ path, value }) =>
    referencesOf(value).map((reference) => ({
      ...reference,
      at: [...path, ...reference.at],
      argument: path[0]!,
    })),
  );
}
