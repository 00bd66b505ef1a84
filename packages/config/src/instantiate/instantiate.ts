import { didYouMean } from '@fasthep/expression';
import { readValue } from '../edit/access.ts';
import { mergeInto } from '../edit/merge.ts';
import { wrap } from '../edit/wrap.ts';
import { plainValue } from '../interpolation/register.ts';
import type { ResolveContext } from '../interpolation/resolvers.ts';
import { Opaque } from '../interpolation/resolvers.ts';
import { originOf } from '../origin/make.ts';
import type { Code } from '../problem/codes.ts';
import { ConfigProblem } from '../problem/problem.ts';
import { toContainer } from '../read/container.ts';
import { resolveAll } from '../read/query.ts';
import type { Container, Node } from '../tree/node.ts';
import {
  attach,
  copyNode,
  entriesOf,
  isContainer,
  isMissing,
  isNull,
  itemsOf,
  ListNode,
  MapNode,
  ValueNode,
} from '../tree/node.ts';
import { fullKey } from '../tree/path.ts';
import { ANY } from '../tree/types.ts';
import { scalarText } from '../value/text.ts';
import type { Registry } from './registry.ts';
import { Partial } from './registry.ts';

/** How lists and maps reach a factory: as nodes, or as plain data (`partial`: records stay nodes). */
export type Convert = 'none' | 'partial' | 'object' | 'all';

export interface InstantiateOptions {
  registry: Registry;
  context: ResolveContext;
  /** Positional values, in place of `_args_`. */
  args?: readonly unknown[];
  /** Values merged over the config. */
  named?: Record<string, unknown>;
  /** What `_convert_` is where it is not written. Default `all`. */
  convert?: Convert;
  /** Whether leaves are plain JavaScript (the default) or as the tree holds them, `1.0` apart from `1`. */
  plainLeaves?: boolean;
}

const SPECIAL = ['_target_', '_args_', '_partial_', '_recursive_', '_convert_'];
const CONVERTS: Convert[] = ['none', 'partial', 'object', 'all'];
const MAX_DEPTH = 200;

interface Settings {
  convert: Convert;
  recursive: boolean;
  partial: boolean;
}

class Instantiation {
  readonly options: InstantiateOptions;
  constructor(options: InstantiateOptions) {
    this.options = options;
  }

  fail(code: Code, message: string, node: Node, help?: string, cause?: unknown): never {
    throw new ConfigProblem(code, message, {
      help,
      cause,
      origin: node.place && originOf(node.place),
      fullKey: fullKey(node),
    });
  }

  /** A setting of a node, or the one it inherits. */
  settings(node: MapNode, inherited: Settings): Settings {
    const read = (key: string): unknown => {
      const child = entriesOf(node).get(key);
      return child && readValue(child, this.options.context);
    };
    const flag = (key: string, before: boolean): boolean => {
      const value = read(key) ?? before;
      if (typeof value !== 'boolean') this.fail('type', `${key} must be true or false`, node);
      return value as boolean;
    };
    const convert = read('_convert_') ?? inherited.convert;
    if (!CONVERTS.includes(String(convert).toLowerCase() as Convert))
      this.fail(
        'type',
        `_convert_ cannot be '${scalarText(convert)}'`,
        node,
        `one of ${CONVERTS.join(', ')}`,
      );
    return {
      convert: String(convert).toLowerCase() as Convert,
      recursive: flag('_recursive_', inherited.recursive),
      partial: flag('_partial_', inherited.partial),
    };
  }

  value(node: Node, inherited: Settings, args: readonly unknown[] | undefined, depth: number): unknown {
    if (depth > MAX_DEPTH) this.fail('limit', 'the config is nested too deeply', node);
    const read = readValue(node, this.options.context);
    if (read instanceof Opaque)
      return this.options.plainLeaves === false ? read.value : plainValue(read.value, this.options.context);
    if (!(read instanceof MapNode) && !(read instanceof ListNode))
      return this.options.plainLeaves === false ? read : plainValue(read, this.options.context);
    if (read.kind === 'list') return this.list(read, inherited, depth);
    return this.map(read, inherited, args, depth);
  }

  list(node: ListNode, { convert, recursive }: Settings, depth: number): unknown {
    const inner = { convert, recursive, partial: false };
    const items = itemsOf(node).map((item) => this.value(item, inner, undefined, depth + 1));
    if (convert !== 'none') return items;
    const list = new ListNode([], node.place);
    for (const [index, item] of items.entries()) this.put(list, index, item);
    list.parent = node;
    return list;
  }

