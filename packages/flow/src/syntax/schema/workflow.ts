import type { JsonObject, JsonSchema } from '../../types/json.ts';
import type { Extension, Registry } from '../../types/plugin.ts';
import { withLate } from './late.ts';
import { operatorSchema } from './operator.ts';

/**
 * JSON Schema (2020-12) of workflows in the default syntax, with the keywords and operators of a registry. For
 * editors: one object per task with all of them as properties, so that a message says which key is wrong rather than
 * that none of forty forms fits. What takes more (one operator per task, needs that exist) the linter tells.
 */
export function workflowSchema(registry: Registry): JsonSchema {
  const extensions = registry.all('extensions').map(({ item }) => item as Extension);
  const top: JsonObject = {};
  for (const one of extensions)
    if (one.at === 'top') top[one.keyword] = { ...withLate(one.schema, false), description: one.doc };
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'FAST-HEP Flow workflow',
    type: 'object',
    required: ['tasks'],
    properties: {
      tasks: {
        ...taskMap(true),
        description: 'The work: tasks by name, from top to bottom as the stream flows.',
      },
      include: {
        description: 'Files that are merged below this one: paths, patterns, or {file, when, with, as}.',
        type: ['string', 'array', 'object'],
        items: { $ref: '#/$defs/include' },
        ...includeShape,
      },
      params: {
        description: 'Typed inputs of a file that others include, read as ${params.x}.',
        type: 'object',
        additionalProperties: {
          type: 'object',
          properties: {
            type: { enum: ['string', 'int', 'float', 'bool', 'list', 'map', 'path'] },
            default: {},
            options: { type: 'array' },
            pattern: { type: 'string' },
            help: { type: 'string' },
          },
          additionalProperties: false,
        },
      },
      defaults: { description: 'Which file of each config group is taken (Hydra).', type: 'array' },
      ...top,
    },
    $defs: {
      task: {
        description: 'One operator with its arguments, and keywords.',
        type: 'object',
        minProperties: 1,
        if: { required: ['extends'] },
        // biome-ignore lint/suspicious/noThenProperty: a word of JSON Schema
        then: { $ref: '#/$defs/partial' },
        else: { $ref: '#/$defs/whole' },
      },
      whole: taskSchema(registry, extensions, false),
      partial: taskSchema(registry, extensions, true),
      need: {
        type: ['string', 'object'],
        minLength: 1,
        properties: {
          task: { type: 'string', minLength: 1 },
          data: { type: 'boolean', description: 'False: wait for it, read nothing.' },
          optional: { type: 'boolean', description: 'Go on without it.' },
          matrix: {
            type: ['string', 'object'],
            description: "'same', or the values of the instances that are meant.",
          },
        },
        required: ['task'],
        additionalProperties: false,
      },
      include: { type: ['string', 'object'], ...includeShape },
    },
  };
}

const includeShape: JsonObject = {
  properties: {
    file: { type: 'string' },
    when: { type: ['string', 'boolean', 'array'] },
    with: { type: 'object', description: 'Values of its params.' },
    as: { type: 'string', description: 'Puts its tasks into a block of this name.' },
  },
  required: ['file'],
  additionalProperties: false,
};

/** A map of tasks; `list`: or a list of tasks with names. */
function taskMap(list: boolean): JsonObject {
  return {
    type: list ? ['object', 'array'] : 'object',
    minProperties: 1,
    propertyNames: { pattern: '^[._]?[^./{}]+$' },
    patternProperties: { '^[_.]': { $ref: '#/$defs/partial' } },
    additionalProperties: { $ref: '#/$defs/task' },
    ...(list ? { items: { $ref: '#/$defs/task' } } : {}),
  };
}

function taskSchema(registry: Registry, extensions: readonly Extension[], partial: boolean): JsonSchema {
  const properties: JsonObject = {
    name: { type: 'string', description: 'The name of a task that stands in a list.' },
    needs: {
      description:
        'Which outputs it reads and whom it waits for, instead of what stands above: names, or a map from ports to names.',
      type: partial ? ['array', 'object', 'null'] : ['array', 'object'],
      items: { $ref: '#/$defs/need' },
      additionalProperties: { $ref: '#/$defs/need' },
      examples: [['select.report'], { left: 'source.hits', run: 'good_runs' }],
    },
  };
  for (const { keyword, at, doc, schema, holds } of extensions) {
    if (at !== 'task') continue;
    const value = holds === 'tasks' ? taskMap(false) : withLate(schema, false);
    properties[keyword] = partial ? nullable({ ...value, description: doc }) : { ...value, description: doc };
  }
  for (const { pack, item } of registry.all('operators')) {
    const schema = operatorSchema(item, partial);
    const shown = partial ? nullable(schema) : schema;
    properties[`${pack}.${item.name}`] = shown;
    if ('operator' in registry.operator(item.name)) properties[item.name] = shown;
  }
  return { type: 'object', properties, additionalProperties: false };
}

/** In what extends a template null deletes a key. */
function nullable(schema: JsonSchema): JsonSchema {
  if (Array.isArray(schema.anyOf)) return { ...schema, anyOf: [...schema.anyOf, { type: 'null' }] };
  const types = [schema.type ?? []].flat();
  return types.length === 0 || types.includes('null') ? schema : { ...schema, type: [...types, 'null'] };
}
