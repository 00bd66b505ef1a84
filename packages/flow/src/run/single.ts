import { checkOf } from '../keywords/check/rule.ts';
import type { Json, Product, SingleFamily } from '../types/index.ts';
import type { NamedValue, TaskContext, WholeRun } from '../types/plugin.ts';
import { checkResult } from './check.ts';
import type { ExecuteContext, TaskResult } from './context.ts';
import { lost, stopIfAborted, TaskFailure } from './failure.ts';
import { incompleteKey } from './incomplete.ts';
import type { PlanIndex } from './plan-index.ts';
import { sameOperator, valueType } from './segment.ts';

/** Runs a node that sees its inputs whole: once, or once for each of its members. */
export async function runSingle(
  index: PlanIndex,
  single: SingleFamily,
  context: ExecuteContext,
): Promise<TaskResult> {
  const { registry, store } = context;
  const products = index.products.get(single.id) ?? [];
  const has = await store.has(products.map(({ key }) => key));
  if (single.choice && !has.every(Boolean)) throw nothingMade(single);
  if (products.length > 0 && has.every(Boolean)) {
    await checkStored(single, products, context);
    return { outcome: 'reused', made: [] };
  }

  const operator = sameOperator(registry, single.operator, single.semantics);
  const { run } = operator;
  if (run.kind !== 'whole') throw failure(single, 'does not work on whole inputs');
  const { inputs, complete } = await readInputs(index, single, context);
  const empty = single.inputs.find(
    ({ port, guard }) => guard && inputs[port]?.length === 0 && !operator.inputs[port]?.optional,
  );
  if (empty)
    return { outcome: 'skipped', made: [], reason: `no input: nothing for '${empty.port}' was made` };
  const { datasets, known } = single;
  const taskContext: TaskContext = {
    registry,
    signal: context.signal,
    log: context.log,
    datasets,
    ...(known ? { known } : {}),
  };
  const entries = single.members
    ? await eachMember(single, run, products, inputs, taskContext)
    : await encodeOutputs(single, products, await run.apply(single.args, inputs, taskContext), taskContext);
  stopIfAborted(context.signal);
  const marks = complete
    ? []
    : entries.map(({ key }) => ({ key: incompleteKey(key), bytes: new Uint8Array(1) }));
  await store.put([...entries, ...marks]);
  return { outcome: 'done', made: entries.map(({ key }) => key) };
}

async function eachMember(
  single: SingleFamily,
  run: WholeRun,
  products: readonly Product[],
  inputs: Record<string, NamedValue[]>,
  context: TaskContext,
) {
  const [first] = single.inputs;
  const entries: { key: string; bytes: Uint8Array }[] = [];
  for (const [i, member] of single.members!.entries()) {
    stopIfAborted(context.signal);
    const value = first && inputs[first.port]?.[i];
    const own = first && value ? { ...inputs, [first.port]: [value] } : inputs;
    const values = await run.apply(single.args, own, context);
    const ofMember = products.filter((product) => product.member === member);
    entries.push(...(await encodeOutputs(single, ofMember, values, context)));
  }
  return entries;
}

/** Its inputs, and whether each is there and was made with all of its own. */
async function readInputs(
  index: PlanIndex,
  single: SingleFamily,
  { registry, store }: ExecuteContext,
): Promise<{ inputs: Record<string, NamedValue[]>; complete: boolean }> {
  const inputs: Record<string, NamedValue[]> = {};
  let complete = true;
  for (const { port, refs, optional } of single.inputs) {
    const products = refs.map((ref) => index.find(ref));
    const bytes = await store.get(products.map((product) => product?.key ?? ''));
    const values: NamedValue[] = [];
    for (const [i, { name, keys }] of refs.entries()) {
      const type = products[i]?.type;
      const value = bytes[i];
      if (type === undefined || !value) {
        complete = false;
        if (optional) continue;
        throw lost(`the result of ${name}`);
      }
      const decoded = await valueType(registry, type).decode(value);
      values.push({ name, type, value: decoded, ...(keys ? { keys } : {}) });
    }
    inputs[port] = values;
    const marks = await store.has(
      products.flatMap((product) => (product ? [incompleteKey(product.key)] : [])),
    );
    complete &&= !marks.includes(true);
  }
  return { inputs, complete };
}

async function encodeOutputs(
  single: SingleFamily,
  products: readonly Product[],
  values: Record<string, unknown>,
  { registry, log }: TaskContext,
) {
  const entries: { key: string; bytes: Uint8Array }[] = [];
  for (const { name, port, type, key } of products) {
    if (values[port] === undefined) throw failure(single, `gave nothing for its output '${port}'`);
    const rule = port === single.checked ? checkOf(single.control) : undefined;
    if (rule) checkResult(rule, name, valueType(registry, type), values[port], log);
    entries.push({ key, bytes: await valueType(registry, type).encode(values[port]) });
  }
  return entries;
}

/** What is stored was made under another check, or none. */
async function checkStored(
  { checked, control }: SingleFamily,
  products: readonly Product[],
  { store, registry, log }: ExecuteContext,
): Promise<void> {
  const rule = checkOf(control);
  for (const { name, port, type, key } of rule ? products : []) {
    if (port !== checked) continue;
    const [bytes] = await store.get([key]);
    if (!bytes) throw lost(`the result of ${name}`);
    checkResult(rule!, name, valueType(registry, type), await valueType(registry, type).decode(bytes), log);
  }
}

function failure(single: SingleFamily, what: string): TaskFailure {
  return new TaskFailure({
    code: 'FLOW-R005',
    message: `operator '${single.operator}' ${what}`,
    where: { task: single.id } satisfies Record<string, Json>,
    retry: 'none',
  });
}

function nothingMade(single: SingleFamily): TaskFailure {
  const names = single.inputs.flatMap(({ refs }) => refs.map(({ name }) => `'${name}'`));
  return new TaskFailure({
    code: 'FLOW-R017',
    message: `neither ${names.join(' nor ')} was made`,
    where: { task: single.id } satisfies Record<string, Json>,
    retry: 'none',
  });
}
