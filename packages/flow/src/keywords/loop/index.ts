import { copyPlaces, draftOf, isTemplate } from '../../definition/index.ts';
import { keyOriginAt } from '../../errors/index.ts';
import type { Definition } from '../../types/definition.ts';
import type { Extension } from '../../types/plugin.ts';
import type { Problem } from '../../types/problem.ts';

/** `loop: [a, b]` is `matrix: {item: [a, b]}`, nothing else. */
export const loopKeyword: Extension = {
  keyword: 'loop',
  at: 'task',
  doc: 'One instance of the task for each item, `${matrix.item}`: short for `matrix: {item: [...]}`.',
  schema: { type: 'array', minItems: 1, examples: [['a', 'b']] },
  order: 40,
  lower,
};

function lower(definition: Definition): { definition: Definition; problems: Problem[] } {
  const loops = Object.entries(definition.tasks).filter(
    ([name, task]) => !isTemplate(name) && task.control.loop !== undefined,
  );
  if (loops.length === 0) return { definition, problems: [] };
  const problems: Problem[] = [];
  const draft = draftOf(definition);
  for (const [name, { source }] of loops) {
    const task = draft.tasks[name]!;
    const { loop, ...control } = task.control;
    if (control.matrix !== undefined)
      problems.push({
        code: 'FLOW-K003',
        message: `task '${name}' has both 'loop' and 'matrix'`,
        help: 'write one matrix: {item: [...], ...}',
        origin: keyOriginAt(definition, `${source}/control/loop`),
        related: [{ message: 'the matrix', origin: keyOriginAt(definition, `${source}/control/matrix`) }],
      });
    else if (Array.isArray(loop)) control.matrix = { item: loop };
    task.control = control;
    copyPlaces(definition, `${source}/control/loop`, draft, `${source}/control/matrix/item`, loop!);
    const origin = definition.origins[`${source}/control/loop`];
    if (origin) draft.origins[`${source}/control/matrix`] = origin;
  }
  return { definition: draft, problems };
}
