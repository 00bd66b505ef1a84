import { draftOf, isMap, isTemplate } from '../../definition/index.ts';
import { originAt, pointer, problemAt } from '../../errors/index.ts';
import type { Definition, Guard, Need, TaskDefinition } from '../../types/definition.ts';
import type { Json } from '../../types/json.ts';
import type { Extension, Registry } from '../../types/plugin.ts';
import type { Problem } from '../../types/problem.ts';
import { wireTasks } from '../../wiring/index.ts';
import { bindInstance, lateTexts } from './bind.ts';
import { agree, instanceName, type MatrixValues } from './expand.ts';
import { type Reading, type Split, splitTasks } from './split.ts';

export { expandMatrix } from './expand.ts';

const values = {
  type: 'object',
  minProperties: 1,
  propertyNames: { pattern: '^[A-Za-z_][A-Za-z0-9_]*$', title: 'a plain name' },
  additionalProperties: {},
};

/** `matrix:` one instance of the task for each combination of values; `${matrix.name}` is bound in each. */
export const matrixKeyword: Extension = {
  keyword: 'matrix',
  at: 'task',
  doc: 'Names and lists of values: the task runs once for each combination, with `${matrix.name}`. A list of maps is the union of their products.',
  schema: {
    anyOf: [values, { type: 'array', items: values, minItems: 1 }],
    examples: [{ pt: [20, 30], wp: ['loose', 'tight'] }],
  },
  order: 50,
  lower,
};

function lower(definition: Definition, registry: Registry): { definition: Definition; problems: Problem[] } {
  const problems = checkMatrices(definition);
  const tasks = Object.entries(definition.tasks).filter(([name]) => !isTemplate(name));
  if (!tasks.some(([, task]) => task.control.matrix !== undefined))
    return { definition, problems: [...problems, ...unboundTexts(definition, new Set())] };
  // A broken matrix has been told of; the rest goes on without it.
  const sound = draftOf(definition);
  for (const task of Object.values(sound.tasks)) if (!usable(task.control.matrix)) delete task.control.matrix;
  const wired = wireTasks(sound, registry);
  const split = splitTasks(sound, wired.inputs, registry);
  const draft: Definition = { ...draftOf(sound), tasks: {} };
  const namesOf = instanceNames(sound, split);

  for (const [name, task] of Object.entries(sound.tasks)) {
    const readings = split.readings.get(name) ?? [];
    const own = split.instances.get(name);
    const { matrix: _matrix, ...control } = task.control;
    const bare: TaskDefinition = { ...task, control };
    if (!own) {
      draft.tasks[name] = rewritten(name, bare, {}, readings, split, namesOf, problems, sound);
      continue;
    }
    own.forEach((one, index) => {
      const id = namesOf.get(name)![index]!;
      const target = pointer('tasks', id);
      const bound = bindInstance(sound, bare, one, draft, target);
      problems.push(...bound.problems);
      const made = rewritten(
        name,
        { ...bare, args: bound.args, control: bound.control },
        one,
        readings,
        split,
        namesOf,
        problems,
        sound,
      );
      draft.tasks[id] = { ...made, source: target, instance: { task: name, values: one } };
    });
  }
  problems.push(...unboundTexts(sound, new Set(split.instances.keys())));
  return { definition: draft, problems };
}

const usable = (matrix: Json | undefined): boolean =>
  (isMap(matrix) && Object.keys(matrix).length > 0) ||
  (Array.isArray(matrix) &&
    matrix.length > 0 &&
    matrix.every((one) => isMap(one) && Object.keys(one).length > 0));

function checkMatrices(definition: Definition): Problem[] {
  return Object.entries(definition.tasks).flatMap(([name, task]): Problem[] => {
    const { matrix } = task.control;
    if (matrix === undefined || isTemplate(name) || !usable(matrix)) return [];
    const at = `${task.source}/control/matrix`;
    const maps = [matrix].flat() as { [key: string]: Json }[];
    const empty = maps.flatMap((map, index) =>
      Object.keys(map)
        .filter((key) => Array.isArray(map[key]) && map[key].length === 0)
        .map((key) => (Array.isArray(matrix) ? [index, key] : [key])),
    );
    const keys = (map: object) => Object.keys(map).sort().join(', ');
    const odd = maps.findIndex((map) => keys(map) !== keys(maps[0]!));
    return [
      ...empty.map((path) => ({
        code: 'FLOW-K003',
        message: `'${path.at(-1)}' of the matrix of task '${name}' has no values`,
        help: 'with an empty list the task would have no instances',
        origin: problemAt(definition, at, path),
      })),
      ...(odd > 0
        ? [
            {
              code: 'FLOW-K003',
              message: `the maps of the matrix of task '${name}' have different names: ${keys(maps[0]!)}; ${keys(maps[odd]!)}`,
              help: 'every instance has a value for each name',
              origin: originAt(definition, `${at}/${odd}`),
            },
          ]
        : []),
    ];
  });
}

