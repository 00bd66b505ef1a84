import type { Column } from '@fasthep/columns';
import { RootError } from '../error/error.ts';
import { fixed } from '../sink/leaves.ts';
import { makeArray } from '../streamer/numbers.ts';
import { decodePage, encodingOf, pageSize } from './encoding.ts';
import type { Shape } from './layout.ts';
import { spread } from './spread.ts';
import type { Cluster, PhysicalColumn } from './types.ts';

/** Unpacked pages of a column in a cluster, in order. */
type PagesOf = (cluster: number, column: number) => Uint8Array[];

/** What columns are made of: some clusters, and their pages. */
export interface Source {
  clusters: readonly Cluster[];
  pages: PagesOf;
}

/** Puts a column together. `lengths` is how many values each cluster must have. */
export function assemble(shape: Shape, source: Source, lengths: readonly number[]): Column {
  const total = sum(lengths);
  switch (shape.s) {
    case 'number': {
      checkCounts(shape.columns, source, lengths);
      const out = makeArray(shape.type, total);
      decodeAll(shape.columns, source, lengths, (column, pages, counts, at) => {
        const { type } = encodingOf(column);
        if (type === shape.type) return decodePages(column, pages, counts, out, at);
        // Another representation: through its own type.
        const own = makeArray(type as typeof shape.type, sum(counts));
        decodePages(column, pages, counts, own, 0);
        const convert = typeof out[0] === 'bigint' ? BigInt : Number;
        for (let i = 0; i < own.length; i++) out[at + i] = convert(own[i]!);
      });
      return { kind: 'primitive', type: shape.type, length: total, values: out };
    }
    case 'cardinality': {
      checkCounts(shape.columns, source, lengths);
      const values = makeArray(shape.type, total);
      indexes(shape.columns, source, lengths, (at, size) => {
        values[at] = shape.type === 'int64' ? BigInt(size) : size;
      });
      return { kind: 'primitive', type: shape.type, length: total, values };
    }
    case 'string': {
      const { offsets, ends } = offsetsOf(
        shape.columns.map(([index]) => index),
        source,
        lengths,
      );
      const chars = shape.columns.map(([, one]) => one);
      checkCounts(chars, source, ends);
      const bytes = new Uint8Array(sum(ends));
      decodeAll(chars, source, ends, (column, pages, counts, at) =>
        decodePages(column, pages, counts, bytes, at),
      );
      return { kind: 'string', length: total, offsets, bytes };
    }
    case 'list': {
      const { offsets, ends } = offsetsOf(shape.columns, source, lengths);
      return { kind: 'list', length: total, offsets, content: assemble(shape.item, source, ends) };
    }
    case 'optional': {
      const { offsets, ends } = offsetsOf(shape.columns, source, lengths);
      const present = new Uint8Array(total);
      for (let i = 0; i < total; i++) {
        const size = offsets[i + 1]! - offsets[i]!;
        if (size > 1) throw new RootError('ROOT-E03', `an optional value that is there ${size} times`);
        present[i] = size;
      }
      return spread(assemble(shape.item, source, ends), present);
    }
    case 'array': {
      const inner = assemble(
        shape.item,
        source,
        lengths.map((length) => length * shape.size),
      );
      return fixed(inner, shape.size, total);
    }
    case 'record':
      return {
        kind: 'record',
        length: total,
        fields: Object.fromEntries(
          shape.fields.map(([name, inner]) => [name, assemble(inner, source, lengths)]),
        ),
      };
    case 'variant':
      return variant(shape, source, lengths);
  }
}

function variant(
  shape: Extract<Shape, { s: 'variant' }>,
  source: Source,
  lengths: readonly number[],
): Column {
  checkCounts(shape.columns, source, lengths);
  const total = sum(lengths);
  const tags = new Uint8Array(total);
  const counts = shape.fields.map(() => new Array<number>(lengths.length).fill(0));
  decodeAll(shape.columns, source, lengths, (_, pages, sizes, at, cluster) => {
    let row = at;
    pages.forEach((page, p) => {
      const view = new DataView(page.buffer, page.byteOffset, page.length);
      for (let i = 0; i < sizes[p]!; i++, row++) {
        const tag = view.getUint32(12 * i + 8, true);
        if (tag === 0) continue;
        const count = counts[tag - 1];
        const index = view.getUint32(12 * i, true) + view.getUint32(12 * i + 4, true) * 2 ** 32;
        if (!count || index !== count[cluster])
          throw new RootError('ROOT-E03', `a variant points to value ${index} of alternative ${tag}`);
        count[cluster]!++;
        tags[row] = tag;
      }
    });
  });
  const fields = shape.fields.map(([name, inner], alternative): [string, Column] => {
    const present = tags.map((tag) => (tag === alternative + 1 ? 1 : 0));
    return [name, spread(assemble(inner, source, counts[alternative]!), present)];
  });
  return { kind: 'record', length: total, fields: Object.fromEntries(fields) };
}

