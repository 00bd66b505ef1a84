import { isTemplate } from '../../definition/index.ts';
import { originAt, suggest } from '../../errors/index.ts';
import type { Definition } from '../../types/definition.ts';
import type { Extension } from '../../types/plugin.ts';
import type { Problem } from '../../types/problem.ts';

/** `stages:` an order of the labels that tasks have as `stage`. */
export const stagesKeyword: Extension = {
  keyword: 'stages',
  at: 'top',
  doc: 'Labels of tasks in their order, for reports and for checking that no task needs one of a later stage. No barrier.',
  schema: { type: 'array', items: { type: 'string', minLength: 1 }, examples: [['select', 'plot']] },
  order: 90,
  lower,
};

function lower(definition: Definition): { definition: Definition; problems: Problem[] } {
  const stages = definition.settings.stages;
  if (!Array.isArray(stages)) return { definition, problems: [] };
  const problems: Problem[] = [];
  const rank = (task: string) => stages.indexOf(String(definition.tasks[task]?.control.stage));
  for (const [name, task] of Object.entries(definition.tasks)) {
    if (isTemplate(name) || typeof task.control.stage !== 'string') continue;
    const own = rank(name);
    if (own < 0)
      problems.push({
        code: 'FLOW-K007',
        message: `task '${name}' is in the stage '${task.control.stage}', which 'stages' does not name`,
        help: suggest(task.control.stage, stages, 'stages'),
        origin: originAt(definition, `${task.source}/control/stage`),
      });
    task.needs?.forEach((need, index) => {
      if (own < 0 || rank(need.task) <= own) return;
      problems.push({
        code: 'FLOW-K007',
        message: `task '${name}' of stage '${stages[own]}' needs '${need.task}' of the later stage '${stages[rank(need.task)]}'`,
        help: "change the stage of one of them, or their order in 'stages'",
        origin: originAt(definition, `${task.source}/needs/${index}`),
      });
    });
  }
  return { definition, problems };
}
