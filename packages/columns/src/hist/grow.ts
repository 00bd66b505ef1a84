import { ColumnsError } from '../error.ts';
import { hasOverflow, hasUnderflow } from './axis.ts';
import type { AxisValue } from './lookup.ts';
import type { CellMap } from './regrid.ts';
import type { Axis, IntegerAxis, RegularAxis, VariableAxis } from './types.ts';

/** One value far away must not take all memory. */
const MOST_BINS = 10_000_000;

/** Whether bins are added for values outside. */
export function isGrowing(axis: Axis): boolean {
  return 'growing' in axis && axis.growing === true;
}

/** A growing axis, grown until all values have a bin; the axis itself if they have. Throws `hist.growth`. */
export function growAxis(axis: Axis, values: ArrayLike<AxisValue>): Axis {
  if (!isGrowing(axis)) return axis;
  if (axis.kind === 'regular') return growRegular(axis, values);
  if (axis.kind === 'integer') return growInteger(axis, values);
  if (axis.kind === 'variable') return growVariable(axis, values);
  if (axis.kind === 'category_str' || axis.kind === 'category_int') {
    const known = new Set<AxisValue>(axis.categories);
    const before = known.size;
    for (let i = 0; i < values.length; i++)
      known.add(axis.kind === 'category_str' ? String(values[i]) : Number(values[i]));
    if (known.size > before) return checked({ ...axis, categories: [...known] } as Axis, known.size);
  }
  return axis;
}

/** Where the cells of an axis lie on the axis that it has grown into, given the bins put before its first. */
export function growthMap(
  before: Axis,
  after: Axis,
  shift: number,
  bins: number,
  binsAfter: number,
): CellMap {
  const map: number[] = [];
  const first = Number(hasUnderflow(after));
  if (hasUnderflow(before)) map.push(0);
  for (let i = 0; i < bins; i++) map.push(first + shift + i);
  if (hasOverflow(before)) map.push(first + binsAfter);
  return Int32Array.from(map);
}

/** As boost-histogram has it: the width stays, one end moves. */
function growRegular(axis: RegularAxis, values: ArrayLike<AxisValue>): Axis {
  let { low, bins } = axis;
  let delta = axis.high - low;
  let grown = false;
  for (let i = 0; i < values.length; i++) {
    const z = (Number(values[i]) - low) / delta;
    if ((z >= 0 && z < 1) || !Number.isFinite(z)) continue;
    grown = true;
    if (z < 0) {
      const stop = low + delta;
      const more = Math.floor(z * bins);
      low += more * (delta / bins);
      delta = stop - low;
      bins -= more;
    } else {
      const more = Math.trunc(z * bins) - bins + 1;
      delta = (delta / bins) * (bins + more);
      bins += more;
    }
    if (bins > MOST_BINS) break;
  }
  return grown ? checked({ ...axis, low, high: low + delta, bins }, bins) : axis;
}

/** As boost-histogram has it: each value outside adds one edge, at least half a bin away. */
function growVariable(axis: VariableAxis, values: ArrayLike<AxisValue>): Axis {
  const edges = [...axis.edges];
  for (let i = 0; i < values.length && edges.length <= MOST_BINS + 1; i++) {
    const x = Number(values[i]);
    if (!Number.isFinite(x)) continue;
    const [first, second] = edges as [number, number];
    const [before, last] = edges.slice(-2) as [number, number];
    if (x < first) edges.unshift(Math.min(x, first - (second - first) / 2));
    else if (x >= last) edges.push(Math.max(nextUp(x), last + (last - before) / 2));
  }
  return edges.length === axis.edges.length ? axis : checked({ ...axis, edges }, edges.length - 1);
}

/** The next larger double. */
function nextUp(x: number): number {
  const value = new Float64Array([x]);
  const bits = new BigInt64Array(value.buffer);
  if (x === 0) return Number.MIN_VALUE;
  bits[0] = bits[0]! + (x > 0 ? 1n : -1n);
  return value[0]!;
}

function growInteger(axis: IntegerAxis, values: ArrayLike<AxisValue>): Axis {
  let { low, high } = axis;
  for (let i = 0; i < values.length; i++) {
    const x = Math.floor(Number(values[i]));
    if (!Number.isFinite(x)) continue;
    low = Math.min(low, x);
    high = Math.max(high, x + 1);
  }
  return low === axis.low && high === axis.high ? axis : checked({ ...axis, low, high }, high - low);
}

function checked(axis: Axis, bins: number): Axis {
  if (bins <= MOST_BINS) return axis;
  throw new ColumnsError(
    'hist.growth',
    `axis '${axis.name}' would grow to ${bins} bins`,
    'fix its bins, or leave out values that lie far away',
  );
}
