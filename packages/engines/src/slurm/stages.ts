/** Tasks as array jobs. */
import { befores, levels } from '../round/lines.ts';
import type { TaskLine } from '../round/types.ts';
import type { SlurmSettings } from './settings.ts';

/** One array job: each member runs its tasks one after the other. */
export interface Stage {
  members: TaskLine[][];
  /** Options of sbatch that its tasks share. */
  options: string[];
  /** Stages that must have ended before. */
  after: number[];
}

/** So few tasks on a level are not worth a job of their own each: what follows them joins in. */
const FEW = 4;

/**
 * Groups tasks: those of one level and of the same needs are one array. Levels with few tasks in a row, as at
 * the end of most workflows, become one job, since each level costs the scheduler's time; several tasks that are
 * `heavy` are worth it.
 */
export function slurmStages(
  lines: readonly TaskLine[],
  needs: (task: string) => string[],
  { jobs, tasksPerJob }: Pick<SlurmSettings, 'jobs' | 'tasksPerJob'>,
  heavy: (task: string) => boolean = () => false,
): Stage[] {
  const level = levels(lines);
  const counts: number[] = [];
  const heavies: number[] = [];
  lines.forEach(({ task }, position) => {
    const one = level[position]!;
    counts[one] = (counts[one] ?? 0) + 1;
    heavies[one] = (heavies[one] ?? 0) + (heavy(task) ? 1 : 0);
  });
  const small = (one: number) => counts[one]! <= FEW && heavies[one]! <= 1;
  // Levels that run together get one number.
  const joined: number[] = [];
  counts.forEach((_, one) => {
    joined[one] = one > 0 && small(one) && small(one - 1) ? joined[one - 1]! : one;
  });

  const groups = new Map<string, { lines: TaskLine[]; options: string[]; serial: boolean }>();
  lines.forEach((line, position) => {
    const options = needs(line.task);
    const at = joined[level[position]!]!;
    const key = JSON.stringify([at, options]);
    const group = groups.get(key) ?? { lines: [], options, serial: false };
    group.lines.push(line);
    group.serial ||= at !== level[position];
    groups.set(key, group);
  });
  const stageOf = new Map<string, number>();
  const stages: Stage[] = [];
  for (const group of ordered([...groups.values()])) {
    const number = stages.length;
    const size = group.serial
      ? group.lines.length
      : Math.min(group.lines.length, Math.max(tasksPerJob, Math.ceil(group.lines.length / jobs)));
    const members: TaskLine[][] = [];
    for (let at = 0; at < group.lines.length; at += size) members.push(group.lines.slice(at, at + size));
    for (const { task } of group.lines) stageOf.set(task, number);
    const after = new Set(group.lines.flatMap((line) => befores(line).map((name) => stageOf.get(name)!)));
    after.delete(number);
    stages.push({ members, options: group.options, after: [...after].sort((a, b) => a - b) });
  }
  return stages;
}

/**
 * Groups in an order in which each follows what it waits for. Where joined levels of different needs wait for
 * each other, they are taken apart into single tasks.
 */
function ordered<G extends { lines: TaskLine[]; options: string[]; serial: boolean }>(groups: G[]): G[] {
  const of = new Map<string, number>();
  groups.forEach(({ lines }, number) => {
    for (const { task } of lines) of.set(task, number);
  });
  const before = groups.map(
    ({ lines }, number) =>
      new Set(
        lines.flatMap((line) => befores(line).map((name) => of.get(name)!)).filter((one) => one !== number),
      ),
  );
  const placed = new Set<number>();
  const order: G[] = [];
  for (;;) {
    const next = groups.findIndex(
      (_, n) => !placed.has(n) && [...before[n]!].every((one) => placed.has(one)),
    );
    if (next < 0) break;
    placed.add(next);
    order.push(groups[next]!);
  }
  if (order.length === groups.length) return order;
  const apart = groups.flatMap((group) =>
    group.lines.map((line) => ({ ...group, lines: [line], serial: false })),
  );
  return ordered(apart);
}
