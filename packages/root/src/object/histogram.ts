import type { Axis, Histogram } from '@fasthep/columns';
import { RootError } from '../error/error.ts';
import { isPlain, numberOf, objectsOf, type Plain, textOf } from '../streamer/values.ts';

const axisNames = ['x', 'y', 'z'] as const;

/** Whether an object is a TH1, TH2, TH3 or TProfile of any kind. */
export function isHistogram(plain: Plain): boolean {
  return /^T(?:H[123][CSILFDK]?|Profile(?:2D|3D)?)$/.test(plain['@class']) && isPlain(plain.fXaxis);
}

/**
 * A ROOT histogram as a histogram of columns, with its flow bins. Without squared weights the storage is
 * `double`, with them `weighted`; profiles are `weighted_mean`. Throws RootError when the parts do not fit.
 */
export function histogramOf(plain: Plain): Histogram {
  const axes = axisNames
    .slice(0, dimensionsOf(plain))
    .map((name) => axisOf(plain, `f${name.toUpperCase()}axis`, name));
  const bins = axes.map(({ bins: count }) => count + 2);
  const cells = bins.reduce((a, b) => a * b, 1);
  const order = orderOf(bins);
  const take = (values: ArrayLike<number | bigint>) =>
    Float64Array.from(order, (from) => Number(values[from]));
  const content = arrayOf(plain, 'items', cells);
  if (!content) throw new RootError('ROOT-E03', `a ${plain['@class']} without contents`);
  const squares = arrayOf(plain, 'fSumw2', cells);
  const kept = axes.map((axis, i) => textAxis(axis.axis, labelsOf(plain, i), content, bins, i));
  const keep = keptCells(kept, bins);
  const pick = (values: Float64Array) => (keep ? Float64Array.from(keep, (at) => values[at]!) : values);
  if (plain['@class'].startsWith('TProfile')) return profile(plain, kept, cells, (one) => pick(take(one)));
  const values = pick(take(content));
  if (!squares) return { axes: kept, storage: 'double', values };
  return { axes: kept, storage: 'weighted', values, variances: pick(take(squares)) };
}

function profile(
  plain: Plain,
  axes: Axis[],
  cells: number,
  take: (values: ArrayLike<number | bigint>) => Float64Array,
): Histogram {
  const [wy, wyy, w] = ['items', 'fSumw2', 'fBinEntries'].map((name) => {
    const values = arrayOf(plain, name, cells);
    if (!values) throw new RootError('ROOT-E03', `a ${plain['@class']} without ${name}`);
    return take(values);
  }) as [Float64Array, Float64Array, Float64Array];
  const squares = arrayOf(plain, 'fBinSumw2', cells);
  return {
    axes,
    storage: 'weighted_mean',
    sumw: w,
    sumw2: squares ? take(squares) : w.slice(),
    values: wy.map((value, i) => (w[i] === 0 ? 0 : value / w[i]!)),
    deltas: wyy.map((value, i) => (w[i] === 0 ? 0 : Math.max(0, value - wy[i]! ** 2 / w[i]!))),
  };
}

function dimensionsOf(plain: Plain): number {
  const name = plain['@class'];
  if (name.startsWith('TProfile')) return name.endsWith('2D') ? 2 : name.endsWith('3D') ? 3 : 1;
  return Number(name[2]);
}

function axisOf(plain: Plain, member: string, name: string): { axis: Axis; bins: number } {
  const axis = plain[member];
  if (!isPlain(axis)) throw new RootError('ROOT-E03', `a ${plain['@class']} without ${member}`);
  const bins = numberOf(axis, 'fNbins') ?? 0;
  const [low, high] = [numberOf(axis, 'fXmin') ?? 0, numberOf(axis, 'fXmax') ?? 0];
  if (!(bins > 0 && bins < 1e8)) throw new RootError('ROOT-E03', `an axis of ${bins} bins`);
  const title = textOf(axis, 'fTitle');
  const common = { name, underflow: true, overflow: true, ...(title && { label: title }) };
  const edges = isPlain(axis.fXbins) ? axis.fXbins.items : undefined;
  if (edges instanceof Float64Array && edges.length === bins + 1)
    return { axis: { kind: 'variable', edges: [...edges], ...common }, bins };
  return { axis: { kind: 'regular', bins, low, high, ...common }, bins };
}

/** Labels of all bins of an axis, or undefined. */
function labelsOf(plain: Plain, index: number): string[] | undefined {
  const axis = plain[`f${axisNames[index]!.toUpperCase()}axis`];
  if (!isPlain(axis)) return undefined;
  const bins = numberOf(axis, 'fNbins') ?? 0;
  const found = objectsOf(axis, 'fLabels');
  if (found.length !== bins) return undefined;
  const labels: string[] = [];
  for (const one of found) labels[(numberOf(one, 'fUniqueID') ?? 0) - 1] = textOf(one, 'fString') ?? '';
  const complete = Array.from({ length: bins }, (_, i) => labels[i]);
  if (complete.includes(undefined) || new Set(complete).size !== bins) return undefined;
  return complete as string[];
}

/** A labelled axis is one of categories, which has no underflow: as long as ROOT's is empty. */
function textAxis(
  axis: Axis,
  labels: string[] | undefined,
  content: ArrayLike<number | bigint>,
  bins: readonly number[],
  index: number,
): Axis {
  if (!labels) return axis;
  const stride = bins.slice(0, index).reduce((a, b) => a * b, 1);
  for (let i = 0; i < content.length; i++)
    if (Math.floor(i / stride) % bins[index]! === 0 && Number(content[i]) !== 0) return axis;
  return {
    kind: 'category_str',
    name: axis.name,
    categories: labels,
    overflow: true,
    ...(axis.label !== undefined && { label: axis.label }),
  };
}

/** Cells in C order that remain without the underflow of category axes; undefined when all do. */
function keptCells(axes: readonly Axis[], bins: readonly number[]): number[] | undefined {
  if (axes.every((axis) => axis.kind !== 'category_str')) return undefined;
  const cells = bins.reduce((a, b) => a * b, 1);
  const kept: number[] = [];
  for (let cell = 0; cell < cells; cell++) {
    let rest = cell;
    let inside = true;
    for (let i = bins.length - 1; i >= 0; i--) {
      if (axes[i]!.kind === 'category_str' && rest % bins[i]! === 0) inside = false;
      rest = Math.floor(rest / bins[i]!);
    }
    if (inside) kept.push(cell);
  }
  return kept;
}

/** ROOT's cell for each cell in C order: ROOT's first axis is the fastest. */
function orderOf(bins: readonly number[]): number[] {
  const [nx = 1, ny = 1, nz = 1] = bins;
  const order: number[] = [];
  for (let x = 0; x < nx; x++)
    for (let y = 0; y < ny; y++) for (let z = 0; z < nz; z++) order.push(x + nx * (y + ny * z));
  return order;
}

/** A member that is an array with a number for each cell; undefined when it is empty. */
function arrayOf(plain: Plain, member: string, cells: number): ArrayLike<number | bigint> | undefined {
  const value = plain[member];
  const items = isPlain(value) ? value.items : value;
  if (!ArrayBuffer.isView(items)) return undefined;
  const array = items as unknown as ArrayLike<number | bigint>;
  if (array.length === 0) return undefined;
  if (array.length !== cells)
    throw new RootError(
      'ROOT-E03',
      `${member} of a ${plain['@class']} has ${array.length} of ${cells} cells`,
    );
  return array;
}
