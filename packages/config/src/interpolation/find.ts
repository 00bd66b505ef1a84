import { ConfigProblem } from '../problem/problem.ts';
import type { Container, Node } from '../tree/node.ts';
import { isContainer, rootOf } from '../tree/node.ts';
import { dereference } from './resolve.ts';
import type { ResolveContext } from './resolvers.ts';
import { Opaque } from './resolvers.ts';
import { splitKey, stepTo } from './select.ts';

export interface FindOptions {
  /** Keys without leading dots count from the root instead of from `from`. */
  absolute?: boolean;
  throwOnMissing?: boolean;
  /** Whether a failing interpolation throws (the default) or counts as absent. */
  throwOnResolve?: boolean;
}

/**
 * The node at a path, interpolations followed; undefined where a key is absent or leads through a leaf.
 * Leading dots: one is `from` itself, each further one its parent.
 */
export function selectNode(
  from: Container,
  path: string,
  context: ResolveContext,
  options: FindOptions = {},
): Node | Opaque | undefined {
  const dots = /^\.*/.exec(path)![0].length;
  let at: Container | undefined = dots === 0 && options.absolute ? (rootOf(from) as Container) : from;
  for (let up = 1; up < dots; up++) at = at?.parent;
  if (!at) throw new ConfigProblem('key', `the key '${path}' leads above the root of the config`);
  const bare = path.slice(dots);
  if (bare === '') return at;
  const throwOnResolve = options.throwOnResolve ?? true;
  const follow = (node: Node): Node | Opaque | undefined => {
    try {
      return dereference(node, context);
    } catch (error) {
      if (throwOnResolve || !(error instanceof ConfigProblem) || error.code === 'interpolation-syntax')
        throw error;
      return undefined;
    }
  };
  let reached: Node | Opaque | undefined = at;
  for (const key of splitKey(bare)) {
    if (reached === undefined || reached instanceof Opaque || !isContainer(reached)) return undefined;
    const container: Node | Opaque | undefined = follow(reached);
    if (container === undefined || container instanceof Opaque || !isContainer(container)) return undefined;
    const next: Node | undefined = stepTo(container, key, {
      throwOnMissing: options.throwOnMissing,
      throwOnType: throwOnResolve,
    });
    if (!next) return undefined;
    reached = follow(next);
  }
  return reached;
}
