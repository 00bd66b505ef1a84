import { and, cast, comparison, where } from '../ir/arithmetic.ts';
import { type Graph, variableOf } from '../ir/graph.ts';
import { type Axis, MAX_LIST, type Node, type Scalar } from '../ir/types.ts';
import { lift, scalar, typeName } from './arithmetic.ts';
import { lazyFields, replaceIn, spread, spreadTo } from './broadcast.ts';
import { common, reduce } from './reduce.ts';
import { Refusal } from './refusal.ts';
import { reindex } from './select.ts';
import type { Data, Level, RecordValue, ScalarValue, Value } from './types.ts';
import { deltaR2 } from './vector.ts';

/** A value that is one list for each row. */
export function list(value: Value, name: string): { value: Data; level: Level } {
  if (value.kind === 'list' || value.kind === 'none')
    throw new Refusal('type', `${name}() takes collections, not ${typeName(value)}`);
  const [level] = value.shape;
  if (level) return { value, level };
  throw new Refusal('type', `${name}() takes collections, but this has one value for each row`);
}

function tuple(shape: Level[], members: (() => Value)[]): RecordValue {
  const fields = lazyFields(members.map((make, i) => [String(i), make] as const));
  return { kind: 'record', shape, fields, tuple: members.length };
}

/** Every choice of n elements i < j < …, in lexicographic order. */
export function combinations(graph: Graph, value: Value, n: number): RecordValue {
  if (!(n >= 1 && n <= 8)) throw new Refusal('value', 'combinations(x, n) takes n from 1 to 8');
  const { value: of, level } = list(value, 'combinations');
  const axis = graph.axis({
    kind: 'combinations',
    base: level.axis,
    count: n,
    label: `pairs of ${level.axis.label}`,
  });
  const here: Level = { ...level, axis };
  const member = (m: number) => () => {
    const at = graph.placeOf(axis, m, graph.position(axis));
    return reindex(graph, of, 0, at, [here], undefined, level.axis);
  };
  return tuple(
    [here],
    Array.from({ length: n }, (_, m) => member(m)),
  );
}

/** Every pair of one element of each; with `nested` a list for each of the first. */
export function cartesian(graph: Graph, first: Value, second: Value, nested: boolean): RecordValue {
  const [a, b] = [list(first, 'cartesian'), list(second, 'cartesian')];
  const present = and(graph, a.level.present, b.level.present);
  const label = `pairs of ${a.level.axis.label} and ${b.level.axis.label}`;
  if (nested) {
    // The lists inside are the second collection again, once for each of the first.
    const outer: Level = present ? { ...a.level, present } : a.level;
    let other = b.value;
    let inner = b.level.axis;
    if (inner === a.level.axis) {
      inner = graph.axis({
        kind: 'virtual',
        length: graph.lengthOf(inner),
        tag: `again ${inner.id}`,
        label: inner.label,
      });
      other = reindex(graph, other, 0, graph.position(inner), [{ axis: inner }], undefined);
    }
    const shape = [outer, { axis: inner }];
    return tuple(shape, [
      () => spreadTo(graph, { ...a.value, shape: [outer] } as Data, shape),
      () => nest(other, outer),
    ]);
  }
  const axis = graph.axis({ kind: 'cartesian', base: a.level.axis, other: b.level.axis, label });
  const here: Level = present ? { axis, present } : { axis };
  const member = (of: { value: Data; level: Level }, m: number) => () =>
    reindex(
      graph,
      of.value,
      0,
      graph.placeOf(axis, m, graph.position(axis)),
      [here],
      undefined,
      of.level.axis,
    );
  return tuple([here], [member(a, 0), member(b, 1)]);
}

function nest(value: Data, outer: Level): Data {
  const shape = [outer, ...value.shape.map(({ axis }) => ({ axis }))];
  if (value.kind === 'scalar') return { ...value, shape };
  return {
    ...value,
    shape,
    fields: lazyFields([...value.fields].map(([k, get]) => [k, () => nest(get() as Data, outer)])),
  };
}

