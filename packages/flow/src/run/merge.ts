import { checkOf } from '../keywords/check/rule.ts';
import { blockMembers } from '../plan/merge.ts';
import type { FinishFamily, MergeFamily, SegmentFamily, StreamStep } from '../types/index.ts';
import type { TaskContext } from '../types/plugin.ts';
import { checkResult } from './check.ts';
import type { ExecuteContext, TaskResult } from './context.ts';
import { lost, stopIfAborted } from './failure.ts';
import { type PlanIndex, taskName } from './plan-index.ts';
import { batchOperator, valueType } from './segment.ts';

/** Adds up the members of one block, left to right, for each wanted output. */
export async function runMerge(
  index: PlanIndex,
  merge: MergeFamily,
  task: number,
  wanted: readonly string[],
  context: ExecuteContext,
): Promise<TaskResult> {
  const { registry, store, signal } = context;
  const { family, partial } = index.segment(merge.segment);
  const type = registry.stream(family.stream)!;
  const block = merge.blocks[task]!;
  const members = blockMembers(block, merge.level);
  const made: { key: string; bytes: Uint8Array }[] = [];
  for (const id of wanted) {
    stopIfAborted(signal);
    const key = partial(id, block)!;
    if ((await store.has([key]))[0]) continue;
    const parts = await store.get(members.map((member) => partial(id, member)!));
    const gap = parts.indexOf(undefined);
    if (gap >= 0) throw lost(`the partial result '${id}' of ${taskName(family, members[gap]![0])}`);
    const own = ownResult(family, id, context);
    const bytes = own
      ? await own.results.merge(own.args, own.port, parts as Uint8Array[], own.context)
      : await type.merge(stepOf(family, id), parts as Uint8Array[]);
    made.push({ key, bytes });
  }
  if (made.length > 0) await store.put(made);
  return { outcome: made.length > 0 ? 'done' : 'reused', made: made.map(({ key }) => key) };
}

/** Makes the products of a segment from what each dataset gave. */
export async function runFinish(
  index: PlanIndex,
  finish: FinishFamily,
  wanted: readonly string[],
  context: ExecuteContext,
): Promise<TaskResult> {
  const { registry, store, signal } = context;
  const { family, outputs, partial, ranges } = index.segment(finish.segment);
  const type = registry.stream(family.stream)!;
  const products = (index.products.get(finish.id) ?? []).filter(({ output }) => wanted.includes(output!));
  const made: { key: string; bytes: Uint8Array }[] = [];
  const has = await store.has(products.map(({ key }) => key));
  for (const [i, product] of products.entries()) {
    stopIfAborted(signal);
    const value = valueType(registry, product.type);
    const rule = checkOf({ check: finish.checks?.[product.output!] ?? null });
    if (has[i]) {
      // What is stored was made under another check, or none.
      const [bytes] = rule ? await store.get([product.key]) : [];
      if (rule && !bytes) throw lost(`the result of ${product.name}`);
      if (rule) checkResult(rule, product.name, value, await value.decode(bytes!), context.log);
      continue;
    }
    const output = outputs.get(product.output!)!;
    const datasets = family.datasets.flatMap((dataset, at) => {
      const range = ranges[at]!;
      const key = range[1] > range[0] ? partial(output.id, range) : undefined;
      return key === undefined ? [] : [{ dataset, key }];
    });
    const sums = await store.get(datasets.map(({ key }) => key));
    const parts = datasets.map(({ dataset }, at) => {
      const bytes = sums[at];
      if (!bytes) throw lost(`what dataset '${dataset.name}' gave for '${output.id}'`);
      return { labels: dataset.labels, bytes };
    });
    const own = ownResult(family, output.id, context);
    const result = own
      ? await own.results.assemble(own.args, own.port, parts, own.context)
      : await type.assemble(stepOf(family, output.id), parts, output.labels);
    if (rule) checkResult(rule, product.name, value, result, context.log);
    made.push({ key: product.key, bytes: await value.encode(result) });
  }
  if (made.length > 0) await store.put(made);
  return { outcome: made.length > 0 ? 'done' : 'reused', made: made.map(({ key }) => key) };
}

/** The batch operator that gives an output itself, and for which of its ports; undefined for what a step fills. */
function ownResult(segment: SegmentFamily, id: string, { registry, signal, log }: ExecuteContext) {
  const output = segment.outputs.find((one) => one.id === id);
  const from = output && segment.stages[output.stage]!.from;
  if (output?.result === undefined || from?.kind !== 'batch') return undefined;
  const context: TaskContext = { registry, signal, log, ...(from.known ? { known: from.known } : {}) };
  const { results } = batchOperator(from, context);
  return results && { results, args: from.args, port: output.result, context };
}

/** The step that fills an output. */
function stepOf(segment: SegmentFamily, id: string): StreamStep {
  for (const { steps } of segment.stages) {
    const step = steps.find((one) => one.id === id);
    if (step) return step;
  }
  throw new RangeError(`segment ${segment.id} has no step ${id}`);
}
