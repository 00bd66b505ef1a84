import {
  type Column,
  type DataType,
  type Range,
  readRanges,
  type Schema,
  type Table,
  type TableReader,
} from '@fasthep/columns';
import { fastMachine, xxh3 } from '../codec/fast.ts';
import { ready, unpack } from '../codec/unpack.ts';
import { RootError, within, withinAsync } from '../error/error.ts';
import { suggestion } from '../error/nearest.ts';
import type { PathKey, RootFile } from '../file/types.ts';
import { pageSize } from './encoding.ts';
import { jobOf, pagesOf, runJob, type StoredPage } from './job.ts';
import { columnsOfShape, type Shape, selectShape, shapeOf, typeOfShape } from './layout.ts';
import { readNtuple } from './metadata.ts';
import type { Cluster, Ntuple, Page } from './types.ts';

/** An RNTuple as a table. */
export interface NtupleReader extends TableReader {
  readonly description: string;
  /** The type of a column, by any name that `read` takes; undefined when there is none. */
  typeOf(name: string): DataType | undefined;
  /** Which bytes `read` would read, before they are joined. */
  ranges(columns: readonly string[], start: number, stop: number): [start: number, stop: number][];
}

/** Opens the RNTuple of a key. Fields inside of fields are columns of their own too: `jets.pt`. */
export async function openNtuple(file: RootFile, key: PathKey): Promise<NtupleReader> {
  const ntuple = await readNtuple(file, key);
  return ntupleReader(file, key.path, ntuple);
}

function ntupleReader(file: RootFile, path: string, ntuple: Ntuple): NtupleReader {
  const place = { file: file.source.name, object: path };
  const shapes = new Map<string, Shape>();
  const schema: Schema = {};
  const unreadable: Record<string, string> = {};
  for (const field of ntuple.fields) {
    try {
      const shape = shapeOf(field);
      for (const column of columnsOfShape(shape)) pageSize(column, 0);
      shapes.set(field.name, shape);
      schema[field.name] = typeOfShape(shape);
    } catch (error) {
      if (!(error instanceof RootError)) throw error;
      unreadable[field.name] = error.problem;
    }
  }

  function find(name: string): Shape | undefined {
    const whole = shapes.get(name);
    if (whole) return whole;
    // Names of fields may hold dots: the longest top-level name wins.
    const steps = name.split('.');
    for (let i = steps.length - 1; i > 0; i--) {
      const top = shapes.get(steps.slice(0, i).join('.'));
      const found = top && selectShape(top, steps.slice(i));
      if (found) return found;
    }
    return undefined;
  }

  function need(name: string): Shape {
    const found = find(name);
    if (found) return found;
    const why = unreadable[name] ?? unreadable[name.split('.')[0]!];
    if (why !== undefined)
      throw new RootError('ROOT-E06', `it cannot be read: ${why}`, { ...place, column: name });
    throw new RootError(
      'ROOT-E05',
      `there is no column '${name}'`,
      place,
      suggestion(name, Object.keys(schema)),
    );
  }

  function clustersFor(start: number, stop: number): Cluster[] {
    if (
      !(
        Number.isInteger(start) &&
        Number.isInteger(stop) &&
        start >= 0 &&
        start <= stop &&
        stop <= ntuple.entries
      )
    )
      throw new RootError('ROOT-E10', `rows ${start} to ${stop} of a table of ${ntuple.entries}`, place);
    return ntuple.clusters.filter((one) => one.start < stop && one.start + one.entries > start);
  }

  return {
    schema,
    ...(Object.keys(unreadable).length > 0 && { unreadable }),
    entries: ntuple.entries,
    clusters: ntuple.clusters.filter(({ entries }) => entries > 0).map(({ start }) => start),
    description: ntuple.description,
    typeOf(name) {
      const shape = find(name);
      return shape && typeOfShape(shape);
    },
    ranges(names, start, stop) {
      const clusters = clustersFor(start, stop);
      return names
        .flatMap((name) => pagesOf(jobOf(need(name), clusters, start, stop)))
        .map(({ page }): [number, number] => rangeOf(page));
    },
    async read(names, start, stop, signal): Promise<Table> {
      const clusters = clustersFor(start, stop);
      const wanted = names.map((name) => {
        const job = jobOf(need(name), clusters, start, stop);
        return { name, job, pages: pagesOf(job) };
      });
      const ranges = wanted.flatMap(({ name, pages }) =>
        pages.map(({ page }) => checkedRange(page, file.source.size, { ...place, column: name })),
      );
      const bytes = await readRanges(file.source, ranges, { signal });
      const columns: Record<string, Column> = {};
      let at = 0;
      for (const { name, job, pages } of wanted) {
        const own = bytes.slice(at, at + pages.length);
        at += pages.length;
        columns[name] = await withinAsync({ ...place, column: name }, async () =>
          runJob(job, start, stop, await unpackPages(pages, own)),
        );
      }
      return { length: stop - start, columns };
    },
    close: () => file.source.close(),
  };
}

function rangeOf({ locator, checksum }: Page): [number, number] {
  return [locator.offset, locator.offset + locator.size + (checksum ? 8 : 0)];
}

function checkedRange(
  page: Page,
  size: number,
  place: { file: string; object: string; column: string },
): Range {
  const range = rangeOf(page);
  if (range[1] <= size) return range;
  throw new RootError('ROOT-E02', `a page should lie at bytes ${range[0]} to ${range[1]} of ${size}`, {
    ...place,
    offset: range[0],
  });
}

async function unpackPages(
  pages: readonly StoredPage[],
  bytes: readonly Uint8Array[],
): Promise<Map<Page, Uint8Array>> {
  const fast = await fastMachine();
  const packed = pages.map(({ column, page }, i) => ({
    bytes: bytes[i]!.subarray(0, page.locator.size),
    size: pageSize(column, page.elements),
  }));
  const unpacked = new Map<Page, Uint8Array>();
  for (let i = 0; i < pages.length; i++) {
    const { page } = pages[i]!;
    const one = packed[i]!;
    if (page.checksum) {
      const stored = bytes[i]!.subarray(page.locator.size);
      const view = new DataView(stored.buffer, stored.byteOffset, 8);
      if (xxh3(fast, one.bytes) !== view.getBigUint64(0, true))
        within({ offset: page.locator.offset }, () => {
          throw new RootError('ROOT-E08', 'the checksum of a page does not match');
        });
    }
    await withinAsync({ offset: page.locator.offset }, () => ready([one]));
    unpacked.set(
      page,
      within({ offset: page.locator.offset }, () => unpack(one.bytes, one.size)),
    );
  }
  return unpacked;
}
