/** Meaning carried over from GitLab and Ansible: `neutral.json` of vectors/syntax. */
import { readFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import {
  corePlugin,
  createRegistry,
  type Definition,
  expandMatrix,
  firstMatch,
  type Guard,
  type JsonObject,
  lowerDefinition,
  matchTags,
  resolveExtends,
  type TaskDefinition,
  type Outcome as TaskOutcome,
} from '@fasthep/flow';
import type { Outcome, Suite } from '../types.ts';

interface Vector {
  id: string;
  feature: string;
  use?: string;
  expect: JsonObject;
  [more: string]: unknown;
}

type Tree = ({ task: string; fails?: boolean } | { block: Tree; rescue?: Tree; always?: Tree })[];

/** A tree of the vector as tasks, each waiting for the one before it: there order is all. */
function tasksOf(
  tree: Tree,
  path: string,
  fails: Map<string, boolean>,
  counter: { next: number },
): Record<string, TaskDefinition> {
  const tasks: Record<string, TaskDefinition> = {};
  for (const one of tree) {
    // Names of the vectors may stand twice in a block.
    const name = `${'task' in one ? one.task : 'block'}~${counter.next++}`;
    const task: TaskDefinition = {
      operator: 'nothing',
      args: {},
      control: {},
      source: `/tasks/${path}${name}`,
    };
    if ('task' in one) fails.set(`${path}${name}`, one.fails ?? false);
    else {
      task.operator = '';
      for (const part of ['block', 'rescue', 'always'] as const)
        if (one[part])
          task.control[part] = tasksOf(one[part], `${path}${name}.`, fails, counter) as unknown as JsonObject;
    }
    tasks[name] = task;
  }
  return tasks;
}

/** Works through lowered tasks in order, as their guards say. */
function runBlocks(tree: Tree): { run: [string, string][]; exit: number } {
  const fails = new Map<string, boolean>();
  const definition: Definition = {
    format: 1,
    name: 'vector',
    tasks: tasksOf(tree, '', fails, { next: 0 }),
    settings: {},
    values: {},
    origins: {},
    keyOrigins: {},
    sources: {},
  };
  const { tasks } = lowerDefinition(definition, createRegistry([corePlugin])).definition;
  const outcomes = new Map<string, TaskOutcome>();
  const run: [string, string][] = [];
  /** Parts in which something failed: what follows in them does not work. */
  const broken = new Set<string>();
  const partOf = (within: TaskDefinition['within'] = []) =>
    within.map(({ block, part }) => `${block}/${part}`).join(' ');
  const fail = (name: string, within: TaskDefinition['within'] = []): void => {
    outcomes.set(name, 'failed');
    broken.add(partOf(within));
    const inner = within.at(-1);
    // With a rescue, the block's own task tells whether it failed.
    if (inner && !Object.hasOwn(tasks, inner.block)) fail(inner.block, within.slice(0, -1));
  };
  for (const [name, task] of Object.entries(tasks)) {
    if (task.operator === 'core.select') {
      const [block, rescue] = task.needs!.map((need) => outcomes.get(need.task));
      if (block === 'done' || rescue === 'done') outcomes.set(name, 'done');
      else fail(name, task.within);
      continue;
    }
    if (broken.has(partOf(task.within)) || !guardsHold(task.guards ?? [], (other) => outcomes.get(other))) {
      outcomes.set(name, 'blocked');
      continue;
    }
    const failed = fails.get(name) ?? false;
    if (failed) fail(name, task.within);
    else outcomes.set(name, 'done');
    run.push([name.split('.').at(-1)!.replace(/~\d+$/, ''), failed ? 'failed' : 'ok']);
  }
  return { run, exit: broken.has('') ? 1 : 0 };
}

/** Whether a task may work: each of its guards names a task that failed, or only waits. */
function guardsHold(guards: readonly Guard[], outcomeOf: (task: string) => string | undefined): boolean {
  return guards.every(
    ({ when, tasks }) => when === 'ended' || tasks.some((task) => outcomeOf(task) === 'failed'),
  );
}

const split = (text: unknown) => (typeof text === 'string' ? text.split(',') : null);

function outcomeOf(vector: Vector): { expected: unknown; got: unknown } {
  const { expect } = vector;
  switch (vector.feature) {
    case 'merge.extends': {
      const resolved = resolveExtends(vector.definitions as Record<string, JsonObject>, String(vector.key));
      if (expect.error)
        return { expected: true, got: Object.values(resolved).some((one) => one === undefined) };
      const wanted = expect.resolved as JsonObject;
      return {
        expected: wanted,
        got: Object.fromEntries(Object.keys(wanted).map((name) => [name, resolved[name]])),
      };
    }
    case 'matrix.expand': {
      const values = expandMatrix(vector.matrix as JsonObject[]).map((one) => Object.values(one).map(String));
      return { expected: (expect.values as unknown[][]).map((row) => row.map(String)), got: values };
    }
    case 'tags.select': {
      const tasks = vector.tasks as { name: string; tags: string[] }[];
      const choice = { select: split(vector.select), skip: split(vector.skip) };
      return {
        expected: expect.run,
        got: tasks.filter(({ tags }) => matchTags(tags, choice)).map(({ name }) => name),
      };
    }
    case 'rules.first-match': {
      const { when, allow_failure } = firstMatch(
        vector.rules as Parameters<typeof firstMatch>[0],
        vector.task as Parameters<typeof firstMatch>[1],
      );
      return { expected: expect, got: { when, allow_failure } };
    }
    case 'block.order': {
      const { run, exit } = runBlocks(vector.tree as Tree);
      return { expected: { run: expect.run, failed: expect.exit !== 0 }, got: { run, failed: exit !== 0 } };
    }
    default:
      throw new Error(`unknown feature '${vector.feature}'`);
  }
}

export const suite: Suite = {
  name: 'syntax',
  accepts: (path) => /(^|[/\\])neutral[^/\\]*\.json$/.test(path),
  async *run(path): AsyncIterable<Outcome> {
    for (const vector of JSON.parse(readFileSync(path, 'utf8')) as Vector[]) {
      const { id } = vector;
      if (vector.use === 'contrast') {
        yield { id, status: 'skipped', reason: 'contrast: the language differs on purpose' };
        continue;
      }
      try {
        const { expected, got } = outcomeOf(vector);
        const status = isDeepStrictEqual(expected, got) ? 'passed' : 'failed';
        yield { id, status, expected, got };
      } catch (error) {
        yield { id, status: 'failed', reason: error instanceof Error ? error.message : String(error) };
      }
    }
  },
};
