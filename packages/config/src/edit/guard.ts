import { originOf } from '../origin/make.ts';
import { ConfigProblem } from '../problem/problem.ts';
import type { Flags, Node } from '../tree/node.ts';
import { fullKey } from '../tree/path.ts';
import type { Key } from '../value/scalar.ts';

/** Runs an operation on a child; problems without a key or a place get those of the child. */
export function guard<T>(container: Node, key: Key | undefined, run: () => T): T {
  try {
    return run();
  } catch (error) {
    if (error instanceof ConfigProblem) {
      error.fullKey ??= fullKey(container, key);
      if (!error.origin && container.place) error.origin = originOf(container.place);
    }
    throw error;
  }
}

/** Runs an operation with some flags of a node set; undefined makes a flag the parent's. */
export function withFlags<T>(node: Node, flags: Flags, run: () => T): T {
  const before = node.flags;
  node.flags = { ...before, ...flags };
  try {
    return run();
  } finally {
    if (before) node.flags = before;
    else node.flags = undefined;
  }
}

/** Containers may lead to each other this deep. */
const MAX_DEPTH = 1000;

/** Refuses to follow containers that lead to each other without end. */
export function checkDepth(node: Node, depth: number): void {
  if (depth > MAX_DEPTH)
    throw new ConfigProblem(
      'interpolation-cycle',
      'maps or lists contain each other through interpolations',
      {
        origin: node.place && originOf(node.place),
      },
    );
}
