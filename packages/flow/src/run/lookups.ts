/** Rows of other segments that the tasks of a segment look up. */
import { lookupKey, lookupRange } from '../plan/lookup.ts';
import type { Family, SegmentFamily } from '../types/plan.ts';
import type { Lookup, StreamType } from '../types/plugin.ts';
import type { ExecuteContext } from './context.ts';
import { lost } from './failure.ts';
import { type PlanIndex, type TaskItem, taskName } from './plan-index.ts';

/** What one task looks up: an output of partitions `[first, last)` of another segment. */
export interface LookedUp {
  stage: number;
  port: string;
  segment: string;
  output: string;
  range: [number, number];
}

/** Lookups of the stages that lead to some outputs, for one dataset. */
export function lookupsOf(
  index: PlanIndex,
  segment: SegmentFamily,
  outputs: readonly string[],
  dataset: number,
): LookedUp[] {
  const stages = new Set<number>();
  for (const output of segment.outputs) {
    if (!outputs.includes(output.id)) continue;
    for (let stage = output.stage; ; ) {
      const { from } = segment.stages[stage]!;
      if (from.kind !== 'batch') break;
      stages.add(stage);
      stage = from.stage;
    }
  }
  return [...stages].flatMap((stage) => {
    const { from } = segment.stages[stage]!;
    if (from.kind !== 'batch') return [];
    return (from.lookups ?? []).map(({ port, segment: other, output }) => {
      const { range } = lookupRange(index.segment(other).family, segment.datasets[dataset]!.name);
      return { stage, port, segment: other, output, range };
    });
  });
}

/** Lookups of some tasks of a segment, each once. */
export function lookupsOfItems(
  index: PlanIndex,
  segment: SegmentFamily,
  items: readonly TaskItem[],
): LookedUp[] {
  if (!segment.stages.some(({ from }) => from.kind === 'batch' && from.lookups)) return [];
  const found = new Map<string, LookedUp>();
  for (const item of items) {
    if (item.family !== segment.id) continue;
    const dataset = index.segment(segment.id).dataset(item.index);
    for (const one of lookupsOf(index, segment, item.outputs, dataset)) {
      found.set(JSON.stringify([one.segment, one.output, one.range]), one);
    }
  }
  return [...found.values()];
}

/** Names of the tasks that make what a task looks up. */
export function lookupTasks(index: PlanIndex, family: Family, item: TaskItem): string[] {
  if (family.kind !== 'segment') return [];
  return lookupsOfItems(index, family, [item]).flatMap(({ segment, range }) => {
    const other = index.segment(segment).family;
    return Array.from({ length: range[1] - range[0] }, (_, i) => taskName(other, range[0] + i));
  });
}

/** The rows for a batch operator, read from the store piece by piece. */
export function openLookup(
  index: PlanIndex,
  looked: LookedUp,
  dataset: string,
  type: StreamType,
  { store }: ExecuteContext,
): Lookup {
  const { family, partial } = index.segment(looked.segment);
  const [first, last] = looked.range;
  const step = family.stages.flatMap(({ steps }) => steps).find(({ id }) => id === looked.output)!;
  const firstFile = family.partitions[first]?.[0] ?? 0;
  return {
    name: looked.segment,
    key: lookupKey(family, looked.output, dataset),
    async *pieces(file) {
      for (let at = first; at < last; at++) {
        const own = family.partitions[at]![0] - firstFile;
        if (file !== undefined && own !== file) continue;
        const [bytes] = await store.get([partial(looked.output, [at, at + 1])!]);
        if (!bytes) throw lost(`rows of ${taskName(family, at)}`);
        yield { batch: await type.assemble(step, [{ labels: {}, bytes }], []), file: own };
      }
    },
  };
}
