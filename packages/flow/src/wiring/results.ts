import { argumentReferences } from '../arguments/index.ts';
import { type Reference, referencesOf } from '../conditions/index.ts';
import { isTemplate } from '../definition/index.ts';
import { problemAt } from '../errors/index.ts';
import { typesOf } from './ports.ts';
import { leftOut, type Wires } from './targets.ts';
import type { WiredInput } from './types.ts';
import type { Unit } from './units.ts';

/** Results that the conditions of a task name: such tasks are waited for. */
export function resultInputs(wires: Wires, unit: Unit): WiredInput[] {
  const { when } = unit.task.control;
  const found: { port: string; at: string; reference: Reference }[] = [
    ...(when === undefined ? [] : referencesOf(when)).map((reference) => ({
      port: 'when',
      at: `${unit.task.source}/control/when`,
      reference,
    })),
    ...argumentReferences(unit.operator, unit.task.args).map((reference) => ({
      port: 'results',
      at: `${unit.task.source}/args`,
      reference,
    })),
  ];
  const inputs: WiredInput[] = [];
  for (const { port, at, reference } of found) {
    const { root, path } = reference;
    const task = wires.definition.tasks[root];
    if (!task || isTemplate(root)) continue;
    const origin = problemAt(wires.definition, at, reference.at, reference.span);
    if (task.omitted && !wires.passes.has(root)) {
      wires.problems.push(leftOut(wires, unit.name, root, origin));
      continue;
    }
    const other = wires.units.get(root);
    if (!other) continue;
    const second = path.split('.')[1];
    const products = Object.entries(other.outputs).filter(([, one]) => !typesOf(one).includes('rows'));
    const output = products.find(([name]) => name === second) ?? products[0];
    if (!output) {
      wires.problems.push({
        code: 'FLOW-W002',
        message: `'${path}' is no result: task '${root}' gives rows`,
        help: 'results are fields of a table of one row, as `group` without `by` makes it',
        origin,
      });
      continue;
    }
    if (inputs.some((one) => one.port === port && one.task === root && one.output === output[0])) continue;
    inputs.push({ port, task: root, output: output[0], result: true });
  }
  return inputs;
}
