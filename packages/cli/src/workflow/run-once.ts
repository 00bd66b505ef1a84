/** One run from the words of the command to the run directory. */
import { dirname, resolve } from 'node:path';
import {
  type Event,
  FlowError,
  freshKeys,
  lackingBefore,
  missing,
  type Plan,
  type Product,
  productFiles,
  type Registry,
  type Store,
  type TaskError,
  taskError,
} from '@fasthep/flow';
import { createRunDirectory, provenance, type RunDirectory } from '@fasthep/flow/node';
import { type Reporter, reporter } from '../progress/reporter.ts';
import { type CliContext, EXIT, print, say } from '../terminal/context.ts';
import { VERSION } from '../version.ts';
import { backendOf } from './backend.ts';
import { savedConfig } from './saved.ts';
import { redactor } from './secrets.ts';
import { type SelectionFlags, toConfig, toPlan, type Written } from './stages.ts';
import { openStore } from './store.ts';
import { type PublishedProduct, type RunSummary, showSummary } from './summary.ts';
import type { WorkflowFlags } from './words.ts';

/** Flags of `run`. */
export type RunFlags = WorkflowFlags &
  SelectionFlags & {
    workers?: string;
    multirun?: boolean;
    /** Keys of sweeps that go side by side, separated by commas. */
    zip?: readonly string[];
    /** The folder of a multirun to go on with, or `last`. */
    resume?: string;
    failFast?: boolean;
    keepGoing?: boolean;
    report: boolean;
    events?: boolean;
    quiet?: boolean;
  };

/** Makes the folder of a run, from the pattern of run directories. */
export type Placing = (out: string, workflow: string, started: Date) => RunDirectory;

/** Runs a workflow. `place` is where one command makes several runs: then only their last lines are shown. */
export async function runOnce(
  context: CliContext,
  flags: RunFlags,
  file: string,
  overrides: string[],
  place?: Placing,
): Promise<{ summary: RunSummary; exitCode: number }> {
  const started = new Date();
  const written = await toConfig(context, file, overrides, flags);
  const stages = await toPlan(written);
  const { registry, places } = written;
  const plan = freshKeys(stages.plan, registry, `${process.pid} ${started.toISOString()}`);
  const store = await openStore(places.store, registry, {
    onCorrupt: ({ path, reason }) =>
      say(context, `warning: a stored result was ${reason} and is made again: ${path}`),
  });

  await refuseLacking(plan, store, flags.from);
  const backend = backendOf(written, stages.definition.settings.run ?? {});
  const directory = (place ?? createRunDirectory)(places.out, plan.name, started);
  const clean = redactor(stages.definition);
  const { format, value, origins, choices } = written.config;
  directory.write('config.json', clean({ format, value, origins, overrides, choices }));
  const saved = clean(savedConfig(file, overrides, flags));
  for (const [name, text] of Object.entries(saved)) directory.write(name, text);
  directory.write('definition.json', clean({ ...stages.definition, sources: {} }));
  directory.write('facts.json', clean(stages.facts));
  directory.write('graph.json', clean(stages.graph));
  directory.write('plan.json', clean(plan));
  directory.write('engine.json', { store: places.store, plugins: modulesOf(written) });

  const show = flags.quiet || flags.events ? silent : reporter(context, plan, stages.facts);
  const stop = new AbortController();
  const listening = context.process.onInterrupt(() => stop.abort());
  const events: Event[] = [];
  const take = (event: Event) => {
    const safe = clean(event);
    events.push(safe);
    directory.journal.write(safe);
    show.event(safe);
    if (flags.events) print(context, JSON.stringify(safe));
    for (const { item } of registry.all('hooks')) item.onEvent?.(safe);
  };

  let products: PublishedProduct[] = [];
  let broken: TaskError | undefined;
  try {
    for (let round = 0; ; round++) {
      const settings = {
        ...stages.definition.settings.run,
        ...(flags.workers === undefined ? {} : { workers: workersOf(flags.workers) }),
        ...(flags.failFast || flags.keepGoing ? { fail_fast: flags.failFast === true } : {}),
      };
      const options = {
        registry,
        settings,
        signal: stop.signal,
        runDirectory: directory.path,
        plugins: modulesOf(written),
      };
      for await (const event of backend.run(plan, store, options)) take(event);
      try {
        products = await publish(plan, store, registry, directory, events, take);
        break;
      } catch (error) {
        broken = taskError(error);
        // A result that was damaged since it was made: once more makes it again.
        if (broken.retry !== 'lost' || round > plan.products.length) break;
        broken = undefined;
      }
    }
    if (broken) take({ type: 'log', time: Date.now(), level: 'error', message: broken.message });
  } finally {
    show.end();
    listening();
    directory.journal.close();
    await store.close();
  }

  const ended = new Date();
  directory.write('products.json', products);
  const made = provenance(plan, events, {
    command: ['fasthep-flow', ...clean([...context.process.argv])],
    folder: context.process.cwd(),
    workflowFolder: dirname(resolve(context.process.cwd(), file)),
    versions: { 'fasthep-flow': VERSION },
    started,
    ended,
  });
  directory.write('provenance.json', broken ? { ...made, outcome: 'failed' } : made);
  if (flags.report) await writeReport(directory);

  const summary: RunSummary = {
    run: directory.path,
    workflow: plan.name,
    outcome: broken ? 'failed' : made.outcome,
    partial: plan.partial === true,
    milliseconds: ended.getTime() - started.getTime(),
    tasks: made.tasks,
    rows: made.rows,
    bytes: made.bytes,
    products,
    errors: [
      ...events.flatMap((event) =>
        event.type === 'task-end' && event.error
          ? [{ task: event.task, error: event.error, ...excuse(event, events) }]
          : [],
      ),
      ...(broken ? [{ task: 'publish', error: broken }] : []),
    ],
  };
  await showSummary(context, summary, place ? { json: true } : flags);
  const codes: Record<string, number> = { done: EXIT.ok, interrupted: EXIT.interrupted };
  return { summary, exitCode: codes[summary.outcome] ?? EXIT.failed };
}

