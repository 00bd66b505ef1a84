import { ColumnsError } from '../error.ts';
import {
  type Axis,
  type AxisValue,
  cellArrays,
  cellIndexer,
  type Histogram,
  makeHistogram,
  STORAGE_FIELDS,
  type Storage,
  stridesOf,
  totalCells,
} from '../hist/index.ts';

const MOST_CELLS = 2 ** 27;

/**
 * The cells of one histogram for every combination of labels: one block of cells for each. Axes with one bin for each
 * value that occurs grow, for all combinations together.
 */
export class HistAccumulator {
  readonly storage: Storage;
  readonly variants: number;
  /** In the order of `STORAGE_FIELDS`; replaced when an axis grows. */
  arrays: Float64Array[];
  /** Cells of one combination. */
  block: number;
  strides: number[];
  private axes: Axis[];
  private readonly categories: (Map<AxisValue, number> | undefined)[];
  private indexers: ((value: AxisValue) => number)[];

  constructor(axes: readonly Axis[], storage: Storage, variants: number) {
    this.axes = [...axes];
    this.storage = storage;
    this.variants = variants;
    this.categories = axes.map((axis) =>
      'growing' in axis && axis.growing ? new Map<AxisValue, number>() : undefined,
    );
    this.block = totalCells(axes);
    this.strides = stridesOf(axes);
    this.indexers = axes.map((axis) => cellIndexer(axis));
    this.arrays = STORAGE_FIELDS[storage].map(() => new Float64Array(this.block * variants));
  }

  /** The cell along one axis, -1 if it has none for the value. Growing axes get a new bin. */
  cell(axis: number, value: AxisValue): number {
    const known = this.categories[axis];
    if (!known) return this.indexers[axis]!(value);
    const found = known.get(value);
    if (found !== undefined) return found;
    const at = known.size;
    known.set(value, at);
    this.grow(axis);
    return at;
  }

  private grow(axis: number): void {
    const old = this.axes[axis]! as Axis & { categories: readonly (string | number)[] };
    const room = old.categories.length;
    const used = this.categories[axis]!.size;
    if (used <= room) return;
    const before = { axes: this.axes, arrays: this.arrays, block: this.block, strides: this.strides };
    // Room for twice as many: what is not used is cut off in the end.
    const categories = Array.from({ length: Math.max(4, room * 2) }, (_, i) => i);
    this.axes = before.axes.map((one, i) => (i === axis ? ({ ...one, categories } as unknown as Axis) : one));
    this.block = totalCells(this.axes);
    if (this.block * this.variants > MOST_CELLS)
      throw new ColumnsError(
        'program.cells',
        `axis '${old.name}' has more than ${used} values`,
        'give it bins or edges',
      );
    this.strides = stridesOf(this.axes);
    const inner = before.strides[axis]!;
    const rows = inner * room;
    this.arrays = before.arrays.map((array) => {
      const next = new Float64Array(this.block * this.variants);
      if (rows === 0) return next;
      // Along the axis and inside it cells keep their places; each stretch of them moves on.
      for (let from = 0, to = 0; from < array.length; from += rows, to += inner * categories.length)
        next.set(array.subarray(from, from + rows), to);
      return next;
    });
  }

  /** A cell from the cells along each axis, for one combination; -1 if one of them is. */
  index(variant: number, cells: readonly number[]): number {
    let at = variant * this.block;
    for (let k = 0; k < cells.length; k++) {
      const cell = cells[k]!;
      if (cell < 0) return -1;
      at += cell * this.strides[k]!;
    }
    return at;
  }

  /** Adds an entry; as `entryAdder` of a histogram. */
  add(at: number, w: number, x: number): void {
    const [a, b, c, d] = this.arrays as [Float64Array, Float64Array, Float64Array, Float64Array];
    switch (this.storage) {
      case 'count':
      case 'double':
        a[at] = a[at]! + w;
        return;
      case 'weighted':
        a[at] = a[at]! + w;
        b[at] = b[at]! + w * w;
        return;
      case 'mean': {
        if (w === 0) return;
        const delta = x - b[at]!;
        a[at] = a[at]! + w;
        b[at] = b[at]! + (w * delta) / a[at]!;
        c[at] = c[at]! + w * delta * (x - b[at]!);
        return;
      }
      case 'weighted_mean': {
        if (w === 0) return;
        const delta = x - c[at]!;
        a[at] = a[at]! + w;
        b[at] = b[at]! + w * w;
        c[at] = c[at]! + (w * delta) / a[at]!;
        d[at] = d[at]! + w * delta * (x - c[at]!);
      }
    }
  }

  /** A histogram with the labels as first axes. */
  finish(labels: readonly (readonly [string, readonly string[]])[]): Histogram {
    const finished = this.axes.map((axis, k) => this.finished(axis, k));
    const own = finished.map(({ axis }) => axis);
    const outer = labels.map(
      ([name, categories]): Axis => ({
        kind: 'category_str',
        name,
        categories: [...categories],
        overflow: false,
      }),
    );
    const result = makeHistogram([...outer, ...own], this.storage);
    const targets = cellArrays(result);
    const block = totalCells(own);
    const strides = stridesOf(own);
    for (let v = 0; v < this.variants; v++)
      for (let cell = 0; cell < block; cell++) {
        let from = v * this.block;
        for (let k = 0, rest = cell; k < own.length; k++) {
          const along = Math.floor(rest / strides[k]!);
          rest -= along * strides[k]!;
          from += (finished[k]!.places?.[along] ?? along) * this.strides[k]!;
        }
        targets.forEach((target, i) => {
          target[v * block + cell] = this.arrays[i]![from]!;
        });
      }
    return result;
  }

  /** A growing axis with its categories in order, and where their cells are. */
  private finished(axis: Axis, k: number): { axis: Axis; places?: number[] } {
    const known = this.categories[k];
    if (!known) return { axis };
    const sorted = [...known].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
    const values = sorted.map(([value]) => value);
    const categories = axis.kind === 'category_int' ? values.map(Number) : values;
    return { axis: { ...axis, categories } as Axis, places: sorted.map(([, place]) => place) };
  }
}
