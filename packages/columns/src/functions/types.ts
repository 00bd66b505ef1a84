import type { Graph } from '../ir/graph.ts';
import type { Scalar } from '../ir/types.ts';
import type { Value } from '../value/types.ts';

/** Arguments of a call: in order, and by name. */
export interface Arguments {
  values: Value[];
  named: ReadonlyMap<string, Value>;
}

/** A function of expressions. `signature` is what messages and help show. */
export interface ExpressionFunction {
  signature: string;
  least: number;
  most: number;
  /** Names of arguments that may be given by name. `*`: any. */
  named?: readonly string[];
  apply(graph: Graph, args: Arguments): Value;
}

/**
 * A function that a plug-in gives: of single values, called for each row or object. The same arguments must give the
 * same result. Missing arguments give a missing result; so does the result undefined.
 */
export interface ExternalFunction {
  parameters: readonly { name: string; type: 'float64' | 'int64' | 'string' | 'bool' }[];
  result: Extract<Scalar, 'float64' | 'bool'>;
  /** 64-bit integers come as bigint. */
  apply(...args: (number | bigint | string | boolean)[]): number | boolean;
}
