/** A workflow of another generation through all stages, with paths relative to one folder. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import adapters from '@fasthep/adapters';
import { type Histogram, type Table, toRows } from '@fasthep/columns';
import { type Config, ConfigErrors, composeFile } from '@fasthep/config';
import { nodeFiles } from '@fasthep/config/node';
import data from '@fasthep/data';
import {
  convertWorkflow,
  corePlugin,
  createRegistry,
  type Definition,
  FlowErrors,
  fromConfig,
  hasErrors,
  inProcess,
  interpret,
  makePlan,
  memoryStore,
  type Problem,
  productFiles,
  readSyntax,
  runPlan,
  survey,
} from '@fasthep/flow';
import hep from '@fasthep/hep';
import render from '@fasthep/render';

/** What a run left behind. */
export interface Made {
  histograms: Map<string, Histogram>;
  /** Tables and reports by name, as rows. */
  tables: Map<string, Row[]>;
  /** Texts of published files. */
  files: Map<string, string>;
}
export type Row = Record<string, number | string | boolean | null>;

const registry = createRegistry([corePlugin, data, hep, render, adapters]);

/** Composes a file that a workflow names. */
const load = (path: string, from: string): Config =>
  composed(resolve(from === '' ? '.' : join(from, '..'), path));

function composed(file: string): Config {
  try {
    return composeFile(file, { files: nodeFiles(), late: ['matrix'] });
  } catch (error) {
    if (error instanceof ConfigErrors) throw new FlowErrors(error.problems.map(fromConfig), error.sources);
    throw error;
  }
}

/** One config of several files, later ones over earlier ones. */
export function composeAll(files: readonly string[]): Config {
  if (files.length === 1) return composed(files[0]!);
  return inFile(`include: ${JSON.stringify(files)}\n`, composed);
}

/** Does something with a text as a file. */
function inFile<T>(text: string, use: (file: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'upstream-'));
  try {
    const file = join(folder, 'workflow.yaml');
    writeFileSync(file, text);
    return use(file);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The same workflow in the default syntax, as a config. */
export function converted(config: Config): Config {
  const { text, problems } = convertWorkflow(config, registry, 'default', { load });
  refuse(problems, config.sources);
  return inFile(text, composed);
}

function refuse(problems: readonly Problem[], sources: Record<string, string>): void {
  if (hasErrors(problems)) throw new FlowErrors([...problems], sources);
}

/** Everything up to the plan: throws FlowErrors. */
async function planned(config: Config, root: string) {
  const read = readSyntax(config, registry, undefined, load);
  refuse(read.problems, config.sources);
  const { definition }: { definition: Definition } = read;
  const surveyed = await survey(definition, registry, {
    memory: { recall: async () => undefined, remember: async () => {} },
    resolve: (path) => resolve(root, path),
  });
  refuse(surveyed.problems, config.sources);
  const interpreted = interpret(definition, surveyed.facts, registry);
  refuse(interpreted.problems, config.sources);
  return makePlan(interpreted.graph, surveyed.facts, registry);
}

/** Runs a workflow. Throws FlowErrors with places, or an Error with what a task said. */
export async function run(config: Config, root: string): Promise<Made> {
  const plan = await planned(config, root);
  const store = memoryStore();
  for await (const event of runPlan(plan, store, { executor: () => inProcess(plan, store, registry) }))
    if (event.type === 'task-end' && event.outcome === 'failed')
      throw new Error(`${event.task}: ${event.error?.code} ${event.error?.message}`);
  const made: Made = { histograms: new Map(), tables: new Map(), files: new Map() };
  for (const product of plan.products) {
    const [bytes] = await store.get([product.key]);
    if (!bytes) continue;
    const value = await registry.type(product.type)?.decode(bytes);
    if (product.type === 'histogram') made.histograms.set(product.name, value as Histogram);
    if (product.type === 'table' || product.type === 'report')
      made.tables.set(product.name, toRows(value as Table) as Row[]);
  }
  for await (const { name, bytes } of productFiles(plan, store, registry))
    made.files.set(name, new TextDecoder().decode(bytes));
  return made;
}
