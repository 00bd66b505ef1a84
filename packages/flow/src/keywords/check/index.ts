import type { Extension } from '../../types/plugin.ts';

/** `check:` conditions that the output of the task must meet. */
export const checkKeyword: Extension = {
  keyword: 'check',
  at: 'task',
  doc: "Conditions on this task's output: a condition, a list of them, or {that, level}.",
  schema: {
    anyOf: [
      { type: 'string' },
      { type: 'array', items: { type: 'string' }, minItems: 1 },
      {
        type: 'object',
        properties: {
          that: { anyOf: [{ type: 'string' }, { type: 'array', items: { type: 'string' }, minItems: 1 }] },
          level: {
            enum: ['warn', 'fail'],
            description: 'Whether a check that does not hold fails the run (fail).',
          },
        },
        required: ['that'],
        additionalProperties: false,
      },
    ],
    examples: ['n > 0', { that: ['n > 0'], level: 'warn' }],
  },
  order: 80,
};
