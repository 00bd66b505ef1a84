import type { Definition, Need } from '../types/definition.ts';
import type { Registry } from '../types/plugin.ts';
import type { Problem } from '../types/problem.ts';
import { inputsByNeeds } from './assign.ts';
import { cycleProblems } from './cycles.ts';
import { type Above, inputsByDefault } from './default.ts';
import { givesRows, mainOutput } from './ports.ts';
import { resultInputs } from './results.ts';
import { splitNeed, type Target, type Wires } from './targets.ts';
import type { WiredInput, Wiring } from './types.ts';
import { type Unit, unitsOf } from './units.ts';

/**
 * Who reads what (rule 2), over a lowered definition. The stream flows down; readers of products read the
 * task directly above; `needs` replaces both, and moves the stream where the task gives rows. Tasks left
 * out have no inputs: who would read their rows reads what they would have read. Problems: unknown or
 * unfitting needs, and circles.
 */
export function wireTasks(
  definition: Definition,
  registry: Registry,
): { inputs: Wiring; problems: Problem[] } {
  const { units, problems } = unitsOf(definition, registry);
  const wires: Wires = { definition, units, inputs: {}, passes: new Map(), problems };
  wirePassing(wires);
  const above: Above = {};
  for (const unit of units.values()) {
    const { name, task } = unit;
    if (!task.omitted) wires.inputs[name] = inputsOf(wires, unit, above);
    else if (wires.passes.has(name)) above.passed = wires.passes.get(name);
    above.task = name;
    if (task.omitted || !givesRows(unit.outputs)) continue;
    above.stream = unit;
    above.passed = undefined;
  }
  problems.push(...cycleProblems(wires));
  return { inputs: wires.inputs, problems };
}

function inputsOf(wires: Wires, unit: Unit, above: Above): WiredInput[] {
  const { needs } = unit.task;
  // Only waiting for others does not say what to read.
  const waits = needs !== undefined && needs.length > 0 && needs.every((need) => need.data === false);
  const given = needs ? inputsByNeeds(wires, unit, needs, !waits) : [];
  const read = !needs || waits ? inputsByDefault(wires, unit, above) : [];
  return [...read, ...given, ...resultInputs(wires, unit)];
}

/** What each task left out passes on: the rows it would have read. */
function wirePassing(wires: Wires): void {
  let stream: Target | undefined;
  for (const unit of wires.units.values()) {
    if (!givesRows(unit.outputs)) continue;
    const output = mainOutput(unit.outputs);
    if (!unit.task.omitted) {
      stream = output === undefined ? undefined : { task: unit.name, output };
      continue;
    }
    // What opens data passes nothing on: it has no input.
    if (Object.keys(unit.operator.inputs).length === 0) continue;
    const need = unit.task.needs?.find((one) => one.data !== false);
    if (need) stream = passedBy(wires, need);
    wires.passes.set(unit.name, stream);
  }
}

function passedBy(wires: Wires, need: Need): Target | undefined {
  const { task, port } = splitNeed(wires, need);
  if (wires.passes.has(task)) return wires.passes.get(task);
  const unit = wires.units.get(task);
  const output = port ?? (unit && mainOutput(unit.outputs));
  return unit && output !== undefined ? { task, output } : undefined;
}