  map(node: MapNode, inherited: Settings, args: readonly unknown[] | undefined, depth: number): unknown {
    const settings = this.settings(node, inherited);
    const { convert, recursive } = settings;
    const inner = { convert, recursive, partial: false };
    if (entriesOf(node).has('_target_')) return this.call(node, settings, args, depth);
    const plain = convert === 'all' || (convert !== 'none' && !node.struct);
    const values = [...entriesOf(node)].map(
      ([key, child]) => [key, this.value(child, inner, undefined, depth + 1)] as const,
    );
    if (plain)
      return this.options.plainLeaves === false
        ? new Map(values)
        : Object.fromEntries(values.map(([key, value]) => [scalarText(key), value]));
    const map = new MapNode(new Map(), node.place);
    for (const [key, value] of values) this.put(map, key, value);
    map.parent = node;
    map.struct = node.struct;
    return map;
  }

  /** Puts anything into a container: an object that a factory made is held by a leaf. */
  put(container: Container, key: string | number | unknown, value: unknown): void {
    let node: Node;
    if (value instanceof MapNode || value instanceof ListNode) node = value;
    else {
      node = new ValueNode(null);
      node.settled = true;
      (node as { value: unknown }).value = value;
    }
    attach(container, key as string, node);
    if (container.kind === 'list') itemsOf(container).push(node);
    else entriesOf(container).set(key as string, node);
  }

  call(node: MapNode, settings: Settings, given: readonly unknown[] | undefined, depth: number): unknown {
    const { convert, recursive, partial } = settings;
    const { registry, context } = this.options;
    const target = readValue(entriesOf(node).get('_target_')!, context);
    const factory = typeof target === 'string' ? registry.get(target) : undefined;
    if (!factory) {
      const help = typeof target === 'string' ? didYouMean(target, registry.keys()) : undefined;
      this.fail(
        'instantiate',
        `nothing is registered as '${scalarText(target)}'`,
        node,
        help ?? 'a _target_ names a registered factory',
      );
    }
    const named: Record<string, unknown> = {};
    let args: unknown = [];
    for (const [key, child] of entriesOf(node)) {
      const name = scalarText(key);
      if (SPECIAL.includes(name) && name !== '_args_') continue;
      if (isMissing(child) && partial) continue;
      let value: unknown = recursive
        ? this.value(child, { convert, recursive, partial: false }, undefined, depth + 1)
        : readValue(child, context);
      if (
        (value instanceof MapNode || value instanceof ListNode) &&
        convert !== 'none' &&
        !(convert === 'partial' && value.kind === 'map' && value.struct)
      )
        value =
          this.options.plainLeaves === false
            ? toContainer(value, context, { resolve: true })
            : plainValue(value, context);
      if (name === '_args_') args = value;
      else
        Object.defineProperty(named, name, { value, enumerable: true, configurable: true, writable: true });
    }
    if (args instanceof ListNode)
      args = itemsOf(args).map((item) => (item.kind === 'value' ? item.value : item));
    if (!Array.isArray(args)) this.fail('instantiate', '_args_ must be a list', node);
    const positional = given && given.length > 0 ? given : (args as unknown[]);
    if (partial) return new Partial(String(target), factory!, positional, named);
    try {
      return factory!.make(positional, named);
    } catch (error) {
      if (error instanceof ConfigProblem) throw error;
      const message = error instanceof Error ? error.message : String(error);
      return this.fail('instantiate', `'${scalarText(target)}' failed: ${message}`, node, undefined, error);
    }
  }
}

/**
 * Makes the object that a config describes: `_target_` names a registered factory, the other keys are its named
 * arguments, made the same way. Interpolations are followed. Throws `ConfigProblem`.
 */
export function instantiate(config: unknown, options: InstantiateOptions): unknown {
  if (config === null || config === undefined) return null;
  const { context } = options;
  const isNode = config instanceof MapNode || config instanceof ListNode;
  if (!isNode && (typeof config !== 'object' || config === null))
    throw new ConfigProblem('instantiate', 'only a map or a list can be instantiated');
  const root = isNode ? copyNode(config) : wrap(ANY, config, context);
  if (!isContainer(root)) throw new ConfigProblem('instantiate', 'only a map or a list can be instantiated');
  if (isNull(root)) return null;
  if (isNode) {
    root.parent = config.parent;
    root.key = config.key;
  }
  root.flags = { struct: false, readonly: false };
  if (options.named && Object.keys(options.named).length > 0 && root.kind === 'map')
    mergeInto(root, wrap(ANY, options.named, context) as Container, context);
  resolveAll(root, context);
  const instantiation = new Instantiation(options);
  let settings: Settings = { convert: options.convert ?? 'all', recursive: true, partial: false };
  if (root.kind === 'map') {
    // At the top these are settings even where there is no target; further down they would be data.
    settings = instantiation.settings(root, settings);
    for (const key of ['_convert_', '_recursive_', '_partial_']) entriesOf(root).delete(key);
  } else if (options.named?._partial_ === true)
    throw new ConfigProblem('instantiate', 'a list cannot be made partially');
  return instantiation.value(root, settings, options.args, 0);
}
