import { draftOf, isMap, isTemplate } from '../../definition/index.ts';
import { keyOriginAt, originAt, pointer } from '../../errors/index.ts';
import type { Definition, Guard, Need, TaskDefinition } from '../../types/definition.ts';
import type { Json, JsonObject } from '../../types/json.ts';
import type { Extension } from '../../types/plugin.ts';
import type { Problem } from '../../types/problem.ts';
import { placeBelow } from './places.ts';

const tasks = { type: 'object', minProperties: 1 };

/**
 * `block:` tasks as a group, with `rescue:` for when one of them fails and `always:` for after it. The tasks become
 * tasks of the workflow, `block.task`; guards say which of them work.
 */
export const blockKeyword: Extension = {
  keyword: 'block',
  at: 'task',
  doc: 'A group of tasks. Its output is that of its last task; each of its tasks is a port of it (`fit.precise`).',
  schema: tasks,
  order: 5,
  holds: 'tasks',
  operatorless: true,
  lower,
};

type Tasks = Record<string, TaskDefinition>;
type Part = 'block' | 'rescue' | 'always';
const PARTS: Part[] = ['block', 'rescue', 'always'];

function lower(definition: Definition): { definition: Definition; problems: Problem[] } {
  const blocks = Object.entries(definition.tasks).filter(
    ([name, task]) => !isTemplate(name) && PARTS.some((part) => task.control[part] !== undefined),
  );
  if (blocks.length === 0) return { definition, problems: [] };
  const problems: Problem[] = [];
  const draft: Definition = { ...draftOf(definition), tasks: {}, blocks: { ...definition.blocks } };
  for (const [name, task] of Object.entries(definition.tasks)) {
    const isBlock = blocks.some(([block]) => block === name);
    if (isBlock && isMap(task.control.block)) flatten(definition, draft, name, task, problems);
    else {
      draft.tasks[name] = { ...task };
      if (isBlock) problems.push(partAlone(definition, name, task));
    }
  }
  for (const task of Object.values(draft.tasks))
    if (task.guards)
      task.guards = task.guards.map((guard) => ({
        ...guard,
        tasks: guard.tasks.flatMap((one) => guarded(draft, one)),
      }));
  return { definition: draft, problems };
}

/** A block inside a block that has no task of its own name stands for its tasks. */
function guarded(definition: Definition, name: string): string[] {
  if (Object.hasOwn(definition.tasks, name)) return [name];
  return Object.entries(definition.tasks)
    .filter(([, task]) => task.within?.some(({ block, part }) => block === name && part === 'block'))
    .map(([inner]) => inner);
}

function partAlone(definition: Definition, name: string, task: TaskDefinition): Problem {
  const part = PARTS.find((one) => task.control[one] !== undefined)!;
  return {
    code: 'FLOW-K005',
    message: `task '${name}' has '${part}' without a block`,
    help: "put its task into 'block: {name: ...}'",
    origin: keyOriginAt(definition, `${task.source}/control/${part}`),
  };
}

