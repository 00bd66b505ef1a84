import type { Config, Origin } from '@fasthep/config';
import { copyPlaces, isMap, kindOf } from '../../definition/index.ts';
import { keyOriginAt, type Located, originAt, pointer } from '../../errors/index.ts';
import type { TaskDefinition } from '../../types/definition.ts';
import type { Json, JsonObject } from '../../types/json.ts';
import type { Registry } from '../../types/plugin.ts';
import type { Problem } from '../../types/problem.ts';
import { sortKeys } from './keys.ts';
import { checkName } from './names.ts';
import { readNeeds } from './needs.ts';
import type { Vocabulary } from './vocabulary.ts';

/** What reading tasks needs and makes. */
export interface Reading {
  config: Config;
  registry: Registry;
  words: Vocabulary;
  /** Gets the places of the definition. */
  places: Located;
  problems: Problem[];
}

const at = (origin: Origin) => `${origin.line}:${origin.column}`;

/** A map or list of tasks at `place` of the config, to stand at `target` of the definition. */
export function readTasks(
  reading: Reading,
  value: Json,
  place: string,
  target: string,
): Record<string, TaskDefinition> {
  const { config, problems } = reading;
  const tasks: Record<string, TaskDefinition> = {};
  const seen = new Map<string, string>();
  const add = (name: string, body: Json, where: string, named: string, listed: boolean) => {
    const earlier = seen.get(name);
    if (earlier !== undefined) {
      problems.push({
        code: 'FLOW-S013',
        message: `two tasks are called '${name}'`,
        help: 'tasks are called by their names: give each its own',
        origin: originAt(config, named),
        related: [{ message: 'the first stands here', origin: keyOriginAt(config, earlier) }],
      });
      return;
    }
    seen.set(name, where);
    problems.push(...checkName(name, named, config, new Set(reading.words.top.keys())));
    const task = readTask(reading, name, body, where, target + pointer(name), listed);
    if (task) tasks[name] = task;
  };

  if (Array.isArray(value)) {
    value.forEach((body, index) => {
      const where = place + pointer(index);
      if (isMap(body) && typeof body.name === 'string') add(body.name, body, where, `${where}/name`, true);
      else
        problems.push({
          code: isMap(body) ? 'FLOW-S011' : 'FLOW-S010',
          message: isMap(body)
            ? 'a task of a list must have a name'
            : `a task must be a map, not ${kindOf(body)}`,
          help: "- {name: select, filter: 'x > 1'}",
          origin: originAt(config, where),
        });
    });
  } else if (isMap(value)) {
    for (const [name, body] of Object.entries(value)) {
      const where = place + pointer(name);
      add(name, body, where, where, false);
    }
  } else {
    problems.push({
      code: 'FLOW-S001',
      message: `tasks must be a map of tasks by name, not ${kindOf(value)}`,
      help: 'tasks: {rows: {read: data.csv}}',
      origin: originAt(config, place),
    });
  }
  return tasks;
}

function readTask(
  reading: Reading,
  name: string,
  body: Json,
  place: string,
  target: string,
  listed: boolean,
): TaskDefinition | undefined {
  const { config, problems, places, words } = reading;
  if (!isMap(body)) {
    const keyword = name === 'needs' || words.task.has(name);
    problems.push({
      code: 'FLOW-S010',
      message: `task '${name}' must be a map, not ${kindOf(body)}`,
      help: keyword
        ? `'${name}' is a keyword of a task: it stands below the name of one`
        : `${name}: {<operator>: <arguments>}`,
      origin: body === null ? keyOriginAt(config, place) : originAt(config, place),
    });
    return undefined;
  }
  const keys = sortKeys(name, body, place, config, reading.registry, words, listed);
  problems.push(...keys.problems);
  places.origins[target] = originAt(config, place);
  places.keyOrigins[target] = keyOriginAt(config, listed ? `${place}/name` : place);

  const task: TaskDefinition = { operator: '', args: null, control: {}, source: target };
  const deleted = keys.operators.filter((key) => body[key] === null && body.extends !== undefined);
  const [operator, ...others] = keys.operators.filter((key) => !deleted.includes(key));
  for (const key of deleted) control(reading, task, key, body, place, target);
  if (operator !== undefined) {
    task.operator = operator;
    task.args = body[operator]!;
    copyPlaces(config, place + pointer(operator), places, `${target}/args`, task.args);
    const origin = keyOriginAt(config, place + pointer(operator));
    places.keyOrigins[`${target}/operator`] = origin;
    places.origins[`${target}/operator`] = origin;
  }
  for (const other of others) {
    const first = keyOriginAt(config, place + pointer(operator!));
    const second = keyOriginAt(config, place + pointer(other));
    problems.push({
      code: 'FLOW-S004',
      message: `task '${name}' has two operators: '${operator}' (${at(first)}) and '${other}' (${at(second)})`,
      help: `split it into two tasks: the second reads what the first leaves`,
      origin: second,
      related: [{ message: 'the first operator', origin: first }],
    });
  }

  for (const key of keys.keywords) {
    if (key === 'needs' && body.needs !== null) needs(reading, task, body.needs!, place, target);
    else control(reading, task, key, body, place, target);
  }
  const inert = keys.keywords.some((key) => words.task.get(key)?.operatorless);
  if (
    operator === undefined &&
    !inert &&
    !name.startsWith('_') &&
    !name.startsWith('.') &&
    keys.problems.length === 0
  )
    problems.push({
      code: 'FLOW-S005',
      message: `task '${name}' has no operator`,
      help: `add one, such as 'filter: ...' or 'hist: ...'; the keys there are keywords only`,
      origin: keyOriginAt(config, listed ? `${place}/name` : place),
    });
  return task;
}

function needs(reading: Reading, task: TaskDefinition, value: Json, place: string, target: string): void {
  const { config, places } = reading;
  const read = readNeeds(value, `${place}/needs`, config);
  reading.problems.push(...read.problems);
  task.needs = read.needs;
  places.origins[`${target}/needs`] = originAt(config, `${place}/needs`);
  places.keyOrigins[`${target}/needs`] = keyOriginAt(config, `${place}/needs`);
  read.places.forEach((step, index) => {
    const from = `${place}/needs${step}`;
    const origin = originAt(config, Object.hasOwn(config.origins, `${from}/task`) ? `${from}/task` : from);
    places.origins[`${target}/needs/${index}`] = origin;
    // The port of a map form is a key.
    places.keyOrigins[`${target}/needs/${index}`] = keyOriginAt(config, from);
  });
}

function control(
  reading: Reading,
  task: TaskDefinition,
  key: string,
  body: JsonObject,
  place: string,
  target: string,
): void {
  const { config, places, words } = reading;
  const value = body[key]!;
  const from = place + pointer(key);
  const to = `${target}/control${pointer(key)}`;
  copyPlaces(config, from, places, to, value);
  const extension = words.task.get(key);
  task.control[key] =
    extension?.holds === 'tasks' && value !== null
      ? (readTasks(reading, value, from, to) as unknown as JsonObject)
      : value;
}
