import { COMMAND_LINE, type Config } from '@fasthep/config';
import { nearest } from '@fasthep/expression';
import { copyPlaces, isMap, kindOf } from '../../definition/index.ts';
import { keyOriginAt, originAt, pointer, suggest } from '../../errors/index.ts';
import type { Definition } from '../../types/definition.ts';
import type { Json, JsonObject } from '../../types/json.ts';
import type { Registry } from '../../types/plugin.ts';
import type { Problem } from '../../types/problem.ts';
import { foreignHint } from './foreign.ts';
import { type Reading, readTasks } from './task.ts';
import { usedSections } from './used.ts';
import { COMPOSED, vocabularyOf } from './vocabulary.ts';

/** The workflow's name: that of its file without the ending. */
function nameOf(config: Config): string {
  const file = Object.keys(config.sources).find((one) => one !== COMMAND_LINE) ?? 'workflow';
  return file.replace(/^.*[/\\]/, '').replace(/\.[^.]*$/, '') || 'workflow';
}

/** Config → Definition in the default syntax (LANGUAGE). All problems of the file at once. */
export function readDefault(
  config: Config,
  registry: Registry,
): { definition: Definition; problems: Problem[] } {
  const words = vocabularyOf(registry);
  const definition: Definition = {
    format: 1,
    name: nameOf(config),
    tasks: {},
    settings: {},
    values: {},
    origins: {},
    keyOrigins: {},
    sources: config.sources,
  };
  const reading: Reading = { config, registry, words, places: definition, problems: [] };
  const top = config.value as Json;
  if (!isMap(top)) {
    reading.problems.push({
      code: 'FLOW-S001',
      message: `a workflow must be a map with 'tasks', not ${kindOf(top)}`,
      origin: originAt(config, ''),
    });
    return { definition, problems: reading.problems };
  }
  definition.origins[''] = originAt(config, '');
  if (top.tasks !== undefined) definition.tasks = readTasks(reading, top.tasks, '/tasks', '/tasks');

  const settings = definition.settings as JsonObject;
  for (const [key, value] of Object.entries(top)) {
    if (key === 'tasks' || COMPOSED.includes(key)) continue;
    if (words.top.has(key)) {
      settings[key] = value;
      copyPlaces(config, pointer(key), definition, pointer('settings', key), value);
    } else {
      definition.values[key] = value;
      copyPlaces(config, pointer(key), definition, pointer('values', key), value);
    }
  }
  checkSections(reading, definition, top);
  return { definition, problems: reading.problems };
}

/** Sections that nobody refers to, and names that are a section and a task. */
function checkSections(reading: Reading, definition: Definition, top: JsonObject): void {
  const { config, words, problems } = reading;
  const sections = Object.keys(definition.values);
  const keywords = ['tasks', ...words.top.keys(), ...COMPOSED];
  const used = usedSections(config, sections, [top.tasks ?? null, definition.settings as JsonObject]);
  const missing = top.tasks === undefined;
  let explained = false;
  for (const name of sections) {
    const origin = keyOriginAt(config, pointer(name));
    if (Object.hasOwn(definition.tasks, name))
      problems.push({
        code: 'FLOW-S007',
        message: `'${name}' is a section and a task`,
        help: 'conditions could not tell them apart: rename one of them',
        origin,
        related: [{ message: 'the task', origin: keyOriginAt(definition, pointer('tasks', name)) }],
      });
    if (used.has(name)) continue;
    const near = nearest(name, keywords)[0];
    const help = near ? `did you mean '${near}'?` : foreignHint(name);
    const asTask = near === undefined && looksLikeTask(top[name], words.operators);
    problems.push({
      code: near || asTask || help === undefined ? 'FLOW-S006' : 'FLOW-S009',
      message: near
        ? `unknown section '${name}': nothing refers to it`
        : `nothing refers to the section '${name}'`,
      help: asTask ? `a task stands below 'tasks:'` : (help ?? `refer to it as \${${name}…} or delete it`),
      origin,
    });
    explained ||= near === 'tasks' || asTask;
  }
  if (missing && !explained)
    problems.push({
      code: 'FLOW-S001',
      message: "there is no section 'tasks'",
      help: suggest('tasks', sections) ?? 'tasks: {rows: {read: data.csv}}',
      origin: originAt(config, ''),
    });
}

const looksLikeTask = (value: Json | undefined, operators: readonly string[]): boolean =>
  isMap(value) && Object.keys(value).some((key) => operators.includes(key));
