import type { Axis } from '../hist/index.ts';
import { checkAxis } from '../hist/index.ts';
import { cast } from '../ir/arithmetic.ts';
import type { Graph } from '../ir/graph.ts';
import { isInteger } from '../ir/scalars.ts';
import type { Node } from '../ir/types.ts';
import { typeName } from '../value/arithmetic.ts';
import { Refusal } from '../value/refusal.ts';
import type { ScalarValue, Value } from '../value/types.ts';
import type { AxisSpec } from './types.ts';

/** The histogram axis of a spec, for values of the type that its field has. */
export function axisFor(spec: AxisSpec, value: ScalarValue): Axis {
  const { type } = value.node;
  const flow = spec.flow ?? true;
  const base = { name: spec.name, ...(spec.label !== undefined && { label: spec.label }) };
  let axis: Axis;
  if (spec.bins || spec.edges) {
    if (type === 'string')
      throw new Refusal('type', 'text has no bins', 'leave bins and edges out: one bin for each text');
    const ends = { underflow: flow, overflow: flow };
    axis = spec.bins
      ? { ...base, kind: 'regular', bins: spec.bins[0], low: spec.bins[1], high: spec.bins[2], ...ends }
      : { ...base, kind: 'variable', edges: spec.edges!, ...ends };
  } else if (type === 'bool') axis = { ...base, kind: 'boolean' };
  else if (type === 'string')
    axis = { ...base, kind: 'category_str', categories: [], overflow: false, growing: true };
  else if (isInteger(type))
    axis = { ...base, kind: 'category_int', categories: [], overflow: false, growing: true };
  else throw new Refusal('type', `an axis of floats needs bins or edges`, 'bins: [n, low, high]');
  checkAxis(axis);
  return axis;
}

/** What an axis is filled with: floats where there are bins. */
export function coordinate(graph: Graph, axis: Axis, node: Node): Node {
  return axis.kind === 'regular' || axis.kind === 'variable' ? cast(graph, node, 'float64') : node;
}

export function axisValue(value: Value): ScalarValue {
  if (value.kind === 'scalar') return value;
  const what = value.kind === 'record' ? 'a record' : typeName(value);
  throw new Refusal(
    'type',
    `an axis takes values, not ${what}`,
    value.kind === 'record' ? 'name a field of it' : undefined,
  );
}