function instanceNames(definition: Definition, split: Split): Map<string, string[]> {
  const taken = new Set(Object.keys(definition.tasks));
  const names = new Map<string, string[]>();
  for (const [task, instances] of split.instances) {
    names.set(
      task,
      instances.map((one, index) => {
        const wanted = instanceName(task, one, index);
        const name = taken.has(wanted) ? `${wanted}-${index}` : wanted;
        taken.add(name);
        return name;
      }),
    );
  }
  return names;
}

/** A task whose needs name instances. `values` are its own; none for a task that is not split. */
function rewritten(
  name: string,
  task: TaskDefinition,
  values: MatrixValues,
  readings: readonly Reading[],
  split: Split,
  namesOf: Map<string, string[]>,
  problems: Problem[],
  definition: Definition,
): TaskDefinition {
  const inputs = readings.filter(({ input }) => !input.result && !input.guard);
  const guarded = task.guards ? { ...task, guards: task.guards.map(ofInstances) } : task;
  // The instances of one task must not read one another, so that even what is not split is written down.
  const touched = split.instances.has(name) || inputs.some(({ input }) => split.instances.has(input.task));
  if (!touched || inputs.length === 0) return guarded;
  const needs: Need[] = [];
  for (const { input, how, filter, need } of inputs) {
    const base: Need = { task: input.task };
    if (input.output !== '') base.port = input.output;
    if (input.order) base.data = false;
    else base.as = input.port;
    if (input.optional) base.optional = true;
    const instances = split.instances.get(input.task);
    if (!instances) {
      needs.push(base);
      continue;
    }
    const names = namesOf.get(input.task)!;
    const chosen = instances
      .map((one, index) => ({ one, name: names[index]! }))
      .filter(
        ({ one }) => (filter === undefined || agree(filter, one)) && (how === 'all' || agree(values, one)),
      );
    for (const { name } of chosen) needs.push({ ...base, task: name });
    if (chosen.length > 0 || !need) continue;
    // Any instance will do for the checks that follow.
    needs.push({ ...base, task: names[0]! });
    const at = task.needs?.indexOf(need) ?? 0;
    const shown = Object.entries(filter ?? {}).map(([key, value]) => `${key}: ${String(value)}`);
    const known = Object.keys(instances[0] ?? {}).map(
      (key) => `${key}: ${[...new Set(instances.map((one) => String(one[key])))].slice(0, 8).join(', ')}`,
    );
    problems.push({
      code: 'FLOW-K004',
      message: `task '${input.task}' has no instance with ${shown.join(', ')}`,
      help: `it has ${known.join('; ')}`,
      origin: originAt(definition, `${task.source}/needs/${at}`),
    });
  }
  return { ...guarded, needs };

  function ofInstances(guard: Guard): Guard {
    const tasks = guard.tasks.flatMap((one) => {
      const instances = split.instances.get(one);
      return instances
        ? instances.flatMap((matrix, index) => (agree(values, matrix) ? namesOf.get(one)![index]! : []))
        : [one];
    });
    return { ...guard, tasks };
  }
}

/** `${matrix.x}` where there is no matrix. */
function unboundTexts(definition: Definition, split: ReadonlySet<string>): Problem[] {
  return Object.entries(definition.tasks).flatMap(([name, task]) =>
    isTemplate(name) || split.has(name) || task.instance
      ? []
      : lateTexts({ args: task.args, control: task.control }).map((at) => ({
          code: 'FLOW-K010',
          message: `task '${name}' uses a value of a matrix, and has none`,
          help: 'give it a `matrix`, or read one instance each: needs: [{task: ..., matrix: same}]',
          origin: originAt(definition, task.source + at),
        })),
  );
}
