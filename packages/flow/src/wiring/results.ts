import { argumentReferences } from '../arguments/index.ts';
import { type Reference, referencesOf } from '../conditions/index.ts';
import { isTemplate } from '../definition/index.ts';
import { problemAt } from '../errors/index.ts';
import type { JsonObject } from '../types/json.ts';
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
    for (const task of tasksNamed(wires, unit, reference.root))
      addResult(wires, unit, task, port, at, reference, inputs);
  }
  return inputs;
}

/** The tasks that a name in a condition means: one, or the instances of a split one that go with the reader. */
function tasksNamed(wires: Wires, unit: Unit, root: string): string[] {
  const { tasks } = wires.definition;
  // Inside a block its own tasks come first.
  for (const { block } of [...(unit.task.within ?? [])].reverse())
    if (Object.hasOwn(tasks, `${block}.${root}`)) return [`${block}.${root}`];
  if (Object.hasOwn(tasks, root)) return isTemplate(root) ? [] : [root];
  const last = wires.definition.blocks?.[root];
  if (last !== undefined) return [last];
  const mine = unit.task.instance?.values ?? {};
  return Object.keys(tasks).filter((name) => {
    const { instance } = tasks[name]!;
    return instance?.task === root && agrees(instance.values, mine);
  });
}

function agrees(theirs: JsonObject, mine: JsonObject): boolean {
  return Object.keys(theirs).every(
    (key) => !Object.hasOwn(mine, key) || JSON.stringify(theirs[key]) === JSON.stringify(mine[key]),
  );
}

function addResult(
  wires: Wires,
  unit: Unit,
  task: string,
  port: string,
  at: string,
  reference: Reference,
  inputs: WiredInput[],
): void {
  const { root, path } = reference;
  const origin = problemAt(wires.definition, at, reference.at, reference.span);
  if (wires.definition.tasks[task]!.omitted && !wires.passes.has(task)) {
    wires.problems.push(leftOut(wires, unit.name, task, origin));
    return;
  }
  const other = wires.units.get(task);
  if (!other) return;
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
    return;
  }
  if (inputs.some((one) => one.port === port && one.task === task && one.output === output[0])) return;
  const input: WiredInput = { port, task, output: output[0], result: true };
  if (task !== root) input.name = root;
  inputs.push(input);
}
