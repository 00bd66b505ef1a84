import { type Plan, planIndex, wantedOutputs } from '@fasthep/flow';
import { type DagNode, workDag } from '@fasthep/flow/backend';
import type { TaskLine } from './types.ts';

/** Tasks of a run with what they wait for, each after those that it reads. */
export function taskLines(plan: Plan, work: Parameters<typeof workDag>[1]): TaskLine[] {
  const nodes = workDag(planIndex(plan), work);
  const lines = nodes.map(({ name, family, item }: DagNode): TaskLine => {
    const all = wantedOutputs(plan, family);
    const wanted = new Set(item.outputs);
    const whole = item.outputs.length >= all.length && all.every((id) => wanted.has(id));
    return whole ? { task: name } : { task: name, outputs: item.outputs };
  });
  nodes.forEach(({ name, next }) => {
    for (const { to, kind } of next) {
      const line = lines[to]!;
      line.after ??= [];
      line.after.push([name, kind]);
    }
  });
  return sorted(lines);
}

/** Each after all that it waits for; else in plan order. */
function sorted(lines: readonly TaskLine[]): TaskLine[] {
  const byName = new Map(lines.map((line) => [line.task, line]));
  const placed = new Set<string>();
  const order: TaskLine[] = [];
  for (const first of lines) {
    const open: TaskLine[] = [first];
    while (open.length > 0) {
      const line = open[open.length - 1]!;
      const next = placed.has(line.task) ? [] : befores(line).filter((name) => !placed.has(name));
      if (next.length > 0) {
        open.push(...next.map((name) => byName.get(name)!));
        continue;
      }
      open.pop();
      if (placed.has(line.task)) continue;
      placed.add(line.task);
      order.push(line);
    }
  }
  return order;
}

/** Names of the tasks that a task waits for, each once. */
export function befores({ after = [] }: TaskLine): string[] {
  return [...new Set(after.map(([name]) => name))];
}

/** How many tasks stand before each one at most: tasks of one level can run at the same time. */
export function levels(lines: readonly TaskLine[]): number[] {
  const level = new Map<string, number>();
  return lines.map((line) => {
    const own = befores(line).reduce((most, name) => Math.max(most, level.get(name)! + 1), 0);
    level.set(line.task, own);
    return own;
  });
}
