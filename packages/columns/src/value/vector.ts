import { and, float1, float2, where } from '../ir/arithmetic.ts';
import type { Graph } from '../ir/graph.ts';
import type { Node, Strict } from '../ir/types.ts';
import { binary, lift, scalar } from './arithmetic.ts';
import { lazyFields, spread } from './broadcast.ts';
import { Refusal } from './refusal.ts';
import type { RecordValue, ScalarValue, Value } from './types.ts';

/** Components of four-vectors, as fields where the data has them and computed otherwise. */
export const COMPONENTS = ['px', 'py', 'pz', 'pt', 'eta', 'phi', 'mass', 'energy', 'p'] as const;
export type Component = (typeof COMPONENTS)[number];

const SPELLINGS: Record<Component, string[]> = {
  px: ['px'],
  py: ['py'],
  pz: ['pz'],
  pt: ['pt'],
  eta: ['eta'],
  phi: ['phi'],
  mass: ['mass', 'm'],
  energy: ['energy', 'e'],
  p: ['p'],
};

/** A field by its name in any case. */
function stored(record: RecordValue, component: Component): (() => Value) | undefined {
  const exact = record.fields.get(component);
  if (exact) return exact;
  for (const spelling of SPELLINGS[component])
    for (const [name, get] of record.fields) if (name.toLowerCase() === spelling) return get;
  return undefined;
}

const has = (record: RecordValue, ...wanted: Component[]) =>
  wanted.every((one) => stored(record, one) !== undefined);
const polar = (record: RecordValue) =>
  has(record, 'pt', 'eta', 'phi') && (has(record, 'mass') || has(record, 'energy'));
const cartesian = (record: RecordValue) => has(record, 'px', 'py', 'pz') && has(record, 'energy');

/** Whether the record has pt, eta, phi, mass (or energy), or px, py, pz, energy. */
export const isVector = (record: RecordValue): boolean => polar(record) || cartesian(record);

const f = (graph: Graph, op: Strict, ...args: Node[]): Node =>
  args.length === 1 ? float1(graph, op, args[0]!) : float2(graph, op, args[0]!, args[1]!);

/** sign(x)·√|x| */
function signedRoot(graph: Graph, x: Node): Node {
  const root = f(graph, 'sqrt', graph.node({ op: 'abs', type: 'float64', args: [x] }));
  const negative = graph.node({ op: 'lt', type: 'bool', args: [x, graph.constant('float64', 0)] });
  return where(graph, negative, graph.node({ op: 'neg', type: 'float64', args: [root] }), root);
}

type Formula = [needs: Component[], compute: (graph: Graph, args: Node[]) => Node];

const one = (graph: Graph) => graph.constant('float64', 1);
const square = (graph: Graph, x: Node) => f(graph, 'mul', x, x);
/** p² = pt²(1 + sinh²η); pt·cosh η is its root. */
function momentum2(graph: Graph, pt: Node, eta: Node): Node {
  const sh = f(graph, 'sinh', eta);
  return f(graph, 'mul', square(graph, pt), f(graph, 'add', one(graph), square(graph, sh)));
}
const sum3 = (graph: Graph, x: Node, y: Node, z: Node) =>
  f(graph, 'add', f(graph, 'add', square(graph, x), square(graph, y)), square(graph, z));

const FROM_POLAR: Partial<Record<Component, Formula>> = {
  px: [['pt', 'phi'], (g, [pt, phi]) => f(g, 'mul', pt!, f(g, 'cos', phi!))],
  py: [['pt', 'phi'], (g, [pt, phi]) => f(g, 'mul', pt!, f(g, 'sin', phi!))],
  pz: [['pt', 'eta'], (g, [pt, eta]) => f(g, 'mul', pt!, f(g, 'sinh', eta!))],
  p: [['pt', 'eta'], (g, [pt, eta]) => f(g, 'mul', pt!, f(g, 'cosh', eta!))],
  energy: [
    ['pt', 'eta', 'mass'],
    (g, [pt, eta, m]) => {
      const signed = f(g, 'mul', m!, graphAbs(g, m!));
      return f(g, 'sqrt', f(g, 'add', momentum2(g, pt!, eta!), signed));
    },
  ],
  mass: [
    ['pt', 'eta', 'energy'],
    (g, [pt, eta, e]) => signedRoot(g, f(g, 'sub', square(g, e!), momentum2(g, pt!, eta!))),
  ],
};

const graphAbs = (graph: Graph, x: Node) =>
  graph.node({ op: 'abs', type: 'float64', args: [float1Cast(graph, x)] });
const float1Cast = (graph: Graph, x: Node) =>
  x.type === 'float64' ? x : graph.node({ op: 'cast', type: 'float64', args: [x] });

