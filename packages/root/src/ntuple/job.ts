import type { Column } from '@fasthep/columns';
import { assemble, storedIn } from './assemble.ts';
import { columnsOfShape, type Shape } from './layout.ts';
import { sliceRows } from './slice.ts';
import type { Cluster, Page, PhysicalColumn } from './types.ts';

/** A page that is wanted. */
export interface StoredPage {
  cluster: Cluster;
  column: PhysicalColumn;
  page: Page;
}

/** What must be read for some rows of a shape: records fall apart, numbers need only the pages of these rows. */
export type Job = { shape: Shape; clusters: Cluster[] } | { fields: [name: string, job: Job][] };

/** Plans the rows `[start, stop)`, which `clusters` hold. */
export function jobOf(shape: Shape, clusters: readonly Cluster[], start: number, stop: number): Job {
  if (shape.s === 'record')
    return { fields: shape.fields.map(([name, inner]) => [name, jobOf(inner, clusters, start, stop)]) };
  if (shape.s !== 'number') return { shape, clusters: [...clusters] };
  return { shape, clusters: clusters.map((cluster) => trimmed(shape.columns, cluster, start, stop)) };
}

/** The pages of a job. */
export function pagesOf(job: Job): StoredPage[] {
  if ('fields' in job) return job.fields.flatMap(([, inner]) => pagesOf(inner));
  return job.clusters.flatMap((cluster) =>
    columnsOfShape(job.shape).flatMap((column) => {
      const stored = cluster.columns[column.id];
      if (!stored || stored.suspended) return [];
      return stored.pages.map((page) => ({ cluster, column, page }));
    }),
  );
}

/** The rows `[start, stop)` of a job out of its unpacked pages. */
export function runJob(
  job: Job,
  start: number,
  stop: number,
  unpacked: ReadonlyMap<Page, Uint8Array>,
): Column {
  if ('fields' in job) {
    const fields = job.fields.map(([name, inner]) => [name, runJob(inner, start, stop, unpacked)] as const);
    return { kind: 'record', length: stop - start, fields: Object.fromEntries(fields) };
  }
  const { shape, clusters } = job;
  const pages = (cluster: number, id: number) =>
    (clusters[cluster]!.columns[id]?.pages ?? []).map((page) => unpacked.get(page)!);
  const lengths = clusters.map(({ entries }) => entries);
  const first = clusters[0]?.start ?? start;
  return sliceRows(assemble(shape, { clusters, pages }, lengths), start - first, stop - first);
}

/** The part of a cluster that a column of numbers needs for some rows. */
function trimmed(columns: readonly PhysicalColumn[], cluster: Cluster, start: number, stop: number): Cluster {
  const { column, counts, there } = storedIn(columns, cluster);
  // Values that were left out stand in front; there is no page to count from.
  if (!column || there !== cluster.entries) return cluster;
  const [from, to] = [start - cluster.start, stop - cluster.start];
  const all = cluster.columns[column.id]!.pages;
  const pages: Page[] = [];
  let at = 0;
  let begin = 0;
  let entries = 0;
  all.forEach((page, p) => {
    const count = counts[p]!;
    if (at < to && at + count > from) {
      if (pages.length === 0) begin = at;
      pages.push(page);
      entries += count;
    }
    at += count;
  });
  const kept: Cluster['columns'] = [];
  kept[column.id] = { pages, suspended: false };
  return { start: cluster.start + begin, entries, columns: kept };
}
