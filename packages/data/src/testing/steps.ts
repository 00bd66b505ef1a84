import type { Json, Operator, RowWiseSteps } from '@fasthep/flow';

/** The steps that a row-wise operator makes of its arguments, as the task `task` below the step `above`. */
export function stepsOf(operator: Operator, args: Json): RowWiseSteps {
  if (operator.run.kind !== 'row-wise') throw new Error(`${operator.name} is not row-wise`);
  const written = operator.normalise?.(args) ?? args;
  const named =
    operator.main !== undefined && (typeof written !== 'object' || Array.isArray(written))
      ? { [operator.main]: written }
      : written;
  return operator.run.steps(named, { input: 'above', id: (local) => `task/${local}`, node: 'task' });
}
