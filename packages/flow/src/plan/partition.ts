/** Which parts of which files: fixed by data and config, before anything is opened. */
import type { SourceFacts } from '../types/facts.ts';
import type { PlanFile } from '../types/plan.ts';

/** Bytes of a file per partition, unless `run.partition_size` says otherwise. */
export const PARTITION_SIZE = 256 * 2 ** 20;

const UNITS: Record<string, number> = {
  '': 1,
  B: 1,
  kB: 1e3,
  KB: 1e3,
  MB: 1e6,
  GB: 1e9,
  KiB: 2 ** 10,
  MiB: 2 ** 20,
  GiB: 2 ** 30,
};

/** `256MB`, `1 GiB` or a number of bytes; undefined when it is neither. */
export function parseBytes(value: unknown): number | undefined {
  if (typeof value === 'number') return value > 0 ? value : undefined;
  const match = /^\s*(\d+(?:\.\d+)?)\s*([A-Za-z]*)\s*$/.exec(String(value));
  const unit = match && UNITS[match[2]!];
  return match && unit ? Math.round(Number(match[1]) * unit) || undefined : undefined;
}

export interface Limit {
  /** Rows of each dataset, from its start. */
  rows?: number;
  /** Partitions of each dataset, from its start. */
  partitions?: number;
}

/** Files and partitions `[file, part, parts]` of a source, dataset by dataset. */
export function partitionFiles(
  facts: SourceFacts,
  port: string,
  size: number,
  limit: Limit,
): { files: PlanFile[]; partitions: [number, number, number][] } {
  const files: PlanFile[] = [];
  const partitions: [number, number, number][] = [];
  facts.datasets.forEach((dataset, index) => {
    let rows = limit.rows ?? Number.POSITIVE_INFINITY;
    let room = limit.partitions ?? Number.POSITIVE_INFINITY;
    for (const file of dataset.files) {
      if (rows <= 0 || room <= 0) break;
      const planned: PlanFile = { dataset: index, path: file.path, size: file.size, identity: file.identity };
      const table = file.tables?.[port];
      if (table !== undefined) planned.tables = { [port]: table };
      const limited = limit.rows !== undefined;
      if (limited) {
        planned.rows = Math.min(rows, file.entries?.[port] ?? rows);
        rows -= planned.rows;
      }
      files.push(planned);
      // The first rows of a file are one partition: which cluster ends them is not known here.
      const parts = limited ? 1 : Math.max(1, Math.ceil(file.size / size));
      for (let part = 0; part < parts && room > 0; part++, room--) {
        partitions.push([files.length - 1, part, parts]);
      }
    }
  });
  return { files, partitions };
}
