import { type Graph, variableOf } from './graph.ts';
import type { Axis, Node } from './types.ts';

/** From this cost on, values at the members of pairs are computed once per object and not once per pair. */
const WORTH_A_TABLE = 8;

interface Task {
  graph: Graph;
  variable: number;
  by: Node;
  /** Set where one element is visited many times: costly functions of one element become look-ups in a table. */
  table?: Axis;
  nodes: Map<number, Node>;
  axes: Map<number, Axis>;
}

function axisWith(task: Task, axis: Axis): Axis {
  if (!axis.free.includes(task.variable)) return axis;
  const before = task.axes.get(axis.id);
  if (before) return before;
  const { graph } = task;
  const { id: _id, free: _free, ...draft } = axis;
  const base = axis.base && axisWith(task, axis.base);
  const rebind = (node: Node | undefined): Node | undefined => {
    const inner = node && nodeWith(task, node);
    if (!inner || !base || !axis.base || base === axis.base) return inner;
    return substitute(graph, inner, variableOf(axis.base), graph.position(base));
  };
  const [body, there] = [rebind(axis.body), rebind(axis.there)];
  const result = graph.axis({
    ...draft,
    ...(axis.at && { at: axis.at.map((one) => nodeWith(task, one)) }),
    ...(base && { base }),
    ...(body && { body }),
    ...(there && { there }),
    ...(axis.other && { other: axisWith(task, axis.other) }),
    ...(axis.length && { length: nodeWith(task, axis.length) }),
  });
  task.axes.set(axis.id, result);
  return result;
}

function reduceWith(task: Task, node: Node): Node {
  const { graph } = task;
  const axis = axisWith(task, node.axis!);
  let variable = node.variable!;
  let args = node.args;
  // The loop's own variable must neither be replaced nor catch a free one of what is put in.
  let copy = 0;
  while (task.by.free.includes(variableOf(axis, copy))) copy++;
  const next = variableOf(axis, copy);
  if (next !== variable) {
    const position = graph.position(axis, copy);
    args = args.map((one) => substitute(graph, one, variable, position));
    variable = next;
  }
  return rebuild(
    task,
    node,
    args.map((one) => nodeWith(task, one)),
    axis,
    variable,
  );
}

function rebuild(task: Task, node: Node, args: Node[], axis = node.axis, variable = node.variable): Node {
  const { id: _id, free: _free, cost: _cost, guarded: _guarded, through: _through, ...draft } = node;
  return task.graph.node({
    ...draft,
    args,
    ...(axis && { axis }),
    ...(variable !== undefined && { variable }),
  });
}

function nodeWith(task: Task, node: Node): Node {
  if (!node.free.includes(task.variable)) return node;
  const before = task.nodes.get(node.id);
  if (before) return before;
  const result = fresh(task, node);
  task.nodes.set(node.id, result);
  return result;
}

function fresh(task: Task, node: Node): Node {
  const { graph, by, table, variable } = task;
  if (node.op === 'var') return by;
  if (table && node.free.length === 1 && node.cost >= WORTH_A_TABLE && !node.guarded && node.op !== 'pick')
    return graph.node({
      op: 'pick',
      type: node.type,
      args: [by, node],
      axis: table,
      variable,
      ...(node.low !== undefined && { low: node.low, high: node.high }),
    });
  if (node.op === 'pick') {
    const at = nodeWith(task, node.args[0]!);
    // At one place for each row a table would compute more than is used.
    if (at.free.length === 0) return substitute(graph, node.args[1]!, node.variable!, at);
    return rebuild(task, node, [at, node.args[1]!]);
  }
  if (node.op === 'reduce') return reduceWith(task, node);
  const axis = node.axis && axisWith(task, node.axis);
  return rebuild(
    task,
    node,
    node.args.map((one) => nodeWith(task, one)),
    axis,
  );
}

/** `node` with one of the nodes in it replaced. Loops inside must not depend on it. */
function exchange(graph: Graph, node: Node, old: Node, by: Node, memo: Map<number, Node>): Node {
  if (node === old) return by;
  if (node.free.length === 0) return node;
  const before = memo.get(node.id);
  if (before) return before;
  let result: Node;
  if (node.op === 'pick') {
    const at = exchange(graph, node.args[0]!, old, by, memo);
    const own = at.op === 'var' && at.variable === node.variable;
    result = own ? node.args[1]! : rebuilt(graph, node, [at, node.args[1]!]);
  } else
    result = rebuilt(
      graph,
      node,
      node.args.map((arg) => exchange(graph, arg, old, by, memo)),
    );
  memo.set(node.id, result);
  return result;
}

function rebuilt(graph: Graph, node: Node, args: Node[]): Node {
  const { id: _id, free: _free, cost: _cost, guarded: _guarded, through: _through, ...draft } = node;
  return graph.node({ ...draft, args });
}

/**
 * A costly function of one member of pairs becomes a look-up in a table with one entry for each object: the member
 * occurs in many pairs.
 */
export function tabulated(graph: Graph, node: Node): Node {
  const { through } = node;
  if (!through || node.cost < WORTH_A_TABLE || node.guarded || node.op === 'pick' || node.op === 'pos')
    return node;
  const axis = through.axis!;
  const base = axis.kind === 'cartesian' && through.member === 1 ? axis.other! : axis.base!;
  if (base.free.length > 0) return node;
  const body = exchange(graph, node, through, graph.position(base), new Map());
  return graph.node({
    op: 'pick',
    type: node.type,
    args: [through, body],
    axis: base,
    variable: variableOf(base),
    ...(node.low !== undefined && { low: node.low, high: node.high }),
  });
}

/** `node` with the variable replaced by another node. */
export function substitute(graph: Graph, node: Node, variable: number, by: Node): Node {
  return nodeWith({ graph, variable, by, nodes: new Map(), axes: new Map() }, node);
}

/** The same for several nodes and axes at once, with common parts replaced once. */
export function substitution(
  graph: Graph,
  variable: number,
  by: Node,
  table?: Axis,
): { node(node: Node): Node; axis(axis: Axis): Axis } {
  // A table is over rows' own lists only, and worth it only where the place varies.
  const useful = table && table.free.length === 0 && by.free.length > 0 ? { table } : {};
  const task: Task = { graph, variable, by, ...useful, nodes: new Map(), axes: new Map() };
  return { node: (node) => nodeWith(task, node), axis: (axis) => axisWith(task, axis) };
}
