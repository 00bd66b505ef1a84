import { BITS, isWide, rangeOf } from './scalars.ts';
import {
  type Axis,
  type ColumnPath,
  type Datum,
  MAX_LIST,
  type Node,
  type Op,
  type Scalar,
} from './types.ts';

const COSTS: Partial<Record<Op, number>> = {
  sqrt: 4, exp: 12, log: 12, log10: 14, sin: 14, cos: 14, tan: 20, asin: 16, acos: 16, atan: 16, sinh: 14, cosh: 14,
  tanh: 14, asinh: 20, hypot: 6, atan2: 20, pow: 30, div: 2, mod: 8, floordiv: 8, deltaphi: 3, extern: 50, reduce: 20,
  const: 0, var: 0, len: 1, found: 0,
}; // biome-ignore format: a table

const SAFE = Number.MAX_SAFE_INTEGER;

/** Whether a node's values are bigint in memory. */
export const isBigNode = (node: Node): boolean => isWide(node.type) && node.low === undefined;

/** The variable of the position in an axis. `copy` tells apart loops over one axis inside each other. */
export const variableOf = (axis: Axis, copy = 0): number => axis.id * 8 + copy;

function union(sets: readonly (readonly number[])[]): number[] {
  const [first = []] = sets;
  if (sets.every((set) => set.length === 0)) return [];
  if (sets.length === 1) return [...first];
  return [...new Set(sets.flat())].sort((a, b) => a - b);
}

const isTuple = (axis: Axis): boolean => axis.kind === 'combinations' || axis.kind === 'cartesian';

/** What `Node.through` says, from the arguments; undefined where nothing varies. */
function throughOf(
  op: Op,
  axis: Axis | undefined,
  args: readonly Node[],
  free: readonly number[],
): Node | null | undefined {
  if (free.length === 0) return undefined;
  if (op === 'var' || op === 'reduce' || (axis && axis.free.length > 0)) return null;
  let found: Node | null | undefined;
  for (const arg of op === 'pick' ? args.slice(0, 1) : args) {
    if (arg.through === undefined) continue;
    if (arg.through === null || (found !== undefined && found !== arg.through)) return null;
    found = arg.through;
  }
  return found;
}

export const without = (set: readonly number[], variable: number): number[] =>
  set.filter((v) => v !== variable);

type Draft = Partial<Omit<Node, 'id' | 'op' | 'type' | 'args' | 'free' | 'cost' | 'through' | 'guarded'>> & {
  op: Op;
  type: Scalar;
  args?: readonly Node[];
};

const pathKey = (path: ColumnPath | undefined): string => (path ? path.join('\u0001') : '');
const datumKey = (value: Datum | undefined): string =>
  value === undefined ? '' : Object.is(value, -0) ? 'n-0' : `${(typeof value)[0]}${String(value)}`;

/** Makes nodes and axes; equal ones are one object. */
export class Graph {
  readonly nodes: Node[] = [];
  readonly axes: Axis[] = [];
  /** Pairs of list columns that must have equal lengths in every row. */
  readonly sameLength: [Axis, Axis][] = [];
  private readonly known = new Map<string, Node>();
  private readonly knownAxes = new Map<string, Axis>();

