import { findTask, type JsonObject, type Plan } from '@fasthep/flow';

/** What a task needs of a machine, from its `resources:`. */
export function resourcesOf(plan: Plan, task: string): JsonObject {
  const resources = findTask(plan, task)?.family.control.resources;
  return resources !== null && typeof resources === 'object' && !Array.isArray(resources) ? resources : {};
}
