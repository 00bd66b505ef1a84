import { isTemplate } from '../definition/index.ts';
import { keyOriginAt } from '../errors/index.ts';
import type { Definition, TaskDefinition } from '../types/definition.ts';
import type { Operator, Port, Registry } from '../types/plugin.ts';
import type { Problem } from '../types/problem.ts';
import { outputsOf } from './ports.ts';

/** A task with its operator and ports. */
export interface Unit {
  name: string;
  task: TaskDefinition;
  operator: Operator;
  outputs: Record<string, Port>;
}

/** The tasks whose operators are known, in document order, templates left out. */
export function unitsOf(
  definition: Definition,
  registry: Registry,
): { units: Map<string, Unit>; problems: Problem[] } {
  const units = new Map<string, Unit>();
  const problems: Problem[] = [];
  for (const [name, task] of Object.entries(definition.tasks)) {
    // Without an operator: that was told when the task was read.
    if (isTemplate(name) || task.operator === '') continue;
    const found = registry.operator(task.operator);
    if ('problem' in found) problems.push(unknownOperator(definition, name, found.problem));
    else units.set(name, { name, task, operator: found.operator, outputs: outputsOf(found.operator, task) });
  }
  return { units, problems };
}

function unknownOperator(
  definition: Definition,
  name: string,
  problem: { message: string; help?: string },
): Problem {
  const place = `${definition.tasks[name]!.source}/operator`;
  return {
    code: 'FLOW-S003',
    message: `${problem.message} in task '${name}'`,
    help: problem.help,
    origin: keyOriginAt(definition, place),
  };
}
