import type { Definition, TaskDefinition } from '../types/definition.ts';

/** A copy of a definition whose tasks, settings and places can be changed without touching the original. */
export function draftOf(definition: Definition): Definition {
  const tasks: Record<string, TaskDefinition> = {};
  for (const [name, task] of Object.entries(definition.tasks))
    tasks[name] = { ...task, control: { ...task.control } };
  return {
    ...definition,
    tasks,
    settings: { ...definition.settings },
    origins: { ...definition.origins },
    keyOrigins: { ...definition.keyOrigins },
  };
}

/** Whether a task is a template: it is there to be extended, and never runs. */
export function isTemplate(name: string): boolean {
  return name.startsWith('_') || name.startsWith('.');
}
