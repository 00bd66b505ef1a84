import { normaliseAt, validate } from '../arguments/index.ts';
import { draftOf, isMap, isTemplate, kindOf } from '../definition/index.ts';
import { cameFrom, keyOriginAt, pointer, problemAt } from '../errors/index.ts';
import { selectTasks } from '../selection/index.ts';
import type { Definition, TaskDefinition } from '../types/definition.ts';
import type { Json, JsonObject } from '../types/json.ts';
import type { Extension, Registry } from '../types/plugin.ts';
import type { Problem } from '../types/problem.ts';

/**
 * Runs the extensions of a registry over a definition, in their order: keywords are checked, then lowered.
 * Templates are gone after it, arguments stand by name, and tasks that were not asked for are gone or left out. A keyword that an extension brings back (a template
 * with a block) is lowered again.
 */
export function lowerDefinition(
  definition: Definition,
  registry: Registry,
): { definition: Definition; problems: Problem[] } {
  const extensions = registry
    .all('extensions')
    .map(({ item }) => item as Extension)
    .sort((a, b) => a.order - b.order);
  const problems = checkKeywords(definition, extensions);
  let current = named(definition, registry);
  for (let index = 0; index < extensions.length; index++) {
    const { lower } = extensions[index]!;
    if (!lower) continue;
    const before = current;
    const result = lower(before, registry);
    problems.push(...result.problems);
    if (result.definition === before) continue;
    current = named(result.definition, registry);
    const again = extensions.findIndex(
      (one, at) => at <= index && one.lower !== undefined && brought(one, before, current),
    );
    if (again >= 0) index = again - 1;
  }
  const draft = draftOf(current);
  for (const name of Object.keys(draft.tasks)) if (isTemplate(name)) delete draft.tasks[name];
  const selected = selectTasks(draft, registry, definition.settings.select);
  return { definition: selected.definition, problems: [...problems, ...selected.problems] };
}

/** Whether a step gave a keyword to a task that did not have it. */
function brought(extension: Extension, before: Definition, after: Definition): boolean {
  if (extension.at !== 'task')
    return Object.keys(after.tasks).some((name) => !Object.hasOwn(before.tasks, name));
  const { keyword } = extension;
  return Object.entries(after.tasks).some(
    ([name, task]) =>
      !isTemplate(name) &&
      task.control[keyword] !== undefined &&
      before.tasks[name]?.control[keyword] === undefined,
  );
}

/** Arguments by name, with their places, so that extensions can lay them over one another. */
function named(definition: Definition, registry: Registry): Definition {
  let draft: Definition | undefined;
  for (const [name, task] of Object.entries(definition.tasks)) {
    if (task.operator === '') continue;
    const found = registry.operator(task.operator);
    if ('problem' in found) continue;
    if (isMap(task.args) && !found.operator.normalise) continue;
    draft ??= draftOf(definition);
    const args = normaliseAt(draft, `${task.source}/args`, found.operator, task.args);
    draft.tasks[name] = { ...draft.tasks[name]!, args };
  }
  return draft ?? definition;
}

/** Values of keywords that do not fit their schemas, in tasks (nested ones too) and at the top. */
function checkKeywords(definition: Definition, extensions: readonly Extension[]): Problem[] {
  const problems: Problem[] = [];
  const task = new Map(extensions.filter((one) => one.at === 'task').map((one) => [one.keyword, one]));
  const check = (extension: Extension, value: Json, at: string) => {
    for (const one of validate(extension.schema, value, `'${extension.keyword}'`)) {
      const unknown = one.kind === 'unknown';
      const origin = unknown
        ? keyOriginAt(definition, at + pointer(...one.path))
        : problemAt(definition, at, one.path);
      problems.push({
        code: 'FLOW-S012',
        message: one.message,
        help: one.path.length === 0 ? (exampleOf(extension) ?? one.help) : one.help,
        origin,
        ...(unknown ? {} : cameFrom(definition, origin)),
      });
    }
  };
  const visit = (tasks: Record<string, TaskDefinition>) => {
    for (const { control, source } of Object.values(tasks))
      for (const [key, value] of Object.entries(control)) {
        const extension = task.get(key);
        const at = `${source}/control${pointer(key)}`;
        // Null takes away what a template says.
        if (!extension || value === null) continue;
        if (extension.holds !== 'tasks') check(extension, value, at);
        else if (isMap(value)) visit(value as unknown as Record<string, TaskDefinition>);
        else
          problems.push({
            code: 'FLOW-S012',
            message: `'${key}' must be a map of tasks, not ${kindOf(value)}`,
            origin: problemAt(definition, at),
          });
      }
  };
  visit(definition.tasks);
  for (const extension of extensions) {
    const value = (definition.settings as JsonObject)[extension.keyword];
    if (extension.at === 'top' && value !== undefined)
      check(extension, value, `/settings${pointer(extension.keyword)}`);
  }
  const fill = definition.settings.default;
  if (isMap(fill))
    for (const [key, value] of Object.entries(fill)) {
      const extension = task.get(key);
      if (extension && extension.holds !== 'tasks' && value !== null)
        check(extension, value, `/settings/default${pointer(key)}`);
    }
  return problems;
}

function exampleOf(extension: Extension): string | undefined {
  const [example] = Array.isArray(extension.schema.examples) ? extension.schema.examples : [];
  return example === undefined ? undefined : `for example ${extension.keyword}: ${JSON.stringify(example)}`;
}
