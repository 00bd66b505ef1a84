import { checkDepth, guard } from '../edit/guard.ts';
import { dereference } from '../interpolation/resolve.ts';
import type { ResolveContext } from '../interpolation/resolvers.ts';
import { Opaque } from '../interpolation/resolvers.ts';
import { ConfigProblem } from '../problem/problem.ts';
import type { Container, Node } from '../tree/node.ts';
import { contentOf, entriesOf, isMissing, itemsOf } from '../tree/node.ts';
import { fullKey } from '../tree/path.ts';
import type { Key } from '../value/scalar.ts';
import { EnumMember } from '../value/scalar.ts';
import { dumpYaml } from '../yaml/dump.ts';

export interface ContainerOptions {
  /** Whether interpolations are followed. */
  resolve?: boolean;
  /** Whether `???` throws. */
  throwOnMissing?: boolean;
  /** Whether members of enumerations become their names. */
  enumToText?: boolean;
}

/** A tree as plain lists, `Map`s and leaves (`1.0` stays apart from `1`). */
export function toContainer(
  node: Node,
  context: ResolveContext,
  options: ContainerOptions = {},
  depth = 0,
): unknown {
  checkDepth(node, depth);
  if (isMissing(node) && options.throwOnMissing)
    throw new ConfigProblem('missing', `the mandatory value '${fullKey(node)}' is not set`, {
      fullKey: fullKey(node),
    });
  let at: Node = node;
  if (options.resolve) {
    const reached = dereference(node, context);
    if (reached instanceof Opaque) return reached.value;
    at = reached;
  }
  if (at.kind === 'value')
    return options.enumToText && at.value instanceof EnumMember ? at.value.name : at.value;
  const content = contentOf(at);
  if (content === null || typeof content === 'string') return content;
  const child = (container: Container, key: Key, one: Node) =>
    guard(container, key, () => toContainer(one, context, options, depth + 1));
  const container = at;
  if (container.kind === 'list')
    return itemsOf(container).map((item, index) => child(container, index, item));
  return new Map(
    [...entriesOf(container)].map(([key, item]) => [
      options.enumToText && key instanceof EnumMember ? key.name : key,
      child(container, key, item),
    ]),
  );
}

/** YAML text of a tree, as OmegaConf's `to_yaml` writes it. */
export function toYaml(
  node: Node,
  context: ResolveContext,
  options: { resolve?: boolean; sortKeys?: boolean } = {},
): string {
  return dumpYaml(toContainer(node, context, { resolve: options.resolve, enumToText: true }), options);
}
