/** What a segment runs for one partition: the programs of its stages, and the columns to open. */
import { keptSteps } from '../interpret/streams.ts';
import type { SegmentFamily } from '../types/plan.ts';
import type { StreamProgram, StreamType } from '../types/plugin.ts';

/** One stage with what it has to give. */
export interface StageProgram {
  stage: number;
  program: StreamProgram;
  /** Fills to start it with: wanted ones, and rows for later stages. */
  fills: string[];
  /** What the batch operator before it gives itself: id → its port. */
  results: Record<string, string>;
  /** Fills whose rows a later stage works on. */
  feeds: { collect: string; to: number /** No row of the source was dropped. */; whole?: boolean }[];
}

/** The stages that the wanted outputs need, in order, and the source columns that these read. */
export function segmentPrograms(
  segment: SegmentFamily,
  type: StreamType,
  dataset: number,
  wanted: readonly string[],
): { stages: StageProgram[]; columns: string[] } {
  const { constants, labels, variant } = segment.datasets[dataset]!;
  const { omit, schemas } = segment.variants[variant]!;
  const outputs = segment.outputs.filter(({ id }) => wanted.includes(id));
  const fills = segment.stages.map((_, stage) =>
    outputs.filter((o) => o.stage === stage && o.result === undefined).map(({ id }) => id),
  );
  const results = segment.stages.map((_, stage): StageProgram['results'] =>
    Object.fromEntries(
      outputs.flatMap((o) => (o.stage === stage && o.result !== undefined ? [[o.id, o.result]] : [])),
    ),
  );
  const idle = (stage: number) => fills[stage]!.length === 0 && Object.keys(results[stage]!).length === 0;
  const feeds: StageProgram['feeds'][] = segment.stages.map(() => []);
  for (let stage = segment.stages.length - 1; stage > 0; stage--) {
    const { from } = segment.stages[stage]!;
    if (from.kind !== 'batch' || idle(stage)) continue;
    feeds[from.stage]!.push({ collect: from.collect, to: stage });
    if (!fills[from.stage]!.includes(from.collect)) fills[from.stage]!.push(from.collect);
  }

  const stages = segment.stages.flatMap(({ steps, options, functions }, stage): StageProgram[] => {
    if (idle(stage)) return [];
    const program: StreamProgram = {
      schema: schemas[stage]!,
      steps: keptSteps(steps, omit),
      constants: labels.dataset === undefined ? constants : { ...constants, name: labels.dataset },
    };
    if (options) program.options = options;
    if (functions) program.functions = functions;
    return [{ stage, program, fills: fills[stage]!, results: results[stage]!, feeds: feeds[stage]! }];
  });

  const columns = new Set(outputs.filter((o) => o.stage === 0).flatMap((o) => o.columns[variant] ?? []));
  const [first] = stages;
  if (first && first.feeds.length > 0) {
    // What feeds another stage is no output of the plan: its columns are asked of the stream's type.
    const info = type.analyse(first.program);
    for (const feed of first.feeds) {
      const output = info.outputs[feed.collect];
      feed.whole = output?.whole ?? false;
      for (const name of output?.columns ?? []) columns.add(name);
    }
  }
  return { stages, columns: [...columns].sort() };
}
