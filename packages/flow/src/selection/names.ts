import { suggest } from '../errors/index.ts';
import type { Definition } from '../types/definition.ts';
import type { Problem } from '../types/problem.ts';

/** `fit_*` as a rule. */
function ruleOf(pattern: string): RegExp {
  const text = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${text}$`, 'u');
}

/** The tasks of a lowered definition that names or patterns mean: a task, all instances of one, all tasks of a block. */
export function matchTasks(
  definition: Definition,
  patterns: readonly string[],
  option: string,
): { tasks: Set<string>; problems: Problem[] } {
  const tasks = new Set<string>();
  const problems: Problem[] = [];
  const called = Object.entries(definition.tasks).map(([name, task]) => ({
    name,
    words: [
      name,
      ...(task.instance ? [task.instance.task] : []),
      ...(task.within ?? []).map(({ block }) => block),
    ],
  }));
  for (const pattern of patterns) {
    const rule = ruleOf(pattern);
    const found = called.filter(({ words }) => words.some((word) => rule.test(word)));
    for (const { name } of found) tasks.add(name);
    if (found.length > 0) continue;
    problems.push({
      code: 'FLOW-K006',
      message: `${option} ${pattern}: no task of that name`,
      help: suggest(pattern, new Set(called.flatMap(({ words }) => words)), 'tasks'),
    });
  }
  return { tasks, problems };
}
