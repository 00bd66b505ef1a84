import { parseCondition } from '../../conditions/index.ts';
import { isMap, isTemplate } from '../../definition/index.ts';
import { problemAt } from '../../errors/index.ts';
import type { Definition } from '../../types/definition.ts';
import type { Extension } from '../../types/plugin.ts';
import type { Problem } from '../../types/problem.ts';

/**
 * `check:` conditions that the output of the task must meet. Names in them are fields of the output. Outside of a
 * reduction they are those of one row, and the condition must hold for each row; a reduction (`min(x)`,
 * `count_nonzero(x is None)`) goes over all rows.
 */
export const checkKeyword: Extension = {
  keyword: 'check',
  at: 'task',
  doc: "Conditions on this task's output: a condition, a list of them, or {that, level}. Names are its fields; a condition holds for each row, and reductions go over all rows.",
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
    examples: ['n > 0', { that: ['0 <= efficiency <= 1', 'sum(n) > 100'], level: 'warn' }],
  },
  order: 80,
  lower,
};

/** Nothing is lowered: the rule goes with the task to where its output is made. */
function lower(definition: Definition): { definition: Definition; problems: Problem[] } {
  const problems = Object.entries(definition.tasks).flatMap(([name, { control, source }]): Problem[] => {
    const { check } = control;
    if (check === undefined || isTemplate(name)) return [];
    const at = `${source}/control/check${isMap(check) ? '/that' : ''}`;
    const that = isMap(check) ? check.that : check;
    return [that].flat().flatMap((text, index): Problem[] => {
      const parsed = typeof text === 'string' ? parseCondition(text) : undefined;
      if (!parsed || !('error' in parsed)) return [];
      const { message, help, span } = parsed.error;
      const path = Array.isArray(that) ? [index] : [];
      return [{ code: 'FLOW-W001', message, help, origin: problemAt(definition, at, path, span) }];
    });
  });
  return { definition, problems };
}
