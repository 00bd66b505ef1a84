import { and } from '../ir/arithmetic.ts';
import { type Graph, variableOf } from '../ir/graph.ts';
import { substitution } from '../ir/substitute.ts';
import type { Axis, Node } from '../ir/types.ts';
import { Refusal } from './refusal.ts';
import type { Data, Level, RecordValue, ScalarValue, Shape, Value } from './types.ts';

/** Fields that are made once, when first asked for. */
export function lazyFields(
  makers: Iterable<readonly [string, () => Value]>,
): ReadonlyMap<string, () => Value> {
  const made = new Map<string, Value>();
  const fields = new Map<string, () => Value>();
  for (const [name, make] of makers)
    fields.set(name, () => {
      let value = made.get(name);
      if (!value) {
        value = make();
        made.set(name, value);
      }
      return value;
    });
  return fields;
}

export function mapFields(
  record: RecordValue,
  change: (value: Data) => Data,
): ReadonlyMap<string, () => Value> {
  return lazyFields([...record.fields].map(([name, get]) => [name, () => change(get() as Data)] as const));
}

/** Whether lists of these two axes can be taken as one, checked again on the data: columns without a counter. */
function compatible(a: Axis, b: Axis): boolean {
  const loose = (axis: Axis) => axis.kind === 'column' && axis.counter === undefined;
  return loose(a) && loose(b) && a.at!.length === b.at!.length && a.at!.every((at, i) => at === b.at![i]);
}

/** Replaces position `variable` by `by` in the value and in its levels from `from` on. */
export function replaceIn(
  graph: Graph,
  value: Data,
  from: number,
  variable: number,
  by: Node,
  table?: Axis,
): Data {
  const put = substitution(graph, variable, by, table);
  if (value.kind === 'record') {
    return {
      ...value,
      shape: value.shape.map((level, i) => (i < from ? level : levelWith(put, level))),
      ...(value.ok && { ok: put.node(value.ok) }),
      fields: mapFields(value, (field) => replaceIn(graph, field, from, variable, by, table)),
    };
  }
  let result: ScalarValue = {
    ...value,
    node: put.node(value.node),
    ...(value.ok && { ok: put.node(value.ok) }),
  };
  const shape: Level[] = value.shape.map((level, i) => (i < from ? level : levelWith(put, level)));
  // A list inside depends on where it is: its axis has become another one, with another variable.
  for (let i = from; i < shape.length; i++) {
    const [old, next] = [value.shape[i]!.axis, shape[i]!.axis];
    if (old === next) continue;
    const rename = substitution(graph, variableOf(old), graph.position(next));
    result = { ...result, node: rename.node(result.node), ...(result.ok && { ok: rename.node(result.ok) }) };
    for (let j = i + 1; j < shape.length; j++) shape[j] = levelWith(rename, shape[j]!);
  }
  return { ...result, shape };
}

function levelWith(put: ReturnType<typeof substitution>, level: Level): Level {
  return { axis: put.axis(level.axis), ...(level.present && { present: put.node(level.present) }) };
}

/** Takes `value` to the axis `axis` at level `depth`, for columns that are checked to have equal lengths. */
function adopt(graph: Graph, value: Data, depth: number, axis: Axis): Data {
  const old = value.shape[depth]!.axis;
  graph.sameLength.push([axis, old]);
  const changed = replaceIn(graph, value, depth + 1, variableOf(old), graph.position(axis));
  return { ...changed, shape: changed.shape.map((level, i) => (i === depth ? { ...level, axis } : level)) };
}

export interface Spread<T extends Data> {
  shape: Shape;
  /** The operands, each as deep as `shape` or constant along its inner levels. */
  values: T[];
}

/**
 * Brings operands to one shape: a row value stands for each object of the row. Where a row value is missing, the whole
 * list is. Two collections do not mix.
 */
export function spread<T extends Data>(graph: Graph, operands: readonly T[]): Spread<T> {
  const values = [...operands];
  const depth = Math.max(0, ...values.map((value) => value.shape.length));
  const shape: Level[] = [];
  for (let d = 0; d < depth; d++) {
    const first = values.find((value) => value.shape.length > d)!;
    const { axis } = first.shape[d]!;
    let present: Level['present'];
    values.forEach((value, i) => {
      if (value.shape.length === d) {
        present = and(graph, present, value.ok);
        return;
      }
      if (value.shape.length < d) return;
      const other = value.shape[d]!.axis;
      if (other !== axis) {
        if (!compatible(axis, other)) throw twoCollections(axis, other);
        values[i] = adopt(graph, value, d, axis) as T;
      }
      present = and(graph, present, value.shape[d]!.present);
    });
    shape.push(present ? { axis, present } : { axis });
  }
  for (const [i, value] of values.entries())
    if (value.shape.length < depth && value.ok) {
      const { ok: _, ...rest } = value;
      values[i] = rest as T;
    }
  return { shape, values };
}

export function twoCollections(a: Axis, b: Axis): Refusal {
  return new Refusal(
    'type',
    `'${a.label}' and '${b.label}' are two collections: their objects do not belong together`,
    'combine them with cartesian(a, b), look one up in the other with nearest(a, b), or reduce one (max, sum, [0])',
  );
}

/** A record as deep as `shape`: what an event record is for each object. */
export function spreadTo(graph: Graph, value: Data, shape: Shape): Data {
  if (value.shape.length === shape.length) return value;
  if (value.kind === 'scalar') return { ...spread(graph, [value]).values[0]!, shape };
  const { ok: _, ...rest } = value;
  return { ...rest, shape, fields: mapFields(value, (field) => spreadTo(graph, field, shape)) };
}
