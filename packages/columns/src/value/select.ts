import { and, both, comparison } from '../ir/arithmetic.ts';
import { type Graph, isBigNode, variableOf } from '../ir/graph.ts';
import { isInteger } from '../ir/scalars.ts';
import { type Axis, MAX_LIST, type Node } from '../ir/types.ts';
import { condition, typeName } from './arithmetic.ts';
import { mapFields, replaceIn, spread, twoCollections } from './broadcast.ts';
import { Refusal } from './refusal.ts';
import type { Data, Level, ScalarValue, Value } from './types.ts';

/** Replaces level `depth` by `levels` (one or none) and the position in it by `at`. */
export function reindex(
  graph: Graph,
  value: Data,
  depth: number,
  at: Node,
  levels: readonly Level[],
  ok: Node | undefined,
  table?: Axis,
): Data {
  const { axis } = value.shape[depth]!;
  const moved = table
    ? replaceTable(graph, value, depth + 1, axis, at, table)
    : replaceIn(graph, value, depth + 1, variableOf(axis), at);
  const inside = moved.shape.slice(depth + 1);
  // A missing element of a list of lists is a missing list.
  const deep = inside.map((level, i) => (i === 0 && ok ? guardLevel(graph, level, ok) : level));
  const shape = [...moved.shape.slice(0, depth), ...levels, ...deep];
  const own = inside.length === 0 ? and(graph, ok, moved.ok) : moved.ok;
  const result = withOk({ ...moved, shape } as Data, own);
  if (result.kind === 'scalar' || value.kind === 'scalar') return result;
  return {
    ...result,
    fields: mapFields(value, (field) => reindex(graph, field, depth, at, levels, ok, table)),
  };
}

function replaceTable(graph: Graph, value: Data, from: number, axis: Axis, at: Node, table: Axis): Data {
  return replaceIn(graph, value, from, variableOf(axis), at, table);
}

function guardLevel(graph: Graph, level: Level, ok: Node): Level {
  const present = and(graph, ok, level.present);
  return present ? { ...level, present } : level;
}

export function withOk<T extends Data>(value: T, ok: Node | undefined): T {
  const { ok: _, ...rest } = value;
  return (ok ? { ...rest, ok } : rest) as T;
}

function lastLevel(value: Data, what: string): Level {
  const level = value.shape.at(-1);
  if (level) return level;
  throw new Refusal('type', `${what}: this has one value for each row, not a list`);
}

const inside = (graph: Graph, index: Node, length: Node): Node => {
  const above = comparison(graph, 'lt', index, length);
  if (index.low !== undefined && index.low >= 0) return above;
  return both(graph, comparison(graph, 'le', graph.constant('int64', 0), index), above);
};

/** An index as a number in memory: what does not fit is out of range anyway. */
function asPosition(graph: Graph, index: Node): Node {
  return isBigNode(index) ? graph.integer({ op: 'cast', type: 'int32', args: [index] }) : index;
}

/** `x[2]`, `x[-1]`: that element of each list, missing where there is none. */
export function nth(graph: Graph, value: Data, place: bigint): Data {
  const depth = outerLevel(value);
  const level = value.shape[depth]!;
  const length = graph.lengthOf(level.axis);
  const far = place > BigInt(MAX_LIST) || place < -BigInt(MAX_LIST) ? BigInt(MAX_LIST) : place;
  const index = graph.constant('int64', far);
  const at =
    far >= 0n ? index : graph.integer({ op: 'add', type: 'int64', args: [length, index] }, 0, MAX_LIST);
  const there =
    far >= 0n
      ? comparison(graph, 'lt', index, length)
      : comparison(graph, 'le', graph.constant('int64', -far), length);
  return reindex(graph, value, depth, at, [], and(graph, level.present, there));
}

/** Indexing works on the list of each row, also of fields that are lists of lists. */
function outerLevel(value: Data): number {
  lastLevel(value, 'an index');
  return 0;
}

/** `x[i]` with one place for each row. */
function pickOne(graph: Graph, value: Data, index: ScalarValue): Data {
  const depth = outerLevel(value);
  const level = value.shape[depth]!;
  const at = asPosition(graph, index.node);
  const sure =
    index.node.op === 'reduce' && index.node.kind?.includes('arg') && index.node.axis === level.axis;
  const there = sure ? undefined : inside(graph, at, graph.lengthOf(level.axis));
  const ok = and(graph, and(graph, level.present, index.ok), there);
  return reindex(graph, value, depth, at, [], ok);
}

/** `x[list]` with places in each row: one element for each of the list. */
function pickMany(graph: Graph, value: Data, index: ScalarValue): Data {
  const depth = outerLevel(value);
  const level = value.shape[depth]!;
  const [own] = index.shape as [Level];
  const at = asPosition(graph, index.node);
  // The order of a sort lists every place once.
  const sure =
    index.node.op === 'pos' && index.node.axis!.kind === 'order' && index.node.axis!.base === level.axis;
  const there = sure ? undefined : inside(graph, at, graph.lengthOf(level.axis));
  const present = and(graph, own.present, level.present);
  return reindex(
    graph,
    value,
    depth,
    at,
    [present ? { ...own, present } : own],
    and(graph, index.ok, there),
    level.axis,
  );
}

