import { keyOriginAt } from '../errors/index.ts';
import { accepts, readsOf, typeWords } from './ports.ts';
import { leftOut, mainTarget, type Target, typeOf, type Wires } from './targets.ts';
import type { WiredInput } from './types.ts';
import type { Unit } from './units.ts';

/** What stands above a task. */
export interface Above {
  /** Task that last gave rows; its target is found when it is asked for. */
  stream?: Unit;
  /** The rows that a task left out passed on. */
  passed?: Target;
  /** The task directly above. */
  task?: string;
  /** Some task above has an operator that is not known: it may have given rows. */
  unknown?: boolean;
}

/** Inputs without `needs` (rule 2): the stream for a reader of rows, the task directly above for others. */
export function inputsByDefault(wires: Wires, unit: Unit, above: Above): WiredInput[] {
  const ports = Object.entries(unit.operator.inputs);
  const [first, ...others] = ports;
  if (!first) return [];
  const [port, spec] = first;
  const missing = others.filter(([, one]) => !one.optional && !one.many);
  const origin = keyOriginAt(wires.definition, `${unit.task.source}/operator`);
  if (missing.length > 0 || others.some(([, one]) => one.many && !one.optional)) {
    wires.problems.push({
      code: 'FLOW-N007',
      message: `'${unit.operator.name}' has several inputs; task '${unit.name}' must say what goes into each`,
      help: `needs: {${ports.map(([one]) => `${one}: ...`).join(', ')}}`,
      origin,
    });
    return [];
  }
  const reads = readsOf(spec);
  const target =
    reads === 'rows' ? streamTarget(wires, unit, above, spec.optional) : productTarget(wires, unit, above);
  return target ? [{ port, ...target }] : [];
}

function streamTarget(wires: Wires, unit: Unit, above: Above, optional?: boolean): Target | undefined {
  const origin = keyOriginAt(wires.definition, `${unit.task.source}/operator`);
  if (above.passed) return above.passed;
  if (above.stream) return mainTarget(wires, unit.name, above.stream, origin);
  if (optional || above.unknown) return undefined;
  wires.problems.push({
    code: 'FLOW-N004',
    message: `task '${unit.name}' reads rows, and no task above it gives any`,
    help: 'begin with a task that reads a file: `rows: {read: data.csv}`',
    origin,
  });
  return undefined;
}

function productTarget(wires: Wires, unit: Unit, above: Above): Target | undefined {
  const { definition, units, problems } = wires;
  const [, spec] = Object.entries(unit.operator.inputs)[0]!;
  const origin = keyOriginAt(definition, `${unit.task.source}/operator`);
  const mixed = readsOf(spec) === 'mixed';
  const name = above.task;
  if (name === undefined) {
    if (!spec.optional)
      problems.push({
        code: 'FLOW-N004',
        message: `task '${unit.name}' reads ${typeWords(spec)}, and there is no task above it`,
        help: 'say what it reads with `needs`',
        origin,
      });
    return undefined;
  }
  if (definition.tasks[name]!.omitted) {
    const passed = wires.passes.get(name);
    if (passed && accepts(spec, 'rows')) return passed;
    if (wires.passes.has(name)) return mixed ? streamTarget(wires, unit, above) : undefined;
    problems.push(leftOut(wires, unit.name, name, origin));
    return undefined;
  }
  const unitAbove = units.get(name);
  if (!unitAbove) return undefined;
  const before = problems.length;
  const target = mainTarget(wires, unit.name, unitAbove, origin);
  if (target) {
    const type = typeOf(wires, target);
    if (accepts(spec, type) && !(type === 'files' && spec.type === 'any')) return target;
    if (!mixed && spec.optional) return undefined;
    if (!mixed)
      problems.push({
        code: 'FLOW-N003',
        message: `task '${unit.name}' reads ${typeWords(spec)}, but '${name}', directly above it, gives ${typeWords({ type })}`,
        help: suggestProducts(wires, unit),
        origin,
        related: [
          {
            message: 'the task directly above',
            origin: keyOriginAt(definition, definition.tasks[name]!.source),
          },
        ],
      });
  } else if (mixed) problems.length = before;
  return mixed ? streamTarget(wires, unit, above) : undefined;
}

/** `needs: [...]` with the nearest task above that would fit. */
function suggestProducts(wires: Wires, unit: Unit): string {
  const [, spec] = Object.entries(unit.operator.inputs)[0]!;
  const names = Object.keys(wires.definition.tasks);
  for (const name of names.slice(0, names.indexOf(unit.name)).reverse())
    for (const [output, port] of Object.entries(wires.units.get(name)?.outputs ?? {})) {
      const type = [port.type].flat()[0]!;
      if (
        type === 'files' ||
        type === 'same' ||
        !accepts(spec, type) ||
        (type === 'rows' && spec.type === 'any')
      )
        continue;
      const main = Object.keys(wires.units.get(name)!.outputs)[0] === output;
      return `say what it reads: needs: [${main ? name : `${name}.${output}`}]`;
    }
  return `say what it reads: needs: [a task that gives ${typeWords(spec)}]`;
}