/** One list: all of `a`, then all of `b`, …; records keep the fields that all have. */
export function concat(graph: Graph, values: readonly Value[]): Data {
  const parts = values.map((value) => list(value, 'concat'));
  if (parts.length === 0) throw new Refusal('arguments', 'concat() of nothing');
  const lengths = parts.map((part) => graph.lengthOf(part.level.axis));
  const starts: Node[] = [graph.constant('int64', 0)];
  for (const length of lengths)
    starts.push(graph.integer({ op: 'add', type: 'int64', args: [starts.at(-1)!, length] }, 0, MAX_LIST));
  const tag = `concat ${parts.map((part) => part.level.axis.id).join(' ')}`;
  const label = parts.map((part) => part.level.axis.label).join('+');
  const axis = graph.axis({ kind: 'virtual', length: starts.at(-1)!, tag, label });
  const present = parts.reduce<Node | undefined>(
    (sum, part) => and(graph, sum, part.level.present),
    undefined,
  );
  const here: Level = present ? { axis, present } : { axis };
  return join(
    graph,
    parts.map((part) => part.value),
    starts,
    here,
  );
}

function join(graph: Graph, values: Data[], starts: Node[], here: Level): Data {
  const records = values.filter((value) => value.kind === 'record');
  if (records.length === values.length) {
    const names = [...records[0]!.fields.keys()].filter((name) =>
      records.every((one) => one.fields.has(name)),
    );
    if (names.length === 0) throw new Refusal('type', 'concat(): the collections share no field');
    const fields = names.map(
      (name) =>
        [
          name,
          () =>
            join(
              graph,
              records.map((one) => one.fields.get(name)!() as Data),
              starts,
              here,
            ),
        ] as const,
    );
    return { kind: 'record', shape: [here], fields: lazyFields(fields) };
  }
  if (records.length > 0) throw new Refusal('type', 'concat() of a collection and plain lists');
  const position = graph.position(here.axis);
  const moved = values.map((value, i) => {
    const at =
      i === 0
        ? position
        : graph.integer({ op: 'sub', type: 'int64', args: [position, starts[i]!] }, -MAX_LIST, MAX_LIST);
    const part = reindex(graph, value, 0, at, [here], undefined) as ScalarValue;
    if (part.shape.length > 1) throw new Refusal('type', 'concat() of lists of lists');
    return part;
  });
  return moved.reduceRight((rest, part, i) => {
    const test = comparison(graph, 'lt', position, starts[i + 1]!);
    const [a, b] = common(graph, part.node, rest.node);
    const yes = graph.truth(true);
    const ok = part.ok || rest.ok ? where(graph, test, part.ok ?? yes, rest.ok ?? yes) : undefined;
    return { kind: 'scalar', shape: [here], node: where(graph, test, a, b), ...(ok && { ok }) };
  });
}

/** For each of `a` the place in `b` of the least delta_r below `max`, missing where there is none. NaN never wins. */
export function nearest(
  graph: Graph,
  first: Value,
  second: Value,
  max: ScalarValue | undefined,
): ScalarValue {
  const [a, b] = [list(first, 'nearest'), list(second, 'nearest')];
  const pairs = cartesian(graph, a.value, b.value, true);
  const far = deltaR2(graph, pairs.fields.get('0')!(), pairs.fields.get('1')!());
  const limit = max && lift(graph, [max], ([x]) => cast(graph, x!, 'float64'));
  const near = limit
    ? lift(graph, [far, limit], ([d, m]) =>
        comparison(graph, 'lt', d!, graph.node({ op: 'mul', type: 'float64', args: [m!, m!] })),
      )
    : lift(graph, [far], ([d]) => comparison(graph, 'eq', d!, d!));
  const ok = and(graph, far.ok, near.node);
  return reduce(graph, 'argmin', { ...far, shape: near.shape, ...(ok && { ok }) }, 'nearest');
}

function orderOf(
  graph: Graph,
  value: Value,
  ascending: boolean,
  name: string,
): { value: ScalarValue; level: Level; axis: Axis } {
  const of = scalar(value, `${name}()`);
  const depth = of.shape.length - 1;
  const level = of.shape[depth];
  if (!level) throw new Refusal('type', `${name}() takes lists, but this has one value for each row`);
  const axis = graph.axis({
    kind: 'order',
    base: level.axis,
    body: of.node,
    ...(of.ok && { there: of.ok }),
    ascending,
    label: level.axis.label,
  });
  return { value: of, level, axis };
}

