import { expandMain } from '../../arguments/index.ts';
import { checkCondition, decideWhen, partsOf, WORDS } from '../../conditions/index.ts';
import {
  copyPlaces,
  draftOf,
  dropPlaces,
  isMap,
  isTemplate,
  layOver,
  noPlaces,
} from '../../definition/index.ts';
import { keyOriginAt, originAt } from '../../errors/index.ts';
import type { Definition, TaskDefinition } from '../../types/definition.ts';
import type { Json, JsonObject } from '../../types/json.ts';
import type { Extension, Registry } from '../../types/plugin.ts';
import type { Problem } from '../../types/problem.ts';

export { firstMatch } from './first-match.ts';

/** `rules:` first match wins, no match leaves the task out; `with` goes into the operator's arguments. */
export const rulesKeyword: Extension = {
  keyword: 'rules',
  at: 'task',
  doc: 'Ordered rules, the first whose `if` holds decides; none: the task is left out. `with` changes arguments.',
  schema: {
    type: 'array',
    items: {
      type: 'object',
      properties: {
        if: {
          anyOf: [
            { type: 'string' },
            { type: 'boolean' },
            { type: 'array', items: { type: ['string', 'boolean'] } },
          ],
          title: 'a condition',
          description: 'Condition on config; without it the rule always matches.',
        },
        when: { enum: [...WORDS], description: 'What a match means (on_success).' },
        with: { type: 'object', description: "Goes into the operator's arguments." },
        allow_failure: { type: 'boolean' },
      },
      additionalProperties: false,
    },
    examples: [[{ if: 'campaign.quick', with: { rows: [0, 10000] } }, {}]],
  },
  order: 60,
  lower,
};

type Decided = boolean | 'late';

function lower(definition: Definition, registry: Registry): { definition: Definition; problems: Problem[] } {
  if (!Object.values(definition.tasks).some((task) => task.control.rules !== undefined))
    return { definition, problems: [] };
  const problems: Problem[] = [];
  const draft = draftOf(definition);
  for (const [name, task] of Object.entries(draft.tasks)) {
    const rules = task.control.rules;
    if (isTemplate(name) || rules === undefined) continue;
    delete task.control.rules;
    if (!Array.isArray(rules) || !rules.every(isMap)) continue; // its schema tells
    if (task.control.when !== undefined) {
      problems.push({
        code: 'FLOW-W005',
        message: `task '${name}' has both 'rules' and 'when'`,
        help: 'put the condition into the rules: {if: ..., when: ...}',
        origin: keyOriginAt(definition, `${task.source}/control/when`),
        related: [{ message: 'the rules', origin: keyOriginAt(definition, `${task.source}/control/rules`) }],
      });
      continue;
    }
    const wrong = checkRules(definition, name, task, rules);
    problems.push(...wrong);
    if (wrong.length === 0) decide(definition, draft, name, rules, registry, problems);
  }
  return { definition: draft, problems };
}

const place = (task: TaskDefinition, index: number) => `${task.source}/control/rules/${index}`;

function checkRules(
  definition: Definition,
  name: string,
  task: TaskDefinition,
  rules: JsonObject[],
): Problem[] {
  return rules.flatMap((rule, index) =>
    rule.if === undefined
      ? []
      : checkCondition(definition, rule.if, {
          at: `${place(task, index)}/if`,
          task: name,
          keyword: 'if',
          results: false,
        }),
  );
}

function decide(
  definition: Definition,
  draft: Definition,
  name: string,
  rules: JsonObject[],
  registry: Registry,
  problems: Problem[],
): void {
  const task = draft.tasks[name]!;
  const decided = rules.map(
    (rule): Decided => (rule.if === undefined ? true : decideWhen(rule.if, definition.values)),
  );
  const first = decided.findIndex((one) => one !== false);
  if (first < 0) {
    task.omitted = { reason: 'none of its rules matches', place: `${task.source}/control/rules` };
    return;
  }
  if (decided[first] === true) {
    apply(definition, draft, name, first, rules[first]!, registry);
    return;
  }
  late(definition, draft, name, rules, decided, problems);
}

function apply(
  definition: Definition,
  draft: Definition,
  name: string,
  index: number,
  rule: JsonObject,
  registry: Registry,
): void {
  const task = draft.tasks[name]!;
  if (rule.when === 'never') {
    task.omitted = { reason: `its rule ${index + 1} says never`, place: place(task, index) };
    return;
  }
  if (rule.when !== undefined && rule.when !== 'on_success') {
    task.control.when = rule.when;
    copyPlaces(definition, `${place(task, index)}/when`, draft, `${task.source}/control/when`, rule.when);
  }
  if (rule.allow_failure !== undefined) task.control.allow_failure = rule.allow_failure;
  if (!isMap(rule.with)) return;
  const found = registry.operator(task.operator);
  const args: Json = 'operator' in found ? expandMain(found.operator, task.args) : task.args;
  const places = noPlaces();
  const at = `${task.source}/args`;
  const merged = layOver(
    { value: args, in: definition, at },
    { value: rule.with, in: definition, at: `${place(task, index)}/with` },
    places,
    '',
  );
  dropPlaces(draft, at, args);
  copyPlaces(places, '', draft, at, merged);
  task.args = merged;
}

/**
 * Some rule waits for the dataset. Without `with` that is one condition: a rule that runs the task holds, and
 * none before it that does not.
 */
function late(
  definition: Definition,
  draft: Definition,
  name: string,
  rules: JsonObject[],
  decided: readonly Decided[],
  problems: Problem[],
): void {
  const task = draft.tasks[name]!;
  const alternatives: string[] = [];
  const before: string[] = [];
  for (const [index, rule] of rules.entries()) {
    if (decided[index] === false) continue;
    const other = ['with', 'allow_failure'].find((key) => rule[key] !== undefined);
    if (
      other !== undefined ||
      (rule.when !== undefined && rule.when !== 'on_success' && rule.when !== 'never')
    ) {
      problems.push({
        code: 'FLOW-W007',
        message: `a rule of task '${name}' changes more than whether it runs, and is decided per dataset`,
        help: `make two tasks, each with its 'when'`,
        origin: originAt(definition, other ? `${place(task, index)}/${other}` : `${place(task, index)}/when`),
      });
      return;
    }
    const own = decided[index] === true ? [] : partsOf(rule.if!).map((part) => `(${String(part.value)})`);
    const condition = own.length === 0 ? 'True' : own.join(' and ');
    if (rule.when !== 'never') alternatives.push([...before, condition].join(' and '));
    before.push(`not (${condition})`);
    if (decided[index] === true) break;
  }
  task.control.when =
    alternatives.length === 0 ? 'never' : alternatives.map((one) => `(${one})`).join(' or ');
  draft.origins[`${task.source}/control/when`] = originAt(definition, `${task.source}/control/rules`);
}