/** `--from`: what is before must be stored. */
async function refuseLacking(plan: Plan, store: Store, from: string | undefined): Promise<void> {
  if (from === undefined) return;
  const lacking = lackingBefore(plan, await missing(plan, store));
  if (lacking.length === 0) return;
  const names = lacking.slice(0, 5).map(({ name }) => `'${name}'`);
  const more = lacking.length > names.length ? ` and ${lacking.length - names.length} more` : '';
  throw new FlowError(
    'FLOW-R019',
    `--from ${from} needs stored results that are not there: ${names.join(', ')}${more}`,
    'leave --from out once: what is stored is reused anyway',
  );
}

/** Why a failure does not fail the run: it may happen, or another task made good for it. */
function excuse(
  { task, allowed }: Extract<Event, { type: 'task-end' }>,
  events: readonly Event[],
): { excuse?: string } {
  if (allowed) return { excuse: 'it is allowed to fail' };
  const end = events.findLast((event) => event.type === 'run-end');
  const by = end?.rescued?.find((one) => one.task === task)?.by;
  return by === undefined ? {} : { excuse: `rescued by ${by}` };
}

const silent: Reporter = { event() {}, end() {} };

function modulesOf({ plugins }: Written): string[] {
  return plugins.flatMap(({ module }) => module ?? []);
}

/** Writes the files of all products that were made or are there. */
async function publish(
  plan: Plan,
  store: Store,
  registry: Registry,
  directory: RunDirectory,
  events: readonly Event[],
  take: (event: Event) => void,
): Promise<PublishedProduct[]> {
  const gone = new Set<string>();
  for (const event of events) {
    if (event.type !== 'task-end') continue;
    if (event.outcome === 'done' || event.outcome === 'reused') gone.delete(event.task);
    else gone.add(event.task);
  }
  const finished = events.some((event) => event.type === 'run-end' && event.outcome !== 'interrupted');
  const there = finished ? (product: Product) => !gone.has(product.task) : undefined;
  const published = new Map<Product, PublishedProduct>();
  for await (const { product, name, bytes } of productFiles(plan, store, registry, there)) {
    directory.write(name, bytes);
    take({ type: 'publish', time: Date.now(), path: name, task: product.task, bytes: bytes.length });
    const { node, port, type, key, task } = product;
    const entry = published.get(product) ?? { name: product.name, node, port, type, key, task, files: [] };
    entry.files.push(name);
    published.set(product, entry);
  }
  return [...published.values()];
}

async function writeReport(directory: RunDirectory): Promise<void> {
  const { writeReportOf } = await import('./report.ts');
  await writeReportOf(directory.path);
}

/** `--workers 4` or `--workers auto`. */
function workersOf(text: string): number | 'auto' {
  if (text === 'auto') return text;
  if (/^\d+$/.test(text)) return Number(text);
  throw new FlowError('FLOW-K006', `--workers takes a number or auto, not '${text}'`, '--workers 2');
}
