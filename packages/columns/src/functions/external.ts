import { cast } from '../ir/arithmetic.ts';
import type { Graph } from '../ir/graph.ts';
import { lift, scalar, typeName } from '../value/arithmetic.ts';
import { Refusal } from '../value/refusal.ts';
import type { ScalarValue, Value } from '../value/types.ts';
import type { ExternalFunction } from './types.ts';

/** A call of a function that a plug-in gives, element by element. */
export function external(
  graph: Graph,
  name: string,
  known: ExternalFunction,
  values: readonly Value[],
  named: ReadonlyMap<string, Value>,
): ScalarValue {
  const signature = `${name}(${known.parameters.map((one) => one.name).join(', ')})`;
  for (const key of named.keys())
    if (!known.parameters.some((one, i) => one.name === key && i >= values.length))
      throw new Refusal('arguments', `${name}() has no argument '${key}' left`, `it is ${signature}`);
  if (values.length + named.size !== known.parameters.length)
    throw new Refusal(
      'arguments',
      `${name}() takes ${known.parameters.length} arguments`,
      `it is ${signature}`,
    );
  const args = known.parameters.map((parameter, i) => {
    const of = scalar(values[i] ?? named.get(parameter.name)!, `${name}()`);
    if ((of.node.type === 'string') !== (parameter.type === 'string'))
      throw new Refusal('type', `${name}(): '${parameter.name}' is ${parameter.type}, not ${typeName(of)}`);
    return of;
  });
  return lift(graph, args, (nodes) =>
    graph.node({
      op: 'extern',
      type: known.result,
      extern: name,
      args: nodes.map((node, i) => {
        const { type } = known.parameters[i]!;
        return type === 'string' ? node : cast(graph, node, type);
      }),
    }),
  );
}
