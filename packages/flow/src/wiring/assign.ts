import { keyOriginAt, originAt, suggest } from '../errors/index.ts';
import type { Need } from '../types/definition.ts';
import type { Port } from '../types/plugin.ts';
import { accepts, typeWords } from './ports.ts';
import { type Target, targetOf, typeOf, type Wires } from './targets.ts';
import type { WiredInput } from './types.ts';
import type { Unit } from './units.ts';

/** Inputs as `needs` says: in a list they fill the ports in order, a map names them. `reads`: all ports must be filled. */
export function inputsByNeeds(
  wires: Wires,
  unit: Unit,
  needs: readonly Need[],
  reads: boolean,
): WiredInput[] {
  const { definition, problems } = wires;
  const { name, operator } = unit;
  const ports = Object.entries(operator.inputs);
  const many = ports.find(([, port]) => port.many);
  const named = new Set(needs.map((need) => need.as));
  const free = ports.filter(([port]) => !named.has(port));
  const inputs: WiredInput[] = [];
  const filled = new Set<string>();
  let broken = false;

  needs.forEach((need, index) => {
    const place = `${unit.task.source}/needs/${index}`;
    const target = targetOf(wires, name, need, place);
    if (target === 'dropped') return;
    if (!target) {
      broken = true;
      return;
    }
    if (need.data === false) {
      inputs.push({ port: '', ...target, order: true });
      return;
    }
    const port = portFor(need, operator.inputs, many, free);
    if (!port) {
      broken = true;
      const known = ports.map(([one]) => one);
      problems.push(
        need.as === undefined
          ? {
              code: 'FLOW-N007',
              message: `'${operator.name}' reads ${ports.length === 0 ? 'nothing' : ports.length === 1 ? 'one input' : `${ports.length} inputs`}, and task '${name}' needs more`,
              help: `to wait for '${need.task}' without reading it: {task: ${need.task}, data: false}`,
              origin: originAt(definition, place),
            }
          : {
              code: 'FLOW-N007',
              message: `'${operator.name}' has no input '${need.as}'`,
              help:
                suggest(need.as, known, 'its inputs') ??
                (known.length === 0 ? 'it reads nothing' : undefined),
              origin: keyOriginAt(definition, place),
            },
      );
      return;
    }
    filled.add(port.name);
    if (!fits(wires, unit, port.spec, target, place)) broken = true;
    const input: WiredInput = { port: need.as ?? port.name, ...target };
    if (need.optional) input.optional = true;
    inputs.push(input);
  });
  if (!broken && reads) requirePorts(wires, unit, filled, needs);
  return inputs;
}

function portFor(
  need: Need,
  inputs: Record<string, Port>,
  many: [string, Port] | undefined,
  free: [string, Port][],
): { name: string; spec: Port } | undefined {
  if (need.as !== undefined) {
    if (Object.hasOwn(inputs, need.as)) return { name: need.as, spec: inputs[need.as]! };
    return many && { name: many[0], spec: many[1] };
  }
  const next = free[0];
  if (!next) return undefined;
  if (!next[1].many) free.shift();
  return { name: next[0], spec: next[1] };
}

/** Whether an output can go into a port; tells where not. */
function fits(wires: Wires, unit: Unit, port: Port, target: Target, place: string): boolean {
  const type = typeOf(wires, target);
  if (accepts(port, type)) return true;
  wires.problems.push(wrongKind(wires, unit, port, target, type, place));
  return false;
}

function wrongKind(wires: Wires, unit: Unit, port: Port, target: Target, type: string, place: string) {
  const given = typeWords({ type });
  const other = Object.entries(wires.units.get(target.task)?.outputs ?? {}).find(([, one]) =>
    accepts(port, [one.type].flat()[0]!),
  );
  const help = other
    ? `'${target.task}.${other[0]}' is ${typeWords(other[1])}`
    : type === 'rows' && unit.operator.name !== 'hist'
      ? `make a product of the rows first (hist, group), or need another task`
      : `needs: [a task that gives ${typeWords(port)}]`;
  return {
    code: 'FLOW-N003',
    message: `'${unit.operator.name}' reads ${typeWords(port)}, but '${target.task}' gives ${given}`,
    help,
    origin: originAt(wires.definition, place),
  };
}

function requirePorts(wires: Wires, unit: Unit, filled: ReadonlySet<string>, needs: readonly Need[]): void {
  for (const [port, spec] of Object.entries(unit.operator.inputs)) {
    if (spec.optional || filled.has(port) || needs.some((need) => need.optional)) continue;
    const single = Object.keys(unit.operator.inputs).length === 1;
    wires.problems.push({
      code: single ? 'FLOW-N004' : 'FLOW-N007',
      message: single
        ? `task '${unit.name}' reads ${typeWords(spec)}, and its needs give none`
        : `task '${unit.name}' has nothing for the input '${port}' of '${unit.operator.name}'`,
      help: single
        ? `needs: [a task that gives ${typeWords(spec)}]`
        : `needs: {${Object.keys(unit.operator.inputs)
            .map((one) => `${one}: ...`)
            .join(', ')}}`,
      origin: originAt(wires.definition, `${unit.task.source}/needs`),
    });
  }
}
