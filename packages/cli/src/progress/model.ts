/** How far a run came, by dataset, from its events. */
import type { Event, Facts, Plan } from '@fasthep/flow';

/** One dataset. */
export interface DatasetProgress {
  name: string;
  /** To do in this run; rows where they are known beforehand. */
  partitions: number;
  bytes: number;
  rows?: number;
  /** Done. */
  partitionsDone: number;
  rowsDone: number;
  bytesRead: number;
  failed: number;
  /** First and last sign of it. */
  started?: number;
  last?: number;
}

/** The state of a run. */
export interface RunProgress {
  tasks: number;
  tasksDone: number;
  reused: number;
  failed: number;
  datasets: Map<string, DatasetProgress>;
}

/** Makes the state, and a function that takes in one event. */
export function runProgress(plan: Plan, facts: Facts): { state: RunProgress; take(event: Event): void } {
  const state: RunProgress = { tasks: 0, tasksDone: 0, reused: 0, failed: 0, datasets: new Map() };
  const known = knownRows(plan, facts);
  /** Rows and bytes that a running task has told of. */
  const told = new Map<string, { rows: number; bytes: number }>();
  return {
    state,
    take(event) {
      if (event.type === 'run-start') {
        state.tasks = event.tasks;
        state.reused = event.reused;
        for (const [name, { partitions, bytes }] of Object.entries(event.datasets ?? {})) {
          const share = known.get(name);
          state.datasets.set(name, {
            name,
            partitions,
            bytes,
            rows: share && share.bytes > 0 ? Math.round((share.rows * bytes) / share.bytes) : undefined,
            partitionsDone: 0,
            rowsDone: 0,
            bytesRead: 0,
            failed: 0,
          });
        }
      } else if (event.type === 'progress') {
        const dataset = state.datasets.get(event.dataset ?? '');
        if (!dataset) return;
        add(dataset, event.rows, event.bytes, event.time);
        const before = told.get(event.task) ?? { rows: 0, bytes: 0 };
        told.set(event.task, { rows: before.rows + event.rows, bytes: before.bytes + event.bytes });
      } else if (event.type === 'task-start') {
        // What an attempt before this one told of is read again.
        const before = told.get(event.task);
        if (before && event.attempt > 1) told.delete(event.task);
      } else if (event.type === 'task-end') {
        if (event.outcome === 'reused' && event.made === undefined) return;
        state.tasksDone++;
        if (event.outcome === 'failed') state.failed++;
        const dataset = event.dataset === undefined ? undefined : state.datasets.get(event.dataset);
        if (!dataset) return;
        const before = told.get(event.task) ?? { rows: 0, bytes: 0 };
        told.delete(event.task);
        add(
          dataset,
          (event.rows ?? before.rows) - before.rows,
          (event.bytes ?? before.bytes) - before.bytes,
          event.time,
        );
        dataset.partitionsDone++;
        if (event.outcome === 'failed') dataset.failed++;
      }
    },
  };
}

function add(dataset: DatasetProgress, rows: number, bytes: number, time: number): void {
  dataset.rowsDone += rows;
  dataset.bytesRead += bytes;
  dataset.started ??= time;
  dataset.last = time;
}

/** Part that is done, 0 to 1. */
export function fraction({ rows, rowsDone, partitions, partitionsDone }: DatasetProgress): number {
  if (partitions > 0 && partitionsDone >= partitions) return 1;
  const byParts = partitions > 0 ? partitionsDone / partitions : 0;
  return rows ? Math.min(0.999, Math.max(byParts, rowsDone / rows)) : byParts;
}

/** Rows of each dataset, where the survey knew them of every file. */
function knownRows(plan: Plan, facts: Facts): Map<string, { rows: number; bytes: number }> {
  const entries = new Map<string, Record<string, number>>();
  for (const source of Object.values(facts.sources)) {
    for (const { files } of source.datasets)
      for (const file of files) if (file.entries) entries.set(file.path, file.entries);
  }
  const known = new Map<string, { rows: number; bytes: number }>();
  for (const family of plan.families) {
    if (family.kind !== 'segment' || 'product' in family.source) continue;
    const { port } = family.source;
    family.datasets.forEach(({ name }, dataset) => {
      const files = family.files.filter((file) => file.dataset === dataset);
      const rows = files.map((file) => file.rows ?? entries.get(file.path)?.[port]);
      if (rows.some((n) => n === undefined)) return;
      const before = known.get(name) ?? { rows: 0, bytes: 0 };
      known.set(name, {
        rows: before.rows + rows.reduce<number>((sum, n) => sum + n!, 0),
        bytes: before.bytes + files.reduce((sum, { size }) => sum + size, 0),
      });
    });
  }
  return known;
}