export function argsort(graph: Graph, value: Value, ascending: boolean): ScalarValue {
  const { value: of, level, axis } = orderOf(graph, value, ascending, 'argsort');
  const shape = [...of.shape.slice(0, -1), { ...level, axis }];
  return { kind: 'scalar', shape, node: graph.placeOf(axis, 0, graph.position(axis)) };
}

export function sort(graph: Graph, value: Value, ascending: boolean): Data {
  const { value: of, level, axis } = orderOf(graph, value, ascending, 'sort');
  const at = graph.placeOf(axis, 0, graph.position(axis));
  return reindex(graph, of, of.shape.length - 1, at, [{ ...level, axis }], undefined);
}

/** 0, 1, 2, … along each innermost list. */
export function localIndex(graph: Graph, value: Value): ScalarValue {
  if (value.kind === 'list' || value.kind === 'none')
    throw new Refusal('type', 'local_index() takes a collection');
  const level = value.shape.at(-1);
  if (!level)
    throw new Refusal('type', 'local_index() takes a collection, but this has one value for each row');
  return { kind: 'scalar', shape: value.shape, node: graph.position(level.axis) };
}

/** At least n elements (exactly n with `clip`), filled up with missing ones. */
export function pad(graph: Graph, value: Value, n: number, clip: boolean): Data {
  if (!(n >= 0 && n <= MAX_LIST)) throw new Refusal('value', 'pad(x, n) takes a whole number');
  const { value: of, level } = list(value, 'pad');
  const length = graph.lengthOf(level.axis);
  const wanted = graph.constant('int64', n);
  const tag = `pad ${level.axis.id} ${n}`;
  const axis = clip
    ? graph.axis({ kind: 'virtual', length: wanted, size: n, tag, label: level.axis.label })
    : graph.axis({
        kind: 'virtual',
        length: graph.integer({ op: 'max2', type: 'int64', args: [length, wanted] }, n, MAX_LIST),
        tag,
        label: level.axis.label,
      });
  const position = graph.position(axis);
  return reindex(graph, of, 0, position, [{ ...level, axis }], comparison(graph, 'lt', position, length));
}

/** The value replaced by a constant of its type. */
export function like(graph: Graph, value: Value, number: 0 | 1, name: string): Data {
  if (value.kind === 'record')
    return {
      ...value,
      fields: lazyFields([...value.fields].map(([k, get]) => [k, () => like(graph, get(), number, name)])),
    };
  const of = scalar(value, `${name}()`);
  const type: Scalar = of.node.type;
  if (type === 'string') throw new Refusal('type', `${name}() takes numbers, not text`);
  const datum = type === 'bool' ? number === 1 : number;
  return { ...of, node: graph.constant(type, datum) };
}

/** A record, or a collection, of the values by name. */
export function zip(graph: Graph, named: readonly (readonly [string, Value])[]): RecordValue {
  const values = named.map(([name, value]) => {
    if (value.kind === 'list' || value.kind === 'none')
      throw new Refusal('type', `zip(): ${name} is ${typeName(value)}`);
    return value;
  });
  if (values.length === 0) throw new Refusal('arguments', 'zip() of nothing', 'zip(pt=a, eta=b)');
  // Records are as deep as the shallowest list; what is deeper stays a list inside.
  const lists = values.filter((value) => value.shape.length > 0);
  const depth = lists.length === 0 ? 0 : Math.min(...lists.map((value) => value.shape.length));
  const outer = values.map((value) => ({ ...value, shape: value.shape.slice(0, depth) }) as Data);
  const { shape } = spread(graph, outer);
  return {
    kind: 'record',
    shape,
    fields: lazyFields(
      named.map(
        ([name], i) => [name, () => alignTo(graph, spreadTo(graph, values[i]!, shape), shape)] as const,
      ),
    ),
  };
}

/** Takes a value of columns with equal lengths to the axes of `shape`. */
function alignTo(graph: Graph, value: Data, shape: readonly Level[]): Data {
  let result = value;
  shape.forEach((level, depth) => {
    const own = result.shape[depth]!;
    if (own.axis !== level.axis) {
      const moved = replaceIn(graph, result, depth + 1, variableOf(own.axis), graph.position(level.axis));
      result = { ...moved, shape: moved.shape.map((one, i) => (i === depth ? level : one)) } as Data;
    } else {
      result = { ...result, shape: result.shape.map((one, i) => (i === depth ? level : one)) } as Data;
    }
  });
  return result;
}