/** The representation that holds the values of a cluster, if the column was there at all. */
export function storedIn(columns: readonly PhysicalColumn[], cluster: Cluster) {
  const column = columns.find(({ id }) => {
    const stored = cluster.columns[id];
    return stored && !stored.suspended;
  });
  const counts = (column && cluster.columns[column.id]?.pages.map((page) => page.elements)) ?? [];
  return { column, counts, there: sum(counts) };
}

/** Most values that a column may leave out because it was added later. */
const mostLate = 2 ** 28;

/** Checks, before anything is allocated, that every cluster has as many values as it must. */
function checkCounts(
  columns: readonly PhysicalColumn[],
  { clusters }: Source,
  lengths: readonly number[],
): void {
  clusters.forEach((cluster, c) => {
    const length = lengths[c]!;
    const { column, there } = storedIn(columns, cluster);
    const late = !column || columns.some(({ first }) => first > 0);
    if (there > length || (there < length && !late) || length - there > mostLate)
      throw new RootError('ROOT-E03', `a cluster has ${there} values where ${length} are expected`);
  });
}

/** Calls `decode` for each cluster with the representation that holds its values. Late columns begin with zeros. */
function decodeAll(
  columns: readonly PhysicalColumn[],
  { clusters, pages }: Source,
  lengths: readonly number[],
  decode: (
    column: PhysicalColumn,
    pages: Uint8Array[],
    counts: number[],
    at: number,
    cluster: number,
  ) => void,
): void {
  let at = 0;
  clusters.forEach((cluster, c) => {
    const { column, counts, there } = storedIn(columns, cluster);
    if (column && there > 0) decode(column, pages(c, column.id), counts, at + lengths[c]! - there, c);
    at += lengths[c]!;
  });
}

function decodePages(
  column: PhysicalColumn,
  pages: readonly Uint8Array[],
  counts: readonly number[],
  out: Parameters<typeof decodePage>[3],
  at: number,
): void {
  pages.forEach((page, p) => {
    const size = pageSize(column, counts[p]!);
    if (page.length < size)
      throw new RootError('ROOT-E03', `a page of ${page.length} bytes instead of ${size}`);
    decodePage(column, page.subarray(0, size), counts[p]!, out, at);
    at += counts[p]!;
  });
}

/** Sizes of the collections of an index column, which counts from the start of each cluster. */
function indexes(
  columns: readonly PhysicalColumn[],
  source: Source,
  lengths: readonly number[],
  give: (at: number, size: number, cluster: number) => void,
): void {
  for (const column of columns)
    if (encodingOf(column).type !== 'index') throw new RootError('ROOT-E03', 'a collection without an index');
  decodeAll(columns, source, lengths, (column, pages, counts, at, cluster) => {
    const ends = new Float64Array(sum(counts));
    decodePages(column, pages, counts, ends, 0);
    let before = 0;
    for (let i = 0; i < ends.length; i++) {
      const size = ends[i]! - before;
      if (size < 0) throw new RootError('ROOT-E03', 'an index that descends');
      give(at + i, size, cluster);
      before = ends[i]!;
    }
  });
}

function offsetsOf(columns: readonly PhysicalColumn[], source: Source, lengths: readonly number[]) {
  checkCounts(columns, source, lengths);
  const offsets = new Int32Array(sum(lengths) + 1);
  const ends = new Array<number>(lengths.length).fill(0);
  indexes(columns, source, lengths, (at, size, cluster) => {
    offsets[at + 1] = size;
    ends[cluster]! += size;
  });
  if (sum(ends) > 0x7fffffff)
    throw new RootError('ROOT-E09', `a list of ${sum(ends)} items; read fewer rows at a time`);
  for (let i = 1; i < offsets.length; i++) offsets[i]! += offsets[i - 1]!;
  return { offsets, ends };
}

function sum(values: readonly number[]): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}
