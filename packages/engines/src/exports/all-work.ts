import { type Plan, planIndex, type TaskItem, wantedOutputs } from '@fasthep/flow';

/** Every task of a plan with everything that it can make. */
export function allWork(plan: Plan): { tasks: TaskItem[]; reused: [] } {
  const index = planIndex(plan);
  const tasks = plan.families.flatMap((family): TaskItem[] =>
    Array.from({ length: family.size }, (_, at) => {
      const all = wantedOutputs(plan, family);
      if (family.kind !== 'segment' && family.kind !== 'merge')
        return { family: family.id, index: at, outputs: all };
      // A dataset that leaves a step out has nothing of it.
      const segment = index.segment(family.kind === 'merge' ? family.segment : family.id);
      const dataset = segment.dataset(family.kind === 'merge' ? family.blocks[at]![0] : at);
      const outputs = all.filter((id) => segment.outputs.get(id)?.templates[dataset]);
      return { family: family.id, index: at, outputs };
    }),
  );
  return { tasks, reused: [] };
}
