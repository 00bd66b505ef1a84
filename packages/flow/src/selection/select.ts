import { draftOf } from '../definition/index.ts';
import { suggest } from '../errors/index.ts';
import type { Definition, Selection, TaskDefinition } from '../types/definition.ts';
import type { Registry } from '../types/plugin.ts';
import type { Problem } from '../types/problem.ts';
import { type Wiring, wireTasks } from '../wiring/index.ts';
import { matchTasks } from './names.ts';
import { matchTags, TAG_WORDS } from './tags.ts';

const tagsOf = (task: TaskDefinition): string[] =>
  Array.isArray(task.control.tags) ? task.control.tags.map(String) : [];

/**
 * A lowered definition with the tasks that were asked for, and all that they need. Tasks that are `never` and
 * not asked for, and those that are skipped, stay as left out: their streams pass them by.
 */
export function selectTasks(
  definition: Definition,
  registry: Registry,
  selection: Selection = {},
): { definition: Definition; problems: Problem[] } {
  const { tags, skipTags, only, from } = selection;
  const problems = [
    ...unknownTags(definition, tags, '--tags'),
    ...unknownTags(definition, skipTags, '--skip-tags'),
  ];
  const named = matchTasks(definition, only ?? [], '--only');
  problems.push(...named.problems);
  const begin = matchTasks(definition, from ?? [], '--from');
  problems.push(...begin.problems);
  const draft = draftOf(definition);
  const asked = new Set<string>();
  for (const [name, task] of Object.entries(draft.tasks)) {
    const own = tagsOf(task);
    const byName = named.tasks.has(name);
    const byTag = matchTags(own, { select: tags, skip: skipTags });
    const skipped = skipTags !== undefined && !matchTags(own, { select: ['all', ...own], skip: skipTags });
    const never = own.includes('never') && !byTag && !byName;
    if (byName || (byTag && only === undefined)) asked.add(name);
    else if (byTag && tags !== undefined) asked.add(name);
    if (!task.omitted && (skipped || never))
      task.omitted = {
        reason: never ? 'tags: never' : `--skip-tags ${skipTags!.join(',')}`,
        place: `${task.source}/control/tags`,
      };
  }
  if ((tags === undefined && only === undefined && from === undefined) || problems.length > 0)
    return { definition: draft, problems };
  const { inputs } = wireTasks(draft, registry);
  const after = withDependants(begin.tasks, inputs);
  const chosen = from === undefined ? asked : [...asked].filter((name) => after.has(name));
  const kept = withNeeded(
    from !== undefined && only === undefined ? [...chosen, ...begin.tasks] : chosen,
    inputs,
  );
  if (from !== undefined)
    for (const name of kept) {
      const task = draft.tasks[name];
      if (task && !after.has(name)) task.expected = true;
    }
  for (const [name, task] of Object.entries(draft.tasks))
    if (!kept.has(name) && !task.omitted) delete draft.tasks[name];
  return { definition: draft, problems };
}

/** Tasks and everything that they read or wait for. */
export function withNeeded(tasks: Iterable<string>, wiring: Wiring): Set<string> {
  const kept = new Set<string>();
  const open = [...tasks];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (kept.has(name)) continue;
    kept.add(name);
    for (const input of wiring[name] ?? []) open.push(input.task);
  }
  return kept;
}

/** Tasks and everything that reads them or waits for them: what `--from` makes anew. */
export function withDependants(tasks: Iterable<string>, wiring: Wiring): Set<string> {
  const readers = new Map<string, string[]>();
  for (const [name, inputs] of Object.entries(wiring))
    for (const input of inputs) readers.set(input.task, [...(readers.get(input.task) ?? []), name]);
  const found = new Set<string>();
  const open = [...tasks];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (found.has(name)) continue;
    found.add(name);
    open.push(...(readers.get(name) ?? []));
  }
  return found;
}

function unknownTags(definition: Definition, tags: readonly string[] | undefined, option: string): Problem[] {
  const known = new Set([...TAG_WORDS, ...Object.values(definition.tasks).flatMap(tagsOf)]);
  return (tags ?? [])
    .filter((tag) => !known.has(tag))
    .map((tag) => ({
      code: 'FLOW-K006',
      message: `${option} ${tag}: no task has this tag`,
      help: suggest(
        tag,
        [...known].filter((one) => !TAG_WORDS.includes(one)),
        'tags',
      ),
    }));
}
