/** A workflow through all stages, each result sent through JSON, with a store in memory. */
import { dirname, resolve } from 'node:path';
import { type Config, composeFile } from '@fasthep/config';
import { nodeFiles } from '@fasthep/config/node';
import {
  corePlugin,
  createRegistry,
  type Event,
  type Facts,
  type Graph,
  inProcess,
  interpret,
  type JsonObject,
  makePlan,
  memoryStore,
  type Plan,
  type Plugin,
  type Problem,
  type Registry,
  readSyntax,
  runPlan,
  type Store,
  survey,
} from '@fasthep/flow';

/** What a run made and left behind. */
export interface Ran {
  facts: Facts;
  graph: Graph;
  plan: Plan;
  events: Event[];
  store: Store;
  /** Every product by its name: the task, or `task_port`; with several members `task/member`. */
  products: Map<string, { type: string; key: string; value: unknown }>;
}

export interface RunOptions {
  plugins: Plugin[];
  overrides?: string[];
  store?: Store;
  /** Composes files that a syntax names itself. */
  load?: (path: string, from: string) => Config;
  /** Bytes of a file per partition: small ones make many. */
  partitionSize?: number;
}

const viaJson = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

function refuse(problems: readonly Problem[]): void {
  const errors = problems.filter((problem) => problem.severity !== 'warning');
  if (errors.length > 0)
    throw new Error(
      errors.map(({ code, message, help }) => `${code}: ${message}${help ? ` (${help})` : ''}`).join('\n'),
    );
}

/** Config to plan. Throws what is wrong, all at once. */
export async function planWorkflow(
  file: string,
  { plugins, overrides = [], partitionSize, load }: RunOptions,
): Promise<{ registry: Registry; facts: Facts; graph: Graph; plan: Plan }> {
  const registry = createRegistry([corePlugin, ...plugins]);
  const config = viaJson(composeFile(file, { overrides, files: nodeFiles(), late: ['matrix'] }));
  const read = viaJson(readSyntax(config, registry, undefined, load));
  refuse(read.problems);
  const memory = new Map<string, JsonObject>();
  const surveyed = viaJson(
    await survey(read.definition, registry, {
      memory: {
        recall: async (path) => memory.get(path),
        remember: async (path, known) => void memory.set(path, known),
      },
      resolve: (path, from) =>
        resolve(from.startsWith('<') || from === '' ? process.cwd() : dirname(resolve(from)), path),
    }),
  );
  refuse(surveyed.problems);
  const interpreted = viaJson(interpret(read.definition, surveyed.facts, registry));
  refuse(interpreted.problems);
  const plan = viaJson(
    makePlan(
      interpreted.graph,
      surveyed.facts,
      registry,
      partitionSize === undefined ? {} : { partitionSize },
    ),
  );
  return { registry, facts: surveyed.facts, graph: interpreted.graph, plan };
}

/** Runs a workflow. Throws when a task fails. */
export async function runWorkflow(file: string, options: RunOptions): Promise<Ran> {
  const { registry, facts, graph, plan } = await planWorkflow(file, options);
  const store = options.store ?? memoryStore();
  const events: Event[] = [];
  for await (const event of runPlan(plan, store, { executor: () => inProcess(plan, store, registry) })) {
    events.push(event);
    if (event.type === 'task-end' && event.outcome === 'failed')
      throw new Error(
        `${event.task}: ${event.error?.code} ${event.error?.message} ${event.error?.help ?? ''}\n${event.error?.stack ?? ''}`,
      );
  }
  const products: Ran['products'] = new Map();
  for (const product of plan.products) {
    const [bytes] = await store.get([product.key]);
    if (!bytes) continue;
    const value = await registry.type(product.type)!.decode(bytes);
    products.set(product.member === undefined ? product.name : `${product.name}/${product.member}`, {
      type: product.type,
      key: product.key,
      value,
    });
  }
  return { facts, graph, plan, events, store, products };
}

/** Source columns that were read, and how many tasks did work. */
export function workOf(events: readonly Event[]): { columns: string[]; made: number } {
  const ends = events.filter((event) => event.type === 'task-end');
  const columns = new Set(ends.flatMap((event) => event.columns ?? []));
  const made = ends.reduce((sum, event) => sum + (event.made?.length ?? 0), 0);
  return { columns: [...columns].sort(), made };
}
