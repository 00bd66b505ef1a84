/** The stages one after the other, each as far as a command needs them. */
import { dirname, join } from 'node:path';
import {
  type ComposedFile,
  type ComposeFileOptions,
  type Config,
  ConfigErrors,
  composeFile,
  composeTree,
} from '@fasthep/config';
import { nodeFiles } from '@fasthep/config/node';
import {
  createRegistry,
  type Definition,
  type Facts,
  FlowErrors,
  fromConfig,
  type Graph,
  hasErrors,
  interpret,
  makePlan,
  type Plan,
  type Problem,
  parseBytes,
  type Registry,
  readSyntax,
  type Selection,
  survey,
} from '@fasthep/flow';
import { surveyMemory } from '@fasthep/flow/node';
import { type LoadedPlugin, shippedPlugins } from '../plugins/shipped.ts';
import { usedPlugins } from '../plugins/used.ts';
import type { CliContext } from '../terminal/context.ts';
import { warn } from '../terminal/errors.ts';
import { type Places, pathResolver, placesOf } from './paths.ts';
import { searchPathOf } from './search-path.ts';
import type { ConfigFlags } from './words.ts';

/** Flags that choose tasks: words separated by commas. */
export type SelectionFlags = {
  only?: string;
  tags?: string;
  skipTags?: string;
  from?: string;
};

/** A workflow as it is written. */
export interface Written {
  context: CliContext;
  select: Selection;
  config: Config;
  /** The syntax that was asked for. */
  syntax?: string | undefined;
  plugins: LoadedPlugin[];
  registry: Registry;
  places: Places;
}

/** The composed config, and the packs that it uses. */
export async function toConfig(
  context: CliContext,
  file: string,
  overrides: string[],
  flags: SelectionFlags & ConfigFlags = {},
): Promise<Written> {
  const cwd = context.process.cwd();
  const shipped = shippedPlugins();
  shipped.catch(() => {});
  const config = composed(file, overrides, flags);
  const plugins = [...(await shipped), ...(await usedPlugins(config, cwd))];
  const registry = createRegistry(plugins.map(({ plugin }) => plugin));
  const places = placesOf(config, cwd);
  return { context, select: selection(flags), config, syntax: flags.syntax, plugins, registry, places };
}

/** Names that keywords of tasks fill in. */
const LATE = ['matrix'];

/** Top-level keys of the language whose own keys an override may add without `+`. */
const OPEN = ['run', 'limit', 'default'];

/** The config alone. Problems are those of the user's words, so that all commands tell them alike. */
export function composed(file: string, overrides: string[], flags: ConfigFlags = {}): Config {
  return told(() => composeFile(file, optionsOf(file, overrides, flags)));
}

/** The config before its interpolations are followed. */
export function composedTree(file: string, overrides: string[], flags: ConfigFlags = {}): ComposedFile {
  return told(() => composeTree(file, optionsOf(file, overrides, flags)));
}

function optionsOf(file: string, overrides: string[], { configDir }: ConfigFlags): ComposeFileOptions {
  return { overrides, files: nodeFiles(), late: LATE, open: OPEN, searchPath: searchPathOf(file, configDir) };
}

/** What `run` gives; problems of config become those that users are shown. */
export function told<T>(run: () => T): T {
  try {
    return run();
  } catch (error) {
    if (!(error instanceof ConfigErrors)) throw error;
    throw new FlowErrors(error.problems.map(fromConfig), error.sources);
  }
}

/** A file that a syntax names itself, composed: relative to the file that names it. */
export const loadNamed = (path: string, from: string): Config => composed(join(dirname(from), path), []);

/** The definition, and what is wrong with it. */
const readWritten = ({ config, registry, syntax }: Written) =>
  readSyntax(config, registry, syntax, loadNamed);

/** All that can be told without looking at data: gives warnings; errors are thrown, all at once. */
export function check(written: Written): Problem[] {
  const { config, registry } = written;
  const read = readWritten(written);
  const interpreted = interpret(read.definition, { format: 1, sources: {} }, registry);
  const checked = registry.all('validators').flatMap(({ item }) => item.check(read.definition, registry));
  const problems = [...read.problems, ...interpreted.problems, ...checked];
  if (hasErrors(problems)) throw new FlowErrors(problems, config.sources);
  return problems;
}

/** The internal definition. */
export function toDefinition(written: Written): Definition {
  const { context, config, select } = written;
  const { definition, problems } = readWritten(written);
  settle(context, problems, config.sources);
  return Object.keys(select).length === 0
    ? definition
    : { ...definition, settings: { ...definition.settings, select } };
}

function selection(flags: SelectionFlags): Selection {
  const select: Selection = {};
  for (const key of ['only', 'tags', 'skipTags', 'from'] as const) {
    const words = flags[key]?.split(',').map((word) => word.trim());
    if (words) select[key] = words.filter((word) => word !== '');
  }
  return select;
}

/** Definition, facts and graph. With `lint`, problems of data and graph come together. */
export async function toGraph(
  written: Written,
): Promise<{ definition: Definition; facts: Facts; graph: Graph }> {
  const { context, registry, places } = written;
  const definition = toDefinition(written);
  const cwd = context.process.cwd();
  const surveyed = await survey(definition, registry, {
    memory: surveyMemory(places.memory),
    resolve: pathResolver(cwd),
  });
  // Without its facts a source has no fields: what follows would be told of as well.
  settle(context, surveyed.problems, definition.sources);
  const interpreted = interpret(definition, surveyed.facts, registry);
  settle(context, interpreted.problems, definition.sources);
  return { definition, facts: surveyed.facts, graph: interpreted.graph };
}

/** Everything up to the plan. */
export async function toPlan(
  written: Written,
): Promise<{ definition: Definition; facts: Facts; graph: Graph; plan: Plan }> {
  const stages = await toGraph(written);
  const size = parseBytes(stages.definition.settings.run?.partition_size ?? '');
  const plan = makePlan(
    stages.graph,
    stages.facts,
    written.registry,
    size === undefined ? {} : { partitionSize: size },
  );
  return { ...stages, plan };
}

/** Stops at errors, all at once; tells warnings. */
function settle(context: CliContext, problems: readonly Problem[], sources: Record<string, string>): void {
  if (hasErrors(problems)) throw new FlowErrors(problems, sources);
  warn(context, problems, sources);
}
