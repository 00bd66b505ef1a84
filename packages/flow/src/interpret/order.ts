import type { Wiring } from '../wiring/types.ts';

/** Tasks so that each comes after what it reads or waits for; otherwise in document order. Cycles are reported before. */
export function inOrder(names: readonly string[], wiring: Wiring): string[] {
  const done = new Set<string>();
  const order: string[] = [];
  const visit = (name: string, path: ReadonlySet<string>) => {
    if (done.has(name) || path.has(name)) return;
    const below = new Set([...path, name]);
    for (const input of wiring[name] ?? []) visit(input.task, below);
    done.add(name);
    order.push(name);
  };
  for (const name of names) visit(name, new Set());
  return order;
}
