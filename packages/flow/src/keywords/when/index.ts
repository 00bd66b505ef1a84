import { checkCondition, decideWhen, isWord, partsOf } from '../../conditions/index.ts';
import { draftOf, isTemplate } from '../../definition/index.ts';
import type { Definition } from '../../types/definition.ts';
import type { Json } from '../../types/json.ts';
import type { Extension, Registry } from '../../types/plugin.ts';
import type { Problem } from '../../types/problem.ts';
import { guardByWords } from './words.ts';

/** `when:` decided here where config alone decides it; what waits for datasets or results stays. */
export const whenKeyword: Extension = {
  keyword: 'when',
  at: 'task',
  doc: 'Whether the task runs: a condition on config, `dataset.*` or results, a list of them (and), or always, on_success, on_failure, never.',
  schema: {
    anyOf: [
      { type: 'string' },
      { type: 'boolean' },
      { type: 'array', items: { type: ['string', 'boolean'] }, minItems: 1 },
    ],
    title: 'a condition',
    examples: ["dataset.kind == 'mc'", 'fit.valid and not campaign.quick'],
  },
  order: 70,
  lower,
};

function lower(definition: Definition, registry: Registry): { definition: Definition; problems: Problem[] } {
  if (!Object.values(definition.tasks).some((task) => task.control.when !== undefined))
    return { definition, problems: [] };
  const problems: Problem[] = [];
  const draft = draftOf(definition);
  for (const [name, task] of Object.entries(draft.tasks)) {
    const when = task.control.when;
    if (isTemplate(name) || when === undefined || task.omitted) continue;
    const at = `${task.source}/control/when`;
    const wrong = checkCondition(definition, when, {
      at,
      task: name,
      keyword: 'when',
      words: true,
      more: ['error'],
    });
    problems.push(...wrong);
    const decided = wrong.length > 0 ? true : decideWhen(when, definition.values);
    if (decided === true) delete task.control.when;
    else if (decided === false) task.omitted = { reason: reasonOf(when, definition), place: at };
  }
  guardByWords(draft, registry);
  return { definition: draft, problems };
}

function reasonOf(when: Json, definition: Definition): string {
  const part =
    partsOf(when).find(({ value }) => decideWhen(value, definition.values) === false)?.value ?? when;
  return isWord(part) ? `when: ${part}` : `'${String(part)}' is false`;
}
