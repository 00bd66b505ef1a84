import type { Config } from '@fasthep/config';
import { isMap, kindOf } from '../../definition/index.ts';
import { keyOriginAt, originAt, pointer, suggest } from '../../errors/index.ts';
import type { Need } from '../../types/definition.ts';
import type { Json, JsonObject } from '../../types/json.ts';
import type { Problem } from '../../types/problem.ts';

const KEYS = ['task', 'data', 'optional', 'matrix'];

/** `needs` in all its forms: `[a, b.port, {task, data, optional, matrix}]`, `{port: a}`, `[]`. */
export function readNeeds(
  value: Json,
  place: string,
  config: Config,
): { needs: Need[] /** Where each stands, below `place`. */; places: string[]; problems: Problem[] } {
  const problems: Problem[] = [];
  const needs: Need[] = [];
  const places: string[] = [];
  const wrong = (at: string, message: string, help?: string) =>
    problems.push({ code: 'FLOW-N008', message, help, origin: originAt(config, at) });
  const add = (need: Need | undefined, step: string) => {
    if (!need) return;
    needs.push(need);
    places.push(step);
  };

  if (typeof value === 'string') {
    wrong(place, `'needs' must be a list or a map, not the text '${value}'`, `write needs: [${value}]`);
  } else if (Array.isArray(value)) {
    value.forEach((item, index) => {
      const step = pointer(index);
      add(readOne(item, place + step, config, problems), step);
    });
  } else if (isMap(value)) {
    const others = Object.keys(value).filter((key) => key !== 'task');
    if (typeof value.task === 'string' && others.length > 0 && others.every((key) => KEYS.includes(key))) {
      wrong(place, "'needs' is a list of such maps", `write needs: [{task: ${value.task}, ...}]`);
      return { needs, places, problems };
    }
    for (const [port, item] of Object.entries(value)) {
      const step = pointer(port);
      const need = readOne(item, place + step, config, problems);
      add(need && { ...need, as: port }, step);
    }
  } else {
    wrong(
      place,
      `'needs' must be a list of names or a map from ports to names, not ${kindOf(value)}`,
      'needs: [] reads nothing',
    );
  }
  return { needs, places, problems };
}

function readOne(item: Json, place: string, config: Config, problems: Problem[]): Need | undefined {
  const wrong = (at: string, message: string, help?: string) => {
    problems.push({ code: 'FLOW-N008', message, help, origin: originAt(config, at) });
    return undefined;
  };
  if (typeof item === 'string') return named(item) ?? wrong(place, 'a need has no name');
  if (!isMap(item))
    return wrong(place, `a need must be a name or {task, data, optional, matrix}, not ${kindOf(item)}`);
  for (const key of Object.keys(item)) {
    if (KEYS.includes(key)) continue;
    problems.push({
      code: 'FLOW-N008',
      message: `unknown key '${key}' in a need`,
      help: suggest(key, KEYS, 'it takes'),
      origin: keyOriginAt(config, place + pointer(key)),
    });
  }
  const { task, data, optional, matrix } = item;
  const need = typeof task === 'string' ? named(task) : undefined;
  if (!need) return wrong(place, "a need must say which 'task' it means", '{task: name}');
  for (const [key, flag] of Object.entries({ data, optional })) {
    if (flag === undefined) continue;
    if (typeof flag !== 'boolean')
      wrong(place + pointer(key), `'${key}' must be true or false, not ${kindOf(flag)}`);
    else if (key === 'data') need.data = flag;
    else need.optional = flag;
  }
  if (matrix === 'same' || isMap(matrix)) need.matrix = matrix as 'same' | JsonObject;
  else if (matrix !== undefined)
    wrong(
      `${place}/matrix`,
      `'matrix' of a need must be 'same' or a map of values, not ${kindOf(matrix)}`,
      typeof matrix === 'string' ? suggest(matrix, ['same']) : undefined,
    );
  return need;
}

/** `task` or `task.port`. */
function named(text: string): Need | undefined {
  if (text === '') return undefined;
  const dot = text.indexOf('.', 1);
  return dot < 0 ? { task: text } : { task: text.slice(0, dot), port: text.slice(dot + 1) };
}
