/** The JSON Schema of workflows, from what operators and keywords say of themselves. */
import type { JsonObject, JsonSchema, Operator, Registry } from '@fasthep/flow';

/** For editors. One object per task with all keywords and operators as properties: no `oneOf`, whose messages help nobody. */
export function workflowSchema(registry: Registry): JsonSchema {
  const extensions = registry.all('extensions').map(({ item }) => item);
  const keywords = (at: 'task' | 'top') =>
    Object.fromEntries(
      extensions
        .filter((one) => one.at === at)
        .map(({ keyword, schema, doc }) => [keyword, { description: doc, ...schema }]),
    );
  const operators: JsonObject = {};
  for (const { pack, item } of registry.all('operators')) {
    const schema = operatorSchema(item);
    operators[`${pack}.${item.name}`] = schema;
    if ('operator' in registry.operator(item.name)) operators[item.name] = schema;
  }
  const needs = { type: ['array', 'object', 'string'], description: 'What it reads, and whom it waits for.' };
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'FAST-HEP Flow workflow',
    type: 'object',
    required: ['tasks'],
    properties: {
      ...keywords('top'),
      include: { description: 'Files that are merged below this one.' },
      params: { type: 'object', description: 'Inputs of an included file.' },
      defaults: { type: 'array', description: 'Which file of each config group is taken.' },
      tasks: {
        type: ['object', 'array'],
        description: 'The work, from top to bottom.',
        additionalProperties: { $ref: '#/$defs/task' },
        items: { $ref: '#/$defs/task' },
      },
    },
    $defs: {
      task: {
        type: 'object',
        description: 'Exactly one operator, and keywords.',
        properties: { ...keywords('task'), needs, name: { type: 'string' }, ...operators },
        additionalProperties: false,
      },
    },
  };
}

function operatorSchema({ doc, main, map, parameters, examples }: Operator): JsonSchema {
  const description = doc.split('\n')[0]!;
  const more: JsonObject = examples ? { examples } : {};
  if (map)
    return { description, ...more, type: ['object', 'string', 'array'], additionalProperties: parameters };
  const { properties = {} } = parameters as { properties?: JsonObject };
  return {
    description,
    ...more,
    // A text or a list is the main argument.
    type: main ? ['object', 'string', 'array', 'number', 'boolean', 'null'] : ['object', 'null'],
    properties,
    ...(parameters.additionalProperties === undefined
      ? {}
      : { additionalProperties: parameters.additionalProperties }),
  };
}
