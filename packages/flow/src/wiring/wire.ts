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
  let above: Above = {};
  const edges: Edges = { before: new Map(), after: new Map(), open: [] };
  for (const name of Object.keys(definition.tasks)) {
    const unit = units.get(name);
    if (!unit) {
      above.task = name;
      above.unknown = true;
      continue;
    }
    const { task } = unit;
    above = aboveIn(unit, above, edges);
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

/** What stands above at the edges of blocks. */
interface Edges {
  /** By `part block`: what stood above the block when the part began. */
  before: Map<string, Above>;
  /** What each block left: that of its own tasks, without rescue and always. */
  after: Map<string, Above>;
  open: readonly { block: string; part: string }[];
}

/** Rescue and always begin with what stood above the block; what follows goes on from what the block left. */
function aboveIn(unit: Unit, above: Above, edges: Edges): Above {
  const within = unit.task.within ?? [];
  let current = above;
  for (const { block, part } of edges.open) {
    if (part === 'block') edges.after.set(block, { ...above });
    if (!within.some((one) => one.block === block)) current = edges.after.get(block) ?? current;
  }
  for (const { block, part } of within) {
    const key = `${part} ${block}`;
    if (edges.before.has(key)) continue;
    const entered = edges.before.get(`block ${block}`) ?? { ...current };
    edges.before.set(key, entered);
    if (part !== 'block') current = { ...entered };
  }
  edges.open = within;
  return current;
}

function inputsOf(wires: Wires, unit: Unit, above: Above): WiredInput[] {
  const { needs } = unit.task;
  // Only waiting for others does not say what to read.
  const waits = needs !== undefined && needs.length > 0 && needs.every((need) => need.data === false);
  const given = needs ? inputsByNeeds(wires, unit, needs, !waits) : [];
  const read = !needs || waits ? inputsByDefault(wires, unit, above) : [];
  const guards = (unit.task.guards ?? []).flatMap(({ tasks }) => tasks);
  const guarding = [...new Set(guards)].map(
    (task): WiredInput => ({ port: '', task, output: '', order: true, guard: true }),
  );
  return [...read, ...given, ...resultInputs(wires, unit), ...guarding];
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
