import { expandMain } from '../../arguments/index.ts';
import {
  copyPlaces,
  draftOf,
  dropPlaces,
  isMap,
  isTemplate,
  layOver,
  noPlaces,
} from '../../definition/index.ts';
import { keyOriginAt, pointer, suggest } from '../../errors/index.ts';
import type { Definition } from '../../types/definition.ts';
import type { Json, JsonObject } from '../../types/json.ts';
import type { Extension, Registry } from '../../types/plugin.ts';
import type { Problem } from '../../types/problem.ts';

/** `default:` fills keywords that a task does not set, `default.ops.<operator>` arguments of an operator. */
export const defaultKeyword: Extension = {
  keyword: 'default',
  at: 'top',
  doc: 'Keywords for all tasks that do not set them; below `ops`, arguments by operator.',
  schema: {
    type: 'object',
    properties: { ops: { type: 'object', additionalProperties: { type: ['object', 'string', 'array'] } } },
    examples: [{ retry: 1, ops: { hist: { storage: 'count' } } }],
  },
  order: 20,
  lower,
};

/** Keywords that make no sense for all tasks at once. */
const SINGLE = new Set(['extends', 'block', 'rescue', 'always', 'description']);

function lower(definition: Definition, registry: Registry): { definition: Definition; problems: Problem[] } {
  const given = definition.settings.default;
  if (!isMap(given)) return { definition, problems: [] };
  const problems: Problem[] = [];
  const draft = draftOf(definition);
  const { ops, ...keywords } = given;
  const known = registry
    .all('extensions')
    .map(({ item }) => item as Extension)
    .filter((one) => one.at === 'task' && !SINGLE.has(one.keyword))
    .map((one) => one.keyword);
  for (const key of Object.keys(keywords))
    if (!known.includes(key))
      problems.push({
        code: 'FLOW-S002',
        message: `unknown key '${key}' in 'default'`,
        help: suggest(key, [...known, 'ops'], 'it takes'),
        origin: keyOriginAt(definition, `/settings/default${pointer(key)}`),
      });
  for (const [name, task] of Object.entries(draft.tasks)) {
    if (isTemplate(name)) continue;
    for (const [key, value] of Object.entries(keywords)) {
      if (!known.includes(key) || Object.hasOwn(task.control, key)) continue;
      // `when` and `rules` exclude each other: what the task says replaces either.
      if (
        (key === 'when' && task.control.rules !== undefined) ||
        (key === 'rules' && task.control.when !== undefined)
      )
        continue;
      task.control[key] = value;
      copyPlaces(
        definition,
        `/settings/default${pointer(key)}`,
        draft,
        `${task.source}/control${pointer(key)}`,
        value,
      );
    }
  }
  if (isMap(ops)) fillArguments(definition, draft, ops, registry, problems);
  return { definition: draft, problems };
}

function fillArguments(
  definition: Definition,
  draft: Definition,
  ops: JsonObject,
  registry: Registry,
  problems: Problem[],
): void {
  const byOperator = new Map<string, { at: string; args: Json }>();
  for (const [name, args] of Object.entries(ops)) {
    const at = `/settings/default/ops${pointer(name)}`;
    const found = registry.operator(name);
    if ('operator' in found) byOperator.set(found.qualified, { at, args: expandMain(found.operator, args) });
    else problems.push({ code: 'FLOW-S003', ...found.problem, origin: keyOriginAt(definition, at) });
  }
  for (const [name, task] of Object.entries(draft.tasks)) {
    if (isTemplate(name) || task.operator === '') continue;
    const found = registry.operator(task.operator);
    const fill = 'operator' in found ? byOperator.get(found.qualified) : undefined;
    if (!fill || !('operator' in found)) continue;
    const at = `${task.source}/args`;
    const places = noPlaces();
    const below = { value: fill.args, in: definition, at: fill.at };
    const above = { value: expandMain(found.operator, task.args), in: definition, at };
    const merged = layOver(below, above, places, '');
    dropPlaces(draft, at, task.args);
    copyPlaces(places, '', draft, at, merged);
    draft.tasks[name] = { ...task, args: merged };
  }
}
