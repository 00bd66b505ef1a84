import type { Edge } from './types.ts';

/** A place in a layer: a node, or a bend of an edge that passes through (`edge` is its index). */
export interface Slot {
  node?: string;
  edge?: number;
  layer: number;
}

/** Nodes in layers, each edge a chain of slots from layer to layer. */
export interface Layers {
  slots: Slot[][];
  /** By edge index, the slots from its first node to its last. */
  chains: Slot[][];
}

/** Longest path from the sources; nodes without inputs stand directly before their first reader. `nodes` must be in order of dependence. */
function assignLayers(nodes: readonly string[], edges: readonly Edge[]): Map<string, number> {
  const layer = new Map<string, number>();
  const into = group(edges, (edge) => edge.to);
  const out = group(edges, (edge) => edge.from);
  for (const node of nodes) {
    const before = (into.get(node) ?? []).map((edge) => layer.get(edge.from) ?? -1);
    layer.set(node, Math.max(-1, ...before) + 1);
  }
  for (const node of [...nodes].reverse()) {
    if (into.has(node) || !out.has(node)) continue;
    layer.set(node, Math.max(0, Math.min(...out.get(node)!.map((edge) => layer.get(edge.to)!)) - 1));
  }
  return layer;
}

/** Slots in layers in an order with few crossings (barycentre sweeps: Sugiyama, Tagawa, Toda 1981). */
export function orderLayers(nodes: readonly string[], edges: readonly Edge[]): Layers {
  const layer = assignLayers(nodes, edges);
  const depth = nodes.length === 0 ? 0 : Math.max(...layer.values()) + 1;
  const slots: Slot[][] = Array.from({ length: depth }, () => []);
  const own = new Map<string, Slot>();
  for (const node of nodes) {
    const slot = { node, layer: layer.get(node)! };
    own.set(node, slot);
    slots[slot.layer]!.push(slot);
  }
  const chains = edges.map((edge, index) => {
    const [first, last] = [own.get(edge.from)!, own.get(edge.to)!];
    const chain = [first];
    for (let at = first.layer + 1; at < last.layer; at++) {
      const bend = { edge: index, layer: at };
      slots[at]!.push(bend);
      chain.push(bend);
    }
    chain.push(last);
    return chain;
  });
  return { slots: sweep(slots, chains), chains };
}

function sweep(slots: Slot[][], chains: readonly Slot[][]): Slot[][] {
  const before = new Map<Slot, Slot[]>();
  const after = new Map<Slot, Slot[]>();
  for (const chain of chains)
    for (let at = 0; at + 1 < chain.length; at++) {
      push(after, chain[at]!, chain[at + 1]!);
      push(before, chain[at + 1]!, chain[at]!);
    }
  let current = slots.map((layer) => [...layer]);
  let best = current;
  let least = crossings(current, after);
  for (let round = 0; round < 12 && least > 0; round++) {
    const down = round % 2 === 0;
    const next = current.map((layer) => [...layer]);
    const order = next.map((_, index) => index);
    if (!down) order.reverse();
    for (const index of order) {
      const beside = next[index + (down ? -1 : 1)];
      if (!beside) continue;
      const rank = new Map(beside.map((slot, at) => [slot, at]));
      const from = down ? before : after;
      const middle = new Map(
        next[index]!.map((slot, at) => {
          const ranks = (from.get(slot) ?? []).map((one) => rank.get(one) ?? 0);
          return [slot, ranks.length === 0 ? at : ranks.reduce((a, b) => a + b, 0) / ranks.length];
        }),
      );
      next[index] = next[index]!.map((slot, at) => ({ slot, at }))
        .sort((a, b) => middle.get(a.slot)! - middle.get(b.slot)! || a.at - b.at)
        .map(({ slot }) => slot);
    }
    current = next;
    const count = crossings(next, after);
    if (count < least) {
      least = count;
      best = next;
    }
  }
  return best;
}

/** Crossings between neighbouring layers. */
function crossings(layers: readonly Slot[][], after: ReadonlyMap<Slot, readonly Slot[]>): number {
  let count = 0;
  for (const [index, layer] of layers.entries()) {
    const rank = new Map((layers[index + 1] ?? []).map((slot, at) => [slot, at]));
    const ends = layer.flatMap((slot, at) =>
      (after.get(slot) ?? []).map((to) => [at, rank.get(to)!] as const),
    );
    for (let a = 0; a < ends.length; a++)
      for (let b = a + 1; b < ends.length; b++)
        if ((ends[a]![0] - ends[b]![0]) * (ends[a]![1] - ends[b]![1]) < 0) count++;
  }
  return count;
}

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}

function group(edges: readonly Edge[], key: (edge: Edge) => string): Map<string, Edge[]> {
  const groups = new Map<string, Edge[]>();
  for (const edge of edges) push(groups, key(edge), edge);
  return groups;
}
