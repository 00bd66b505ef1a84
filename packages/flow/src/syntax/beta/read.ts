import type { Config } from '@fasthep/config';
import { isMap, kindOf } from '../../definition/index.ts';
import type { Definition, Need } from '../../types/definition.ts';
import type { Json, JsonObject } from '../../types/json.ts';
import type { Problem } from '../../types/problem.ts';
import { type Builder, startDefinition } from '../build/index.ts';
import { operatorOf } from './operators.ts';
import { environmentOf } from './settings.ts';

const TOP = ['tasks', 'global', 'environment', 'register', 'variations', 'plugins', 'metadata', 'version'];
const TASK = [
  'name',
  'type',
  'args',
  'kwargs',
  'with',
  'needs',
  'dependencies',
  'plugins',
  'environment',
  'variations',
];

/** The beta of fasthep-flow (`tasks` with name, type, kwargs) as a definition. */
export function readBeta(config: Config): { definition: Definition; problems: Problem[] } {
  const build = startDefinition(config);
  const top = config.value as JsonObject;
  build.keys(top, '', TOP, 'the workflow');
  const { settings } = build.definition;
  for (const key of ['global', 'environment']) {
    const value = top[key];
    if (!isMap(value)) continue;
    const { control, run } = environmentOf(build, value, `/${key}`, `'${key}'`);
    if (Object.keys(run).length > 0) settings.run = { ...settings.run, ...run };
    if (Object.keys(control).length > 0) settings.default = { ...settings.default, ...control };
  }
  if (top.plugins !== undefined) build.lost('Python plug-ins are not loaded', '/plugins');
  if (top.metadata !== undefined) build.lost('metadata is not kept', '/metadata');
  if (top.register !== undefined)
    build.lost('registered implementations (cpu, gpu) come with packs', '/register');
  const changes = variationsOf(build, top.variations);
  const tasks = top.tasks;
  if (!Array.isArray(tasks))
    build.wrong(`'tasks' must be a list of {name, type, kwargs}, not ${kindOf(tasks)}`, '/tasks');
  else for (const [index, task] of tasks.entries()) readTask(build, task, `/tasks/${index}`, changes);
  for (const [name, list] of changes)
    if (!Object.hasOwn(build.definition.tasks, name))
      build.wrong(`there is no task '${name}' to vary`, list[0]!.at);
  return { definition: build.definition, problems: build.problems };
}

interface Change {
  name: string;
  kwargs: JsonObject;
  at: string;
}

/** `variations: [{name: "T [up]", changes: {kwargs}}]` by the task that is varied. */
function variationsOf(build: Builder, value: Json | undefined): Map<string, Change[]> {
  const found = new Map<string, Change[]>();
  if (value === undefined) return found;
  if (isMap(value) && value.source !== undefined) {
    build.wrong('variations from files are not read', '/variations/source', "use 'include' with a pattern");
    return found;
  }
  [value].flat().forEach((one, index) => {
    const at = `/variations/${index}`;
    const [, task] = isMap(one) ? (/^(.*?)\s*\[(.*)\]$/.exec(String(one.name)) ?? []) : [];
    if (!isMap(one) || task === undefined) {
      build.wrong('a variation must be {name: "task [variation]", changes: {kwargs: ...}}', at);
      return;
    }
    build.keys(one, at, ['name', 'changes'], 'a variation');
    const changes = isMap(one.changes) ? one.changes : {};
    const kwargs = isMap(changes.kwargs) ? changes.kwargs : changes;
    found.set(task, [...(found.get(task) ?? []), { name: String(one.name), kwargs, at }]);
  });
  return found;
}

function readTask(build: Builder, task: Json, at: string, changes: ReadonlyMap<string, Change[]>): void {
  if (!isMap(task) || typeof task.name !== 'string' || typeof task.type !== 'string') {
    build.wrong(
      'a task needs a name and a type',
      at,
      '- {name: hello, type: fasthep_flow.operators.BashOperator, kwargs: {...}}',
    );
    return;
  }
  build.keys(task, at, TASK, `task '${task.name}'`);
  const key = task.kwargs !== undefined ? 'kwargs' : 'with';
  const { when, ...kwargs } = isMap(task[key]) ? task[key] : {};
  if (when !== undefined)
    build.wrong(
      "'when' in the arguments of a task chooses events",
      `${at}/${key}/when`,
      "use the operator 'filter', or 'cutflow' with all and any, above it",
    );
  if (task.args !== undefined && Array.isArray(task.args) && task.args.length > 0)
    build.lost('arguments without names are not passed on', `${at}/args`);
  if (task.plugins !== undefined) build.lost('Python plug-ins are not loaded', `${at}/plugins`);
  const control = isMap(task.environment)
    ? environmentOf(build, task.environment, `${at}/environment`, `task '${task.name}'`).control
    : {};
  const needs = needsOf(task.needs ?? task.dependencies);
  const add = (name: string, given: JsonObject, place: string) => {
    const { operator, args } = operatorOf(build, String(task.type), given, `${at}/${key}`);
    build.task({ name, operator, args, control, at: place, ...(needs ? { needs } : {}) });
  };
  add(task.name, kwargs, at);
  for (const change of changes.get(task.name) ?? [])
    add(change.name, { ...kwargs, ...change.kwargs }, change.at);
}

/** Names may have spaces and dots: they are whole names of tasks. */
function needsOf(value: Json | undefined): Need[] | undefined {
  return value === undefined || value === null
    ? undefined
    : [value].flat().map((name) => ({ task: String(name) }));
}
