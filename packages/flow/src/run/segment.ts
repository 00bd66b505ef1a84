/** One partition through a segment: opened once, every wanted result filled in the same pass. */
import { filesOf } from '../plan/keys.ts';
import type { PlanFile, SegmentFamily } from '../types/plan.ts';
import type {
  BatchContext,
  BatchRun,
  BatchWork,
  Lookup,
  RowReader,
  StreamRun,
  StreamType,
  TaskContext,
} from '../types/plugin.ts';
import type { ExecuteContext, TaskResult } from './context.ts';
import { lost, stopIfAborted, TaskFailure, taskError } from './failure.ts';
import { lookupsOf, openLookup } from './lookups.ts';
import type { PlanIndex } from './plan-index.ts';
import { type StageProgram, segmentPrograms } from './segment-program.ts';

type Rows = Pick<RowReader, 'batches'> & Partial<Pick<RowReader, 'close' | 'entries'>>;

/** Runs partition `task` of a segment and puts the partial results of `wanted` into the store. */
export async function runSegment(
  index: PlanIndex,
  segment: SegmentFamily,
  task: number,
  wanted: readonly string[],
  context: ExecuteContext,
): Promise<TaskResult> {
  const { outputs, partial, ...known } = index.segment(segment.id);
  const dataset = known.dataset(task);
  const keyOf = (id: string) => partial(id, [task, task + 1])!;
  const asked = wanted.filter((id) => outputs.get(id)?.templates[dataset]);
  const there = await context.store.has(asked.map(keyOf));
  const lacking = asked.filter((_, i) => !there[i]);
  if (lacking.length === 0) return { outcome: 'reused', made: [] };

  const type = streamType(segment, context);
  const { stages, columns } = segmentPrograms(segment, type, dataset, lacking);
  const taskContext: TaskContext = { registry: context.registry, signal: context.signal, log: context.log };
  const runs = new Map<number, StreamRun>();
  for (const { stage, program, fills } of stages)
    runs.set(stage, await type.start(program, fills, taskContext));

  const name = segment.datasets[dataset]!.name;
  const feeding: Feeding = {
    stages,
    runs,
    segment,
    context: taskContext,
    lookups: new Map(),
    works: new Map(),
  };
  for (const looked of lookupsOf(index, segment, lacking, dataset)) {
    const ports = feeding.lookups.get(looked.stage) ?? {};
    ports[looked.port] = openLookup(index, looked, name, type, context);
    feeding.lookups.set(looked.stage, ports);
  }
  const firstFile = segment.partitions[task]![0] - segment.partitions[known.ranges[dataset]![0]]![0];
  let rows = 0;
  let bytes = 0;
  for (const [offset, file] of filesOf(segment, task).entries()) {
    const reader = await openRows(index, segment, task, file, columns, type, context);
    try {
      for await (const batch of reader.batches()) {
        stopIfAborted(context.signal);
        rows += batch.rows;
        bytes += batch.bytes;
        await runs.get(0)!.push(batch.batch);
        const { entries } = reader;
        const place =
          batch.first === undefined || entries === undefined
            ? undefined
            : { file: firstFile + offset, first: batch.first, entries };
        await feed(feeding, stages[0]!, place);
        context.onProgress?.({ dataset: name, rows: batch.rows, bytes: batch.bytes, file: file.path });
      }
    } catch (error) {
      throw located(error, file.path, name);
    } finally {
      await reader.close?.();
    }
  }

  const partials: { key: string; bytes: Uint8Array }[] = [];
  for (const stage of stages) {
    for (const [id, bytes] of await ownResults(feeding, stage)) partials.push({ key: keyOf(id), bytes });
    const made = await runs.get(stage.stage)!.finish();
    await feed(feeding, stage);
    for (const id of stage.fills) {
      if (!lacking.includes(id)) continue;
      const partial = made[id];
      if (!partial) throw broken(`the stream type '${type.name}' gave no result for '${id}'`);
      partials.push({ key: keyOf(id), bytes: partial });
    }
  }
  stopIfAborted(context.signal);
  await context.store.put(partials);
  return { outcome: 'done', made: partials.map(({ key }) => key), columns, rows, bytes, dataset: name };
}

/** What batch operators between the stages of one partition work with. */
interface Feeding {
  stages: readonly StageProgram[];
  runs: ReadonlyMap<number, StreamRun>;
  segment: SegmentFamily;
  context: TaskContext;
  /** By stage. */
  lookups: Map<number, Record<string, Lookup>>;
  /** What a batch operator keeps between batches, by the stage that it feeds. */
  works: Map<number, BatchWork>;
}