/** Elements of each list where the condition holds. */
export function filter(graph: Graph, value: Data, mask: ScalarValue): Data {
  const depth = mask.shape.length - 1;
  const level = mask.shape[depth]!;
  const body = mask.ok ? both(graph, mask.ok, mask.node) : mask.node;
  const even = spread(graph, [{ ...value, shape: value.shape.slice(0, depth + 1) } as Data, mask]);
  const present = even.shape[depth]!.present;
  const { axis } = value.shape[depth]!;
  if (axis !== level.axis) throw twoCollections(axis, level.axis);
  const kept = graph.axis({ kind: 'filter', base: axis, body, label: axis.label });
  const at = graph.placeOf(kept, 0, graph.position(kept));
  const result = reindex(
    graph,
    value,
    depth,
    at,
    [present ? { axis: kept, present } : { axis: kept }],
    undefined,
  );
  const shape = result.shape.map((one, i) => (i < depth ? even.shape[i]! : one));
  return { ...result, shape } as Data;
}

/** `x[index]` by what the index is. */
export function index(graph: Graph, value: Value, by: Value): Data {
  if (value.kind === 'list' || value.kind === 'none')
    throw new Refusal('type', `${typeName(value)} has no items`);
  if (by.kind !== 'scalar')
    throw new Refusal('type', `an index is a number, a condition or a list of places`);
  if (by.weak !== undefined) return nth(graph, value, by.weak);
  if (by.node.type === 'bool') {
    if (by.shape.length === 0) {
      throw new Refusal(
        'type',
        'a condition on rows as a mask would drop rows inside an expression',
        'use filter for rows, or mask(x, condition), which keeps the row and makes the list missing',
      );
    }
    if (by.shape.length > value.shape.length)
      throw new Refusal('type', 'the mask is deeper than what it masks');
    return filter(graph, value, condition(graph, by, 'a mask') as ScalarValue);
  }
  if (!isInteger(by.node.type))
    throw new Refusal('type', `${typeName(by)} cannot be an index`, 'int(x) makes it one');
  if (by.shape.length === 0) return pickOne(graph, value, by);
  if (by.shape.length === 1) return pickMany(graph, value, by);
  throw new Refusal('type', 'an index list is one list for each row');
}

/** `x[from:to]` of each list, ends counted from the back if negative. */
export function slice(graph: Graph, value: Value, from: bigint | undefined, to: bigint | undefined): Data {
  if (value.kind === 'list' || value.kind === 'none')
    throw new Refusal('type', `${typeName(value)} cannot be sliced`);
  const level = value.shape[0];
  if (!level) throw new Refusal('type', 'a slice: this has one value for each row, not a list');
  const n = graph.lengthOf(level.axis);
  const end = (bound: bigint): Node => {
    const limited =
      bound > BigInt(MAX_LIST) ? BigInt(MAX_LIST) : bound < -BigInt(MAX_LIST) ? -BigInt(MAX_LIST) : bound;
    const at = graph.constant('int64', limited);
    if (limited >= 0n) return graph.integer({ op: 'min2', type: 'int64', args: [at, n] }, 0, MAX_LIST);
    const back = graph.integer({ op: 'add', type: 'int64', args: [n, at] }, -MAX_LIST, MAX_LIST);
    return graph.integer(
      { op: 'max2', type: 'int64', args: [back, graph.constant('int64', 0)] },
      0,
      MAX_LIST,
    );
  };
  const zero = graph.constant('int64', 0);
  const [start, stop] = [from === undefined ? zero : end(from), to === undefined ? n : end(to)];
  const width = graph.integer({ op: 'sub', type: 'int64', args: [stop, start] }, -MAX_LIST, MAX_LIST);
  const length = graph.integer({ op: 'max2', type: 'int64', args: [width, zero] }, 0, MAX_LIST);
  const tag = `slice ${level.axis.id} ${from ?? ''}:${to ?? ''}`;
  const axis = graph.axis({ kind: 'virtual', length, tag, label: level.axis.label });
  const position = graph.position(axis);
  const at =
    start === zero
      ? position
      : graph.integer({ op: 'add', type: 'int64', args: [position, start] }, 0, MAX_LIST);
  return reindex(graph, value, 0, at, [{ ...level, axis }], undefined);
}

/** The value where the condition holds, else missing: a list as a whole if the condition is one of rows. */
export function mask(graph: Graph, value: Value, by: Value): Data {
  if (value.kind === 'list' || value.kind === 'none')
    throw new Refusal('type', `mask() cannot take ${typeName(value)}`);
  const test = condition(graph, by, 'mask()');
  const holds = test.ok ? both(graph, test.ok, test.node) : test.node;
  return guarded(graph, value, { kind: 'scalar', shape: test.shape, node: graph.truth(true), ok: holds });
}

function guarded(graph: Graph, value: Data, test: ScalarValue): Data {
  const { shape, values } = spread(graph, [value, test] as Data[]);
  const [own, by] = values as [Data, ScalarValue];
  const result = withOk({ ...own, shape } as Data, and(graph, own.ok, by.ok));
  if (result.kind === 'scalar') return result;
  return { ...result, fields: mapFields(value as typeof result, (field) => guarded(graph, field, test)) };
}
