import type { Definition, Need } from '../../types/definition.ts';
import type { Registry } from '../../types/plugin.ts';
import type { WiredInput, Wiring } from '../../wiring/index.ts';
import { agree, expandMatrix, type MatrixValues } from './expand.ts';

/** How a task reads another that has instances. */
export interface Reading {
  input: WiredInput;
  /** `same`: the instance with the values of the reader; `all`: those that `filter` lets through, together. */
  how: 'same' | 'all';
  filter?: MatrixValues;
  need?: Need;
}

/** The instances of each task; a task that is not split has none. */
export interface Split {
  instances: Map<string, MatrixValues[]>;
  readings: Map<string, Reading[]>;
}

/** What was written as a need for an input, where it was. */
function needOf(needs: readonly Need[] | undefined, input: WiredInput): Need | undefined {
  return needs?.find((need) => need.task === input.task && (need.data !== false) === !input.order);
}

/**
 * Which tasks run once for each instance: those with a matrix, those without `needs` that read one of them, and those
 * that take over with `matrix: same`. A port that takes one thing only is filled once for each, too.
 */
export function splitTasks(definition: Definition, wiring: Wiring, registry: Registry): Split {
  const instances = new Map<string, MatrixValues[]>();
  const readings = new Map<string, Reading[]>();
  const open = new Set<string>();
  const visit = (name: string): void => {
    if (readings.has(name) || open.has(name)) return;
    open.add(name);
    const task = definition.tasks[name];
    if (!task) return;
    const found = registry.operator(task.operator);
    let split: MatrixValues[] | undefined;
    const own: Reading[] = [];
    for (const input of wiring[name] ?? []) {
      visit(input.task);
      const theirs = instances.get(input.task);
      const need = needOf(task.needs, input);
      const reading: Reading = { input, how: 'all', need };
      own.push(reading);
      if (!theirs || input.result) continue;
      const filter = need?.matrix;
      if (filter !== undefined && filter !== 'same') reading.filter = filter;
      const chosen = reading.filter ? theirs.filter((one) => agree(reading.filter!, one)) : theirs;
      const port =
        'operator' in found ? (found.operator.inputs[input.port] ?? { many: false }) : { many: true };
      const single = !input.order && !port.many && chosen.length > 1;
      if (task.needs !== undefined && filter !== 'same' && !single) continue;
      reading.how = 'same';
      split = split ? join(split, chosen) : chosen;
    }
    const matrix = task.control.matrix;
    if (matrix !== undefined) {
      const mine = expandMatrix(matrix);
      split = split ? join(split, mine) : mine;
    }
    readings.set(name, own);
    if (split) instances.set(name, split);
  };
  for (const name of Object.keys(definition.tasks)) visit(name);
  return { instances, readings };
}

/** Both sets of values, where they agree. */
function join(left: MatrixValues[], right: MatrixValues[]): MatrixValues[] {
  return left.flatMap((a) => right.filter((b) => agree(a, b)).map((b) => ({ ...a, ...b })));
}
