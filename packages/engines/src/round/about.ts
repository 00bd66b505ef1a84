import { findTask, type Plan } from '@fasthep/flow';

/** What is told of a task where an engine shows it. */
export interface About {
  family: string;
  kind: string;
  dataset?: string;
  text: string;
}

/** One line about each task of a plan. */
export function aboutTasks(plan: Plan): (task: string) => About {
  return (task) => {
    const found = findTask(plan, task);
    if (!found) return { family: task, kind: 'task', text: task };
    const { family, index } = found;
    const about = { family: family.id, kind: family.kind };
    switch (family.kind) {
      case 'segment': {
        const [at, part, parts] = family.partitions[index]!;
        const file = family.files[at]!;
        const dataset = family.datasets[file.dataset]?.name;
        const share = parts > 1 ? `, part ${part + 1} of ${parts}` : '';
        const where = dataset ? ` of ${dataset}` : '';
        return { ...about, ...(dataset ? { dataset } : {}), text: `Rows${where}: ${file.path}${share}.` };
      }
      case 'merge': {
        const [first, last] = family.blocks[index]!;
        return {
          ...about,
          text: `Adds up what partitions ${first} to ${last - 1} of ${family.segment} gave.`,
        };
      }
      case 'finish':
        return { ...about, text: `Makes the products of ${family.segment}.` };
      case 'single':
        return { ...about, text: `The task '${family.node}': ${family.operator}.` };
    }
  };
}
