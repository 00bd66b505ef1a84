import { isTemplate } from '../definition/index.ts';
import { originAt, suggest } from '../errors/index.ts';
import type { Definition, Need } from '../types/definition.ts';
import type { Problem } from '../types/problem.ts';
import { mainOutput, typesOf } from './ports.ts';
import type { WiredInput } from './types.ts';
import type { Unit } from './units.ts';

/** An output that a need means. */
export interface Target {
  task: string;
  output: string;
}

/** What wiring knows while it goes down the file. */
export interface Wires {
  definition: Definition;
  units: Map<string, Unit>;
  inputs: Record<string, WiredInput[]>;
  /** Tasks left out that would give rows → the rows that they pass on (undefined: none). */
  passes: Map<string, Target | undefined>;
  problems: Problem[];
}

/** A task name and an output of it: `fit.precise.rows` may be task `fit.precise`, output `rows`. */
export function splitNeed(wires: Wires, need: Need): { task: string; port?: string } {
  const { tasks } = wires.definition;
  const last = wires.definition.blocks?.[need.task];
  if (need.port === undefined)
    return { task: Object.hasOwn(tasks, need.task) ? need.task : (last ?? need.task) };
  const parts = need.port.split('.');
  for (let taken = parts.length; taken > 0; taken--) {
    const task = [need.task, ...parts.slice(0, taken)].join('.');
    const rest = parts.slice(taken).join('.');
    const meant = Object.hasOwn(tasks, task) ? task : wires.definition.blocks?.[task];
    if (meant !== undefined) return rest === '' ? { task: meant } : { task: meant, port: rest };
  }
  if (last !== undefined && !Object.hasOwn(tasks, need.task)) return { task: last, port: need.port };
  return { task: need.task, port: need.port };
}

/** The output that a need means; undefined with a problem told, or where nothing can be said of the task. */
export function targetOf(
  wires: Wires,
  reader: string,
  need: Need,
  place: string,
): Target | 'dropped' | undefined {
  const { definition, units, problems } = wires;
  const { task, port } = splitNeed(wires, need);
  const origin = originAt(definition, place);
  const known = definition.tasks[task];
  if (!known || isTemplate(task)) {
    if (known)
      problems.push({
        code: 'FLOW-N001',
        message: `task '${reader}' needs the template '${task}', which never runs`,
        help: 'templates are for `extends`',
        origin,
      });
    else if (need.optional !== true || !known) {
      const names = Object.keys(definition.tasks).filter((name) => !isTemplate(name) && name !== reader);
      problems.push({
        code: 'FLOW-N001',
        message: `task '${reader}' needs '${task}', and there is no task of that name`,
        help: suggest(task, names, 'tasks'),
        origin,
      });
    }
    return undefined;
  }
  if (known.omitted) {
    if (wires.passes.has(task) && (port === undefined || port === 'rows')) {
      const passed = wires.passes.get(task);
      if (passed) return passed;
    }
    if (need.optional || need.data === false) return 'dropped';
    problems.push(leftOut(wires, reader, task, origin));
    return undefined;
  }
  const unit = units.get(task);
  if (!unit) return undefined;
  if (port !== undefined) {
    if (Object.hasOwn(unit.outputs, port)) return { task, output: port };
    problems.push({
      code: 'FLOW-N002',
      message: `task '${task}' has no output '${port}'`,
      help:
        suggest(port, Object.keys(unit.outputs), `outputs of '${task}'`) ??
        `it gives: ${Object.keys(unit.outputs).join(', ') || 'nothing'}`,
      origin,
    });
    return undefined;
  }
  return mainTarget(wires, reader, unit, origin, need.data === false);
}

/** The main output of a task; with several equal ones, a problem. Nothing is asked of what is only waited for. */
export function mainTarget(
  wires: Wires,
  reader: string,
  unit: Unit,
  origin: Problem['origin'],
  order = false,
): Target | undefined {
  const main = mainOutput(unit.outputs);
  if (main !== undefined) return { task: unit.name, output: main };
  if (order) return { task: unit.name, output: '' };
  const names = Object.keys(unit.outputs);
  wires.problems.push(
    names.length === 0
      ? {
          code: 'FLOW-N003',
          message: `task '${reader}' reads '${unit.name}', which gives nothing to read`,
          help: `to wait for it only: {task: ${unit.name}, data: false}`,
          origin,
        }
      : {
          code: 'FLOW-N009',
          message: `task '${unit.name}' has several outputs; '${reader}' must say which it reads`,
          help: `needs: [${unit.name}.${names[0]}]; there are ${names.map((name) => `'${name}'`).join(', ')}`,
          origin,
        },
  );
  return undefined;
}

/** A need of a task that does not run, with the place that says so. */
export function leftOut(wires: Wires, reader: string, task: string, origin: Problem['origin']): Problem {
  const { reason, place } = wires.definition.tasks[task]!.omitted!;
  return {
    code: 'FLOW-N006',
    message: `task '${reader}' needs '${task}', which is left out of this run (${reason})`,
    help: `if it can do without: {task: ${task}, optional: true}`,
    origin,
    related: [{ message: `'${task}' is left out by this`, origin: originAt(wires.definition, place) }],
  };
}

/** The type of an output; `same` is that of what its task reads. */
export function typeOf(wires: Wires, target: Target, seen: ReadonlySet<string> = new Set()): string {
  const unit = wires.units.get(target.task);
  const port = unit?.outputs[target.output];
  if (!port) return 'any';
  const [type = 'any', ...more] = typesOf(port);
  if (type !== 'same') return more.length > 0 ? 'any' : type;
  const input = wires.inputs[target.task]?.find((one) => !one.order && !one.result);
  return input && !seen.has(target.task) ? typeOf(wires, input, new Set([...seen, target.task])) : 'any';
}
