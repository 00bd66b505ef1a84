/** Histograms of the Python packages (cells with flow) beside ours, cell by cell. */
import type { Axis, Histogram } from '@fasthep/columns';
import { near } from './numbers.ts';

type Nested = number | Nested[];
interface Sparse {
  shape: number[];
  sparse_c_order: [number, number][];
}
export interface ExpectedHistogram {
  axes: { name: string; type: string; edges?: number[]; categories?: (string | number)[] }[];
  value: Nested | Sparse;
  variance?: Nested | Sparse;
}

/** What a cell of an axis is: a category, or an edge; `under` and `over` outside. */
type Cell = string;

const edgeCells = (edges: readonly number[]): Cell[] => [
  'under',
  ...edges.slice(0, -1).map((edge) => edge.toPrecision(10)),
  'over',
];

/** The cells of an axis; categories that grow have no cell for others. */
function expectedCells(axis: ExpectedHistogram['axes'][number], length: number): Cell[] {
  if (axis.categories) return [...axis.categories.map(String), 'over'].slice(0, length);
  return edgeCells(axis.edges!);
}

function ownCells(axis: Axis): Cell[] {
  switch (axis.kind) {
    case 'category_str':
    case 'category_int':
      return [...axis.categories.map(String), ...(axis.overflow ? ['over'] : [])];
    case 'boolean':
      return ['0', '1'];
    case 'integer': {
      const values = Array.from({ length: axis.high - axis.low }, (_, i) => String(axis.low + i));
      return [...(axis.underflow ? ['under'] : []), ...values, ...(axis.overflow ? ['over'] : [])];
    }
    default: {
      const edges =
        axis.kind === 'variable'
          ? axis.edges
          : Array.from(
              { length: axis.bins + 1 },
              (_, i) => axis.low + ((axis.high - axis.low) * i) / axis.bins,
            );
      const [under, ...rest] = edgeCells(edges);
      return [...(axis.underflow ? [under!] : []), ...(axis.overflow ? rest : rest.slice(0, -1))];
    }
  }
}

/** The cells that are not empty, by the names of their bins. */
function filled(cells: readonly Cell[][], flat: Iterable<[number, number]>): Map<string, number> {
  const made = new Map<string, number>();
  for (const [index, value] of flat) {
    if (value === 0) continue;
    let rest = index;
    const names: string[] = [];
    for (const axis of cells.toReversed()) {
      names.unshift(axis[rest % axis.length]!);
      rest = Math.floor(rest / axis.length);
    }
    made.set(names.join(' | '), value);
  }
  return made;
}

const flatten = (value: Nested | Sparse): [number, number][] =>
  typeof value === 'object' && 'sparse_c_order' in value
    ? value.sparse_c_order
    : ([value].flat(Number.POSITIVE_INFINITY) as number[]).map((one, i) => [i, one]);

function shapeOf(value: Nested | Sparse): number[] {
  if (typeof value === 'object' && 'shape' in value) return value.shape;
  return typeof value === 'number' ? [] : [value.length, ...shapeOf(value[0] ?? 0)];
}

/** What is different, cell by cell: nothing if the histograms agree. */
export function compareHistogram(want: ExpectedHistogram, got: Histogram | undefined, scale = 1): string[] {
  if (!got) return ['there is no such histogram'];
  const names = want.axes.map((axis) => axis.name);
  if (names.join() !== got.axes.map((axis) => axis.name).join())
    return [`axes ${got.axes.map((axis) => axis.name).join(', ')}, not ${names.join(', ')}`];
  const shape = shapeOf(want.value);
  const wanted = want.axes.map((axis, i) => expectedCells(axis, shape[i]!));
  const own = got.axes.map(ownCells);
  const wrong: string[] = [];
  const compare = (what: string, theirs: Nested | Sparse | undefined, ours: ArrayLike<number>) => {
    if (theirs === undefined) return;
    const expected = filled(wanted, flatten(theirs));
    const made = filled(
      own,
      Array.from(ours, (value, i): [number, number] => [i, value]),
    );
    for (const cell of new Set([...expected.keys(), ...made.keys()])) {
      const [a, b] = [made.get(cell) ?? 0, (expected.get(cell) ?? 0) * scale];
      if (!near(a, b)) wrong.push(`${what} at ${cell}: ${a}, not ${b}`);
    }
  };
  compare('value', want.value, got.values);
  if (got.storage === 'weighted') compare('variance', want.variance, got.variances);
  else if (want.variance !== undefined) wrong.push(`storage ${got.storage}, not weighted`);
  return wrong;
}
