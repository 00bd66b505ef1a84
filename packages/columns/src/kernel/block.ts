import type { Node } from '../ir/types.ts';

/** How a variable of the graph is called in a loop of the code. */
export interface Binding {
  variable: number;
  /** The position in the list itself. */
  position: string;
  /** Inside loops over tuples: this block gives the members up to this one, and the position only if it gives all. */
  member?: number;
  last?: boolean;
}

/** A stretch of code between braces. What it has computed is known in the blocks inside it. */
export interface Block {
  kind: 'row' | 'loop' | 'branch';
  parent?: Block;
  lines: string[];
  /** Names (or literals) of the nodes that are computed here. */
  values: Map<string, string>;
  binding?: Binding;
}

export function newBlock(kind: Block['kind'], parent?: Block, binding?: Binding): Block {
  return {
    kind,
    ...(parent && { parent }),
    lines: [],
    values: new Map(),
    ...(binding && { binding }),
  };
}

/**
 * What is known under a key in a block or around it. It depends on the variables `free`: what was known outside of the
 * loop that binds one of them was about another loop over the same list.
 */
export function known(block: Block, key: string, free: readonly number[]): string | undefined {
  for (let at: Block | undefined = block; at; at = at.parent) {
    const found = at.values.get(key);
    if (found !== undefined) return found;
    const { binding } = at;
    if (binding && (binding.member ?? 0) === 0 && free.includes(binding.variable)) return undefined;
  }
  return undefined;
}

export function bindingOf(block: Block, variable: number): Binding | undefined {
  for (let at: Block | undefined = block; at; at = at.parent)
    if (at.binding?.variable === variable && (at.binding.last ?? true)) return at.binding;
  return undefined;
}

/** Whether the block lies in a loop. */
export function inLoop(block: Block): boolean {
  for (let at: Block | undefined = block; at; at = at.parent) if (at.kind === 'loop') return true;
  return false;
}

/** The greatest member of the tuples at `variable` that a node uses; Infinity if it uses the position itself. */
export function deepestMember(node: Node, variable: number, memo: Map<number, number>): number {
  if (!node.free.includes(variable)) return -1;
  const before = memo.get(node.id);
  if (before !== undefined) return before;
  let deepest = -1;
  if (node.op === 'var') deepest = Number.POSITIVE_INFINITY;
  else if (
    node.op === 'pos' &&
    node.args[0]!.op === 'var' &&
    node.args[0]!.variable === variable &&
    !node.axis!.free.includes(variable)
  )
    deepest = node.member!;
  else {
    if (node.axis?.free.includes(variable)) deepest = Number.POSITIVE_INFINITY;
    for (const arg of node.args) deepest = Math.max(deepest, deepestMember(arg, variable, memo));
  }
  memo.set(node.id, deepest);
  return deepest;
}
