import type { Container, Node } from '../tree/node.ts';
import type { Scalar } from '../value/scalar.ts';

/** A value that an interpolation gave: leaves, lists, maps (`Map` keeps keys that are no text), or a node. */
export type Value = Scalar | Value[] | Map<unknown, Value> | Node;

/** A list or map that a resolver made: no part of the tree, nothing in it is resolved. */
export class Opaque {
  readonly value: Value[] | Map<unknown, Value>;
  constructor(value: Value[] | Map<unknown, Value>) {
    this.value = value;
  }
}

/** What a resolver is called with. */
export interface Call {
  args: Value[];
  /** The arguments as written. */
  texts: string[];
  /** The node that holds the interpolation. */
  node: Node;
  parent: Container;
  root: Container;
  context: ResolveContext;
}

/** A resolver on the level of the tree: sees nodes, and `1.0` apart from `1`. */
export interface Resolver {
  call(call: Call): Value;
  /** Whether the value for the same argument texts is kept for the life of the config. */
  cache?: boolean;
}

/** How interpolations are resolved. */
export interface ResolveContext {
  resolvers: Map<string, Resolver>;
  /** Environment variables; undefined when access to them is switched off. */
  env: Record<string, string | undefined> | undefined;
  /** Whether `${a * 2}` is computed by our expression grammar. */
  expressions: boolean;
  /** Told of every `oc.deprecated` that is read. */
  warn(message: string): void;
  /** Interpolations whose first key is one of these are bound later and stay as they are. */
  late: Set<string>;
  /** Nodes that are being resolved: to find cycles. */
  trail: Node[];
}

/** A resolver of one's own: plain values in, a plain value out. */
export type PlainResolver = (...args: never[]) => unknown;
