import { bindLate, type Config, ConfigErrors, type PlainJson } from '@fasthep/config';
import { copyPlaces, isLate, noPlaces } from '../../definition/index.ts';
import { fromConfig, pointer } from '../../errors/index.ts';
import type { Definition, TaskDefinition } from '../../types/definition.ts';
import type { Json, JsonObject } from '../../types/json.ts';
import type { Problem } from '../../types/problem.ts';
import type { MatrixValues } from './expand.ts';

/** Pointers of the texts in a value that wait for a late name. */
export function lateTexts(value: Json, at = ''): string[] {
  if (isLate(value)) return [at];
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([key, item]) => lateTexts(item, at + pointer(key)));
}

/** The names at the beginning of interpolations: of `${btag.${matrix.wp}}` both. */
function roots(text: string): string[] {
  return [...text.matchAll(/[$]?[{]?\s*([A-Za-z_]\w*)/g)].map((match) => match[1]!);
}

/**
 * Arguments and keywords of one instance, with `${matrix.x}` bound, and its places at `target` of `into`.
 */
export function bindInstance(
  definition: Definition,
  task: TaskDefinition,
  values: MatrixValues,
  into: Definition,
  target: string,
): { args: Json; control: JsonObject; problems: Problem[] } {
  const body: JsonObject = { args: task.args, control: task.control };
  const late = lateTexts(body);
  const places = noPlaces(definition.sources);
  for (const key of ['args', 'control', 'needs', 'operator'])
    copyPlaces(
      definition,
      `${task.source}/${key}`,
      places,
      `/task/${key}`,
      (task as unknown as JsonObject)[key] ?? null,
    );
  let bound = body;
  const problems: Problem[] = [];
  if (late.length > 0) {
    const wanted = new Set(late.flatMap((at) => roots(textAt(body, at))));
    const used = Object.fromEntries(Object.entries(definition.values).filter(([name]) => wanted.has(name)));
    const config: Config = {
      format: 1,
      value: { ...used, task: body } as PlainJson,
      ...places,
      overrides: [],
      choices: {},
      late: late.map((at) => `/task${at}`),
    };
    try {
      const result = bindLate(config, '/task', { matrix: values as PlainJson });
      bound = (result.value as JsonObject).task as JsonObject;
      places.origins = result.origins;
    } catch (error) {
      if (!(error instanceof ConfigErrors)) throw error;
      problems.push(...error.problems.map(fromConfig));
    }
  }
  into.origins[target] = definition.origins[task.source] ?? definition.origins['']!;
  const key = definition.keyOrigins[task.source];
  if (key) into.keyOrigins[target] = key;
  for (const part of ['args', 'control', 'needs', 'operator'])
    copyPlaces(
      places,
      `/task/${part}`,
      into,
      `${target}/${part}`,
      (bound[part] ?? (task as unknown as JsonObject)[part] ?? null) as Json,
    );
  return { args: bound.args!, control: bound.control as JsonObject, problems };
}

function textAt(value: Json, at: string): string {
  let current: Json | undefined = value;
  for (const key of at
    .split('/')
    .slice(1)
    .map((one) => one.replaceAll('~1', '/').replaceAll('~0', '~')))
    current = (current as JsonObject)[key];
  return String(current);
}
