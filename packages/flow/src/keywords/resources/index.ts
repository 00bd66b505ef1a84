import type { Extension } from '../../types/plugin.ts';

/** `resources:` where the task may run. Never part of what it makes. */
export const resourcesKeyword: Extension = {
  keyword: 'resources',
  at: 'task',
  doc: 'What the task needs of a machine, for back ends that choose one.',
  schema: {
    type: 'object',
    properties: {
      cpus: { type: 'number', exclusiveMinimum: 0 },
      memory: {
        type: 'string',
        title: "a size such as '2GB'",
        pattern: '^\\d+(\\.\\d+)?\\s*([kKMGT]i?B?)?$',
        examples: ['2GB'],
      },
      gpu: { anyOf: [{ type: 'boolean' }, { type: 'integer', minimum: 0 }, { enum: ['optional'] }] },
      label: { anyOf: [{ type: 'string' }, { type: 'array', items: { type: 'string' } }] },
      image: { type: 'string' },
    },
    additionalProperties: false,
    examples: [{ cpus: 4, memory: '2GB' }],
  },
  order: 80,
};
