import type { Scalar } from '../value/scalar.ts';

/** `[start, end)` in the text that was parsed. */
interface Placed {
  start: number;
  end: number;
}

/** `${a.b[0]}`: the pieces join to a path; a nested interpolation gives one key. */
export interface NodeReference extends Placed {
  kind: 'node';
  path: (string | Interpolation)[];
}

/** `${name:arg, arg}` */
export interface ResolverCall extends Placed {
  kind: 'resolver';
  name: (string | Interpolation)[];
  args: Element[];
  /** The arguments as written. */
  texts: string[];
}

/** `${a * 2}`: text of an expression, where the grammar of interpolations ends. */
export interface ExpressionReference extends Placed {
  kind: 'expression';
  text: string;
  /** Where the text begins. */
  at: number;
}

export type Interpolation = NodeReference | ResolverCall | ExpressionReference;

/** A literal text of a template, unescaped: `at` is where its first character stands. */
export interface Literal {
  kind: 'literal';
  text: string;
  at: number;
}

/** An argument of a resolver, or what `oc.decode` reads. */
export type Element =
  | { kind: 'constant'; value: Scalar }
  | { kind: 'text'; parts: (Literal | Interpolation)[] }
  | { kind: 'list'; items: Element[] }
  | { kind: 'map'; entries: [Scalar, Element][] }
  | Interpolation;

/** A text with interpolations in it. */
export type Template = (Literal | Interpolation)[];
