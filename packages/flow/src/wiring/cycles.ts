import { originAt } from '../errors/index.ts';
import type { Problem } from '../types/problem.ts';
import type { Wires } from './targets.ts';

/** Tasks that wait for one another, each circle once, one edge per note. */
export function cycleProblems(wires: Wires): Problem[] {
  const state = new Map<string, 'open' | 'done'>();
  const problems: Problem[] = [];
  // Without recursion: a chain of a hundred thousand tasks is no error.
  for (const start of Object.keys(wires.inputs)) {
    const path: { name: string; next: number }[] = [];
    const enter = (name: string) => {
      state.set(name, 'open');
      path.push({ name, next: 0 });
    };
    if (!state.has(start)) enter(start);
    while (path.length > 0) {
      const top = path.at(-1)!;
      const input = wires.inputs[top.name]?.[top.next++];
      if (!input) {
        state.set(top.name, 'done');
        path.pop();
        continue;
      }
      const known = state.get(input.task);
      if (known === 'open') {
        const from = path.findIndex((one) => one.name === input.task);
        problems.push(
          cycle(
            wires,
            path.slice(from).map((one) => one.name),
          ),
        );
      } else if (known === undefined && Object.hasOwn(wires.inputs, input.task)) enter(input.task);
    }
  }
  return problems;
}

function cycle(wires: Wires, names: string[]): Problem {
  const round = [...names, names[0]!];
  const edges = names.map((name, index) => {
    const to = round[index + 1]!;
    const { source, needs, control } = wires.definition.tasks[name]!;
    const need = needs?.findIndex((one) => one.task === to || to.startsWith(`${one.task}.`)) ?? -1;
    const place =
      need >= 0
        ? `${source}/needs/${need}`
        : control.when !== undefined
          ? `${source}/control/when`
          : `${source}/args`;
    return { message: `'${name}' needs '${to}'`, origin: originAt(wires.definition, place) };
  });
  return {
    code: 'FLOW-N005',
    message:
      names.length === 1
        ? `task '${names[0]}' needs itself`
        : `tasks wait for one another: ${round.join(' -> ')}`,
    help: 'take one of these needs away',
    origin: edges[0]!.origin,
    related: edges,
  };
}
