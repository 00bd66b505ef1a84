import { partsOf } from '../../conditions/index.ts';
import { isTemplate } from '../../definition/index.ts';
import { withDependants, withNeeded } from '../../selection/index.ts';
import type { Definition, Guard } from '../../types/definition.ts';
import type { Registry } from '../../types/plugin.ts';
import { type Wiring, wireTasks } from '../../wiring/index.ts';

/** What the words that wait for outcomes make of a task. */
const OUTCOMES: Readonly<Record<string, Guard['when']>> = { on_failure: 'failed', always: 'ended' };

/**
 * `when: on_failure` and `when: always` become guards of the draft's tasks: on what the task needs, with all before
 * that, or with no needs (`needs: []`, or none) on the whole workflow but what waits for the task itself.
 */
export function guardByWords(draft: Definition, registry: Registry): void {
  const words = new Map<string, Guard['when'][]>();
  for (const [name, task] of Object.entries(draft.tasks)) {
    if (isTemplate(name) || task.omitted || task.control.when === undefined) continue;
    const parts = partsOf(task.control.when).map(({ value }) => value);
    const found = parts.flatMap((part) => OUTCOMES[String(part)] ?? []);
    if (found.length === 0) continue;
    words.set(name, found);
    const left = parts.filter((part) => !Object.hasOwn(OUTCOMES, String(part)));
    if (left.length > 0) task.control.when = left.length === 1 ? left[0]! : left;
    else delete task.control.when;
  }
  if (words.size === 0) return;
  const { inputs } = wireTasks(draft, registry);
  for (const [name, found] of words) {
    const task = draft.tasks[name]!;
    const tasks = guardedTasks(draft, inputs, name, new Set(words.keys()));
    task.guards = [...(task.guards ?? []), ...found.map((when) => ({ when, tasks, word: true }))];
  }
}

function guardedTasks(draft: Definition, inputs: Wiring, name: string, words: ReadonlySet<string>): string[] {
  const needs = draft.tasks[name]!.needs ?? [];
  const runs = (task: string) => !isTemplate(task) && !draft.tasks[task]?.omitted;
  if (needs.length > 0) {
    const before = withNeeded([name], inputs);
    return [...before].filter((task) => task !== name && runs(task));
  }
  const after = withDependants([name], inputs);
  return Object.keys(draft.tasks).filter((task) => !after.has(task) && !words.has(task) && runs(task));
}