/** The tasks of a block as tasks of the definition, in their order, then a `select` where there is a rescue. */
function flatten(
  definition: Definition,
  draft: Definition,
  block: string,
  task: TaskDefinition,
  problems: Problem[],
): void {
  if (task.operator !== '')
    problems.push({
      code: 'FLOW-K005',
      message: `task '${block}' has a block and the operator '${task.operator}'`,
      help: 'a block has no operator of its own: make it one of its tasks',
      origin: keyOriginAt(definition, `${task.source}/operator`),
    });
  const { block: _block, rescue: _rescue, always: _always, matrix, ...shared } = task.control;
  const siblings = new Set(PARTS.flatMap((part) => Object.keys(partOf(task, part))));
  const names: Record<Part, string[]> = { block: [], rescue: [], always: [] };
  for (const part of PARTS) {
    const guard = guardOf(part, names);
    for (const [local, inner] of Object.entries(partOf(task, part))) {
      const name = `${block}.${local}`;
      const target = pointer('tasks', name);
      placeBelow(definition, inner, draft, target);
      const made: TaskDefinition = {
        ...inner,
        needs: undefined,
        source: target,
        control: inherited(inner.control, shared),
        within: [...(task.within ?? []), { block, part }],
        guards: [...(task.guards ?? []), ...(guard ? [guard] : [])],
      };
      const first = names[part].length === 0 && part !== 'always';
      if (inner.needs?.some((need) => need.task !== block))
        made.needs = inner.needs
          .filter((need) => need.task !== block)
          .map((need) => ownNeed(need, block, siblings, matrix));
      else if (inner.needs?.length === 0) made.needs = [];
      else if (first && task.needs) made.needs = task.needs;
      if (matrix !== undefined) made.control.matrix = both(matrix, made.control.matrix);
      problems.push(...needsBlock(definition, inner, block));
      if (Object.hasOwn(draft.tasks, name))
        problems.push({
          code: 'FLOW-S013',
          message: `block '${block}' has two tasks called '${local}'`,
          help: 'a name stands for one task of block, rescue and always together',
          origin: originAt(definition, inner.source),
        });
      draft.tasks[name] = made;
      names[part].push(name);
    }
  }
  const last = names.block.at(-1);
  if (last === undefined) return;
  const rescue = names.rescue.at(-1);
  if (rescue === undefined) {
    draft.blocks![block] = last;
    return;
  }
  const origin = originAt(definition, task.source);
  const target = pointer('tasks', block);
  draft.origins[target] = origin;
  const same: Pick<Need, 'matrix'> = matrix === undefined ? {} : { matrix: 'same' };
  draft.tasks[block] = {
    operator: 'core.select',
    args: {},
    needs: [
      { task: last, as: 'from', optional: true, ...same },
      { task: rescue, as: 'from', optional: true, ...same },
    ],
    control: {},
    source: target,
    ...(task.within ? { within: task.within } : {}),
    ...(task.guards ? { guards: task.guards } : {}),
  };
}

const partOf = (task: TaskDefinition, part: Part): Tasks =>
  isMap(task.control[part]) ? (task.control[part] as unknown as Tasks) : {};

/** When the tasks of a part work: a rescue after a failure in the block, always after all of both. */
function guardOf(part: Part, names: Record<Part, string[]>): Guard | undefined {
  if (part === 'block') return undefined;
  if (part === 'rescue') return { when: 'failed', tasks: [...names.block], rescue: true };
  return { when: 'ended', tasks: [...names.block, ...names.rescue] };
}

/** What the block says holds for each of its tasks, where they do not say otherwise; conditions and tags add up. */
function inherited(own: JsonObject, shared: JsonObject): JsonObject {
  const made: JsonObject = { ...shared, ...own };
  if (own.when !== undefined && shared.when !== undefined)
    made.when = [shared.when, own.when].flat() as Json[];
  if (own.tags !== undefined && shared.tags !== undefined)
    made.tags = [shared.tags, own.tags].flat() as Json[];
  delete made.description;
  if (own.description !== undefined) made.description = own.description;
  return made;
}

function ownNeed(need: Need, block: string, siblings: ReadonlySet<string>, matrix: Json | undefined): Need {
  if (!siblings.has(need.task)) return need;
  const inner: Need = { ...need, task: `${block}.${need.task}` };
  if (matrix !== undefined && need.matrix === undefined) inner.matrix = 'same';
  return inner;
}

function needsBlock(definition: Definition, inner: TaskDefinition, block: string): Problem[] {
  return (inner.needs ?? []).flatMap((need, index): Problem[] =>
    need.task === block
      ? [
          {
            code: 'FLOW-K005',
            message: `a task of block '${block}' needs the block itself`,
            help: need.port
              ? `name the task alone: '${need.port}'`
              : 'name the task of the block that is meant',
            origin: originAt(definition, `${inner.source}/needs/${index}`),
          },
        ]
      : [],
  );
}

/** The product of two matrices. */
function both(outer: Json, inner: Json | undefined): Json {
  if (inner === undefined) return outer;
  const outers = [outer].flat() as JsonObject[];
  const inners = [inner].flat() as JsonObject[];
  return outers.flatMap((a) => inners.map((b) => ({ ...a, ...b })));
}
