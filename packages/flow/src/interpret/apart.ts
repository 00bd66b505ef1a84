/** Guards of a node, and which nodes are run apart from the rest of their stream. */
import { keyOriginAt } from '../errors/place.ts';
import type { TaskDefinition } from '../types/definition.ts';
import type { GraphNode } from '../types/graph.ts';
import type { Build, CheckedTask } from './build.ts';

/**
 * The guards of a task as far as their tasks are there, and the name of its segment where it has one of its own:
 * what fails in a block with a rescue must fail alone, and what waits for outcomes, or for a result, cannot run with
 * what does not.
 */
export function guarding(build: Build, task: CheckedTask): Pick<GraphNode, 'guards' | 'apart'> {
  const definition = build.definition.tasks[task.name]!;
  const made: Pick<GraphNode, 'guards' | 'apart'> = {};
  if (definition.guards)
    made.guards = definition.guards.map((guard) => ({
      ...guard,
      tasks: guard.tasks.filter((name) => build.nodes.has(name)),
    }));
  const late = task.late !== undefined && task.operator.run.kind !== 'whole';
  const onFailure = definition.guards?.some(({ word, when }) => word && when === 'failed') ?? false;
  if ((late || onFailure) && task.operator.run.kind !== 'whole')
    refuseRows(build, task, late ? `when: ${task.late}` : 'when: on_failure');
  const own = late || (definition.guards?.some(({ tasks, word }) => word && tasks.length > 0) ?? false);
  const apart = own ? task.name : apartOf(build, task.name);
  if (apart !== undefined) made.apart = apart;
  return made;
}

/** The innermost block with a rescue, or the rescue or always part, in which a task stands. */
function apartOf({ definition }: Build, name: string): string | undefined {
  const { within = [], instance } = definition.tasks[name]!;
  const inner = [...within]
    .reverse()
    .find(({ block, part }) => part !== 'block' || hasRescue(definition.tasks, block));
  if (!inner) return undefined;
  const suffix = instance && name.startsWith(instance.task) ? name.slice(instance.task.length) : '';
  return `${inner.block}${suffix}${inner.part === 'block' ? '' : `.${inner.part}`}`;
}

const rescued = new WeakMap<object, Set<string>>();

function hasRescue(tasks: Record<string, TaskDefinition>, block: string): boolean {
  let known = rescued.get(tasks);
  if (!known) {
    known = new Set();
    for (const { within } of Object.values(tasks))
      for (const one of within ?? []) if (one.part === 'rescue') known.add(one.block);
    rescued.set(tasks, known);
  }
  return known.has(block);
}

/** Rows that only a result decides on cannot be left out of a stream that is planned before. */
function refuseRows(build: Build, task: CheckedTask, when: string): void {
  const { outputs } = task.operator;
  const ports = typeof outputs === 'function' ? outputs(task.args) : outputs;
  if (!Object.values(ports).some(({ type }) => [type].flat().includes('rows'))) return;
  build.problems.push({
    code: 'FLOW-W008',
    message: `task '${task.name}' gives rows, and '${when}' is decided while the workflow runs`,
    help: "let the tasks that make products of these rows wait instead (give them the 'when')",
    origin: keyOriginAt(build.definition, `${build.definition.tasks[task.name]!.source}/control/when`),
  });
}