  node(draft: Draft): Node {
    const args = draft.args ?? [];
    const key = [
      draft.op,
      draft.type,
      args.map((one) => one.id).join(','),
      datumKey(draft.value),
      draft.set?.map(datumKey).join('\u0001') ?? '',
      draft.axis?.id ?? '',
      draft.variable ?? '',
      pathKey(draft.column),
      draft.member ?? '',
      draft.kind ?? '',
      draft.extern ?? '',
      draft.low ?? '',
      draft.high ?? '',
    ].join('|');
    const found = this.known.get(key);
    if (found) return found;
    let free: readonly number[];
    if (draft.op === 'var') free = [draft.variable!];
    else if (draft.op === 'reduce') free = union([without(args[0]!.free, draft.variable!), draft.axis!.free]);
    else if (draft.op === 'pick')
      free = union([args[0]!.free, without(args[1]!.free, draft.variable!), draft.axis!.free]);
    else free = union([...args.map((one) => one.free), ...(draft.axis ? [draft.axis.free] : [])]);
    const own = COSTS[draft.op] ?? 1;
    const inner = draft.op === 'pick' ? args.slice(0, 1) : args;
    const cost = Math.min(
      1e6,
      own + inner.reduce((sum, one) => sum + one.cost, 0) * (draft.op === 'reduce' ? 4 : 1),
    );
    const own64 = isWide(draft.type) && draft.low === undefined;
    const guarded = own64 || draft.op === 'extern' || args.some((one) => one.guarded);
    const through = throughOf(draft.op, draft.axis, args, free);
    const node: Node = { ...draft, id: this.nodes.length, args, free, cost, through, guarded };
    // A member of pairs is the place itself.
    if (draft.op === 'pos' && isTuple(draft.axis!) && free.length > 0 && draft.axis!.free.length === 0)
      (node as { through: Node }).through = node;
    this.nodes.push(node);
    this.known.set(key, node);
    return node;
  }

  axis(draft: Omit<Axis, 'id' | 'free'>): Axis {
    const key = [
      draft.kind,
      draft.counter ?? pathKey(draft.path),
      draft.at?.map((one) => one.id).join(',') ?? '',
      draft.base?.id ?? '',
      draft.body?.id ?? '',
      draft.there?.id ?? '',
      draft.ascending ?? '',
      draft.count ?? '',
      draft.other?.id ?? '',
      draft.length?.id ?? '',
      draft.tag ?? '',
      draft.size ?? '',
    ].join('|');
    const found = this.knownAxes.get(key);
    if (found) return found;
    const bodies = [
      ...(draft.at ?? []).map((one) => one.free),
      ...(draft.base ? [draft.base.free] : []),
      ...(draft.other ? [draft.other.free] : []),
      ...(draft.length ? [draft.length.free] : []),
      ...(draft.body && draft.base ? [without(draft.body.free, variableOf(draft.base))] : []),
      ...(draft.there && draft.base ? [without(draft.there.free, variableOf(draft.base))] : []),
    ];
    const axis: Axis = { ...draft, id: this.axes.length + 1, free: union(bodies) };
    this.axes.push(axis);
    this.knownAxes.set(key, axis);
    return axis;
  }

  constant(type: Scalar, value: Datum): Node {
    if (BITS[type] === 0) return this.node({ op: 'const', type, value });
    const exact = BigInt(value as number | bigint);
    const small = exact >= -BigInt(SAFE) && exact <= BigInt(SAFE);
    if (isWide(type) && !small) return this.node({ op: 'const', type, value: exact });
    const number = Number(exact);
    return this.node({ op: 'const', type, value: number, low: number, high: number });
  }

  truth(value: boolean): Node {
    return this.constant('bool', value);
  }

  /** An integer node with its bounds: those of the type unless given. */
  integer(draft: Draft, low?: number, high?: number): Node {
    if (!isWide(draft.type)) {
      const [least, most] = rangeOf(draft.type).map(Number) as [number, number];
      return this.node({
        ...draft,
        low: Math.max(least, low ?? least),
        high: Math.min(most, high ?? most),
      });
    }
    const fits = low !== undefined && high !== undefined && low >= -SAFE && high <= SAFE;
    return this.node(fits ? { ...draft, low, high } : draft);
  }

  position(axis: Axis, copy = 0): Node {
    return this.integer({ op: 'var', type: 'int64', variable: variableOf(axis, copy) }, 0, MAX_LIST);
  }

  lengthOf(axis: Axis): Node {
    if (axis.size !== undefined) return this.constant('int64', axis.size);
    if (axis.length) return axis.length;
    const most = axis.kind === 'combinations' || axis.kind === 'cartesian' ? 2 ** 42 : MAX_LIST;
    return this.integer({ op: 'len', type: 'int64', axis }, 0, most);
  }

  /** Place in the base of element `at` of a filtered, ordered or combined axis. */
  placeOf(axis: Axis, member: number, at: Node): Node {
    return this.integer({ op: 'pos', type: 'int64', axis, member, args: [at] }, 0, MAX_LIST);
  }
}