/** Gives the rows that a stage collected to the batch operators after it, and their rows to the next stages. */
async function feed(feeding: Feeding, stage: StageProgram, place?: BatchContext['place']): Promise<void> {
  const { stages, runs, segment, context } = feeding;
  for (const { collect, to, whole } of stage.feeds) {
    const batch = runs.get(stage.stage)!.drain?.(collect);
    if (batch === undefined) continue;
    const { from } = segment.stages[to]!;
    if (from.kind !== 'batch') continue;
    const at = whole ? place : undefined;
    const work = await workOf(feeding, to);
    const made = work
      ? await work.push(batch, at)
      : await batchOperator(from, context).apply(from.args, batch, {
          ...batchContext(feeding, to),
          ...(at ? { place: at } : {}),
        });
    await runs.get(to)!.push(made);
    await feed(feeding, stages.find((other) => other.stage === to)!);
  }
}

function batchContext({ segment, context, lookups }: Feeding, stage: number): BatchContext {
  const { from } = segment.stages[stage]!;
  const known = from.kind === 'batch' ? from.known : undefined;
  return { ...context, lookups: lookups.get(stage) ?? {}, ...(known ? { known } : {}) };
}

/** What the batch operator before a stage keeps for this partition; undefined where it keeps nothing. */
async function workOf(feeding: Feeding, stage: number): Promise<BatchWork | undefined> {
  const { from } = feeding.segment.stages[stage]!;
  if (from.kind !== 'batch') return undefined;
  let work = feeding.works.get(stage);
  if (!work) {
    work = await batchOperator(from, feeding.context).start?.(from.args, batchContext(feeding, stage));
    if (work) feeding.works.set(stage, work);
  }
  return work;
}

/** Results that the batch operator before a stage gives beside its rows. */
async function ownResults(feeding: Feeding, stage: StageProgram): Promise<[string, Uint8Array][]> {
  const made = await (await workOf(feeding, stage.stage))?.finish?.();
  return Object.entries(stage.results).map(([id, port]) => {
    const bytes = made?.[port];
    if (!bytes) throw broken(`a batch operator gave nothing for its output '${port}'`);
    return [id, bytes];
  });
}

/** The batch operator of a plan's stage. */
export function batchOperator(
  from: { operator: string; semantics: number },
  { registry }: TaskContext,
): BatchRun {
  const operator = sameOperator(registry, from.operator, from.semantics);
  if (operator.run.kind !== 'batch') throw broken(`operator '${from.operator}' does not work on batches`);
  return operator.run;
}

async function openRows(
  index: PlanIndex,
  segment: SegmentFamily,
  task: number,
  planned: PlanFile,
  columns: readonly string[],
  type: StreamType,
  { registry, store, signal }: ExecuteContext,
): Promise<Rows> {
  const { source } = segment;
  if ('product' in source) {
    const product = index.find(source.product);
    const [bytes] = product ? await store.get([product.key]) : [];
    if (!product || !bytes) throw lost(`the result of ${source.product.name}`);
    const value = await valueType(registry, product.type).decode(bytes);
    return { batches: () => type.rows(value).read(columns) };
  }
  const { run } = sameOperator(registry, source.operator, source.semantics);
  if (run.kind !== 'source') throw broken(`operator '${source.operator}' opens nothing`);
  const [, part, parts] = segment.partitions[task]!;
  const { dataset, rows, ...file } = planned;
  const { labels, constants } = segment.datasets[dataset]!;
  try {
    return await run.open(source.args, {
      port: source.port,
      file,
      dataset: { labels, constants },
      part,
      parts,
      columns,
      rows,
      registry,
      signal,
    });
  } catch (error) {
    throw located(error, file.path, labels.dataset ?? '');
  }
}

function streamType(segment: SegmentFamily, { registry }: ExecuteContext): StreamType {
  const type = registry.stream(segment.stream);
  if (!type) throw broken(`no plug-in has the stream type '${segment.stream}'`, 'load the plug-in with use:');
  return type;
}

/** The value type of that name. */
export function valueType(registry: ExecuteContext['registry'], name: string) {
  const type = registry.type(name);
  if (!type) throw broken(`no plug-in has the value type '${name}'`, 'load the plug-in with use:');
  return type;
}

/** The operator of that name, with the meaning that the plan was made with. */
export function sameOperator(registry: ExecuteContext['registry'], name: string, semantics: number) {
  const found = registry.operator(name);
  if ('problem' in found) throw broken(found.problem.message, found.problem.help);
  if (found.operator.semantics !== semantics) {
    throw broken(
      `the plan was made with semantics number ${semantics} of '${name}', and here it is ${found.operator.semantics}`,
      'make the plan again with this version',
    );
  }
  return found.operator;
}

function broken(message: string, help?: string): TaskFailure {
  return new TaskFailure({ code: 'FLOW-R005', message, help, retry: 'none' });
}

/** Adds the file to an error that does not say where it happened. */
function located(error: unknown, file: string, dataset: string): unknown {
  if (error instanceof TaskFailure) return error;
  const plain = taskError(error);
  const where: Record<string, string | number> = {
    ...(file ? { file } : {}),
    ...(dataset ? { dataset } : {}),
  };
  return new TaskFailure({ ...plain, where: { ...where, ...plain.where } });
}