const FROM_CARTESIAN: Partial<Record<Component, Formula>> = {
  pt: [['px', 'py'], (g, [x, y]) => f(g, 'hypot', x!, y!)],
  phi: [['px', 'py'], (g, [x, y]) => f(g, 'atan2', y!, x!)],
  eta: [['px', 'py', 'pz'], (g, [x, y, z]) => f(g, 'asinh', f(g, 'div', z!, f(g, 'hypot', x!, y!)))],
  p: [['px', 'py', 'pz'], (g, [x, y, z]) => f(g, 'sqrt', sum3(g, x!, y!, z!))],
  mass: [
    ['px', 'py', 'pz', 'energy'],
    (g, [x, y, z, e]) => signedRoot(g, f(g, 'sub', square(g, e!), sum3(g, x!, y!, z!))),
  ],
  energy: [
    ['px', 'py', 'pz', 'mass'],
    (g, [x, y, z, m]) => f(g, 'sqrt', f(g, 'add', sum3(g, x!, y!, z!), f(g, 'mul', m!, graphAbs(g, m!)))),
  ],
};

/** A component of a four-vector, or undefined where the record does not have what it needs. */
export function tryComponent(graph: Graph, record: RecordValue, name: Component): ScalarValue | undefined {
  const direct = stored(record, name);
  if (direct) {
    const value = direct();
    return value.kind === 'scalar' ? value : undefined;
  }
  for (const table of [FROM_POLAR, FROM_CARTESIAN]) {
    const formula = table[name];
    if (!formula || !has(record, ...formula[0])) continue;
    const args = formula[0].map((need) => scalar(stored(record, need)!(), name));
    return lift(graph, args, (nodes) => formula[1](graph, nodes));
  }
  return undefined;
}

export function component(graph: Graph, value: Value, name: Component): ScalarValue {
  if (value.kind !== 'record')
    throw new Refusal(
      'type',
      `${name}() takes a four-vector`,
      'a record with pt, eta, phi, mass or px, py, pz, energy',
    );
  const found = tryComponent(graph, value, name);
  if (found) return found;
  const names = [...value.fields.keys()].slice(0, 8).join(', ');
  throw new Refusal('type', `${name} cannot be computed from the fields ${names}`);
}

const CARTESIAN: Component[] = ['px', 'py', 'pz', 'energy'];

function fourVector(record: RecordValue): void {
  if (isVector(record)) return;
  const names = [...record.fields.keys()].slice(0, 8).join(', ');
  throw new Refusal(
    'type',
    `a record with the fields ${names} is no four-vector`,
    'four-vectors have pt, eta, phi, mass or px, py, pz, energy',
  );
}

/** The sum (or difference) of two four-vectors: a record with px, py, pz, energy. */
export function addVectors(graph: Graph, op: '+' | '-', a: RecordValue, b: RecordValue): RecordValue {
  for (const record of [a, b]) fourVector(record);
  const { shape, values } = spread(graph, [a, b]);
  const ok = and(graph, values[0]!.ok, values[1]!.ok);
  return {
    kind: 'record',
    shape,
    ...(ok && { ok }),
    fields: lazyFields(
      CARTESIAN.map(
        (name) =>
          [name, () => binary(graph, op, component(graph, a, name), component(graph, b, name))] as const,
      ),
    ),
  };
}

/** The sum of the four-vectors of each list: what `sum(Jet)` is. */
export function sumVectors(
  graph: Graph,
  value: RecordValue,
  sum: (component: ScalarValue) => ScalarValue,
): RecordValue {
  fourVector(value);
  const first = sum(component(graph, value, 'px'));
  return {
    kind: 'record',
    shape: value.shape.slice(0, -1),
    ...(first.ok && { ok: first.ok }),
    fields: lazyFields(CARTESIAN.map((name) => [name, () => sum(component(graph, value, name))] as const)),
  };
}

const difference = (graph: Graph, a: Value, b: Value, name: Component): ScalarValue =>
  lift(graph, [component(graph, a, name), component(graph, b, name)], ([x, y]) => f(graph, 'sub', x!, y!));

export const deltaEta = (graph: Graph, a: Value, b: Value): ScalarValue => difference(graph, a, b, 'eta');

/** Difference of azimuths in [-π, π); of two angles if they are not records. */
export function deltaPhi(graph: Graph, a: Value, b: Value): ScalarValue {
  const angle = (value: Value) =>
    value.kind === 'record' ? component(graph, value, 'phi') : scalar(value, 'delta_phi()');
  return lift(graph, [angle(a), angle(b)], ([x, y]) => f(graph, 'deltaphi', x!, y!));
}

/** (Δη)² + (Δφ)² */
export function deltaR2(graph: Graph, a: Value, b: Value): ScalarValue {
  return lift(graph, [deltaEta(graph, a, b), deltaPhi(graph, a, b)], ([x, y]) =>
    f(graph, 'add', square(graph, x!), square(graph, y!)),
  );
}

export const deltaR = (graph: Graph, a: Value, b: Value): ScalarValue =>
  lift(graph, [deltaR2(graph, a, b)], ([x]) => f(graph, 'sqrt', x!));
