import { and } from '../ir/arithmetic.ts';
import type { Graph } from '../ir/graph.ts';
import type { ColumnPath, Node, Scalar } from '../ir/types.ts';
import type { DataType } from '../table/types.ts';
import { lazyFields } from '../value/broadcast.ts';
import type { Data, Level } from '../value/types.ts';

const scalarOf = (kind: string): Scalar => (kind === 'float32' ? 'float64' : (kind as Scalar));

/** What a column of the source is as a value: list levels, records, missing ones. */
export function columnValue(graph: Graph, name: string, type: DataType): Data {
  return typed(graph, [name], type, [], [], undefined);
}

function typed(
  graph: Graph,
  path: ColumnPath,
  type: DataType,
  at: readonly Node[],
  shape: readonly Level[],
  within: Node | undefined,
): Data {
  const valid = type.nullable
    ? graph.node({ op: 'valid', type: 'bool', column: path, args: at, value: nullPlace(type) })
    : undefined;
  const ok = and(graph, within, valid);
  if (type.kind === 'list') {
    const counter = type.counter !== undefined && at.length === 0 ? { counter: type.counter } : {};
    const size = type.size !== undefined ? { size: type.size } : {};
    const label = type.counter !== undefined ? prefixOf(path[0]!) : path.join('.');
    const axis = graph.axis({ kind: 'column', path, at, ...counter, ...size, label });
    const level: Level = ok ? { axis, present: ok } : { axis };
    return typed(graph, path, type.item, [...at, graph.position(axis)], [...shape, level], undefined);
  }
  if (type.kind === 'record') {
    const fields = Object.entries(type.fields).map(
      ([name, field]) => [name, () => typed(graph, [...path, name], field, at, shape, ok)] as const,
    );
    return { kind: 'record', shape, fields: lazyFields(fields), ...(ok && { ok }) };
  }
  const node =
    scalarOf(type.kind) === 'bool' || type.kind === 'string' || scalarOf(type.kind) === 'float64'
      ? graph.node({ op: 'load', type: scalarOf(type.kind), column: path, args: at })
      : graph.integer({ op: 'load', type: scalarOf(type.kind), column: path, args: at });
  return { kind: 'scalar', shape, node, ...(ok && { ok }) };
}

/** Nulls of a list of records and of its records have one path: this tells them apart. */
const nullPlace = (type: DataType): string =>
  type.kind === 'list' ? 'list' : type.kind === 'record' ? 'record' : 'item';

const prefixOf = (name: string): string => /^[^_.]+/.exec(name)?.[0] ?? name;
