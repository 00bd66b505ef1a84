import { Choices } from '../defaults/choices.ts';
import { configEntry } from '../defaults/entry.ts';
import type { ListedConfig } from '../defaults/list.ts';
import { defaultsList, NOTHING } from '../defaults/list.ts';
import type { DefaultsTree } from '../defaults/tree.ts';
import { defaultsTree } from '../defaults/tree.ts';
import { get } from '../edit/access.ts';
import { mergeInto } from '../edit/merge.ts';
import type { ResolveContext } from '../interpolation/resolvers.ts';
import { originOf } from '../origin/make.ts';
import { COMMAND_LINE } from '../origin/types.ts';
import { applyOverrides, commandSource } from '../override/apply.ts';
import { parseOverrides, wordProblem } from '../override/parse.ts';
import type { Override } from '../override/types.ts';
import { isSweep } from '../override/types.ts';
import { plainItem } from '../override/value.ts';
import { ConfigErrors, ConfigProblem } from '../problem/problem.ts';
import { nodeFrom } from '../tree/create.ts';
import type { Container, Node } from '../tree/node.ts';
import { attach, copyNode, entriesOf, itemsOf, MapNode, ValueNode } from '../tree/node.ts';
import type { YamlMode } from '../yaml/options.ts';
import type { ConfigSource } from './repository.ts';
import { emptyConfig, memorySource, Repository } from './repository.ts';
import { settingsConfigs } from './settings.ts';

/** What composing needs besides the words. */
export interface ComposeOptions {
  /** The primary config, without ending; none composes the overrides alone. */
  configName?: string | undefined;
  overrides?: readonly string[];
  /** Where configs are looked for, first found wins. */
  sources: ConfigSource[];
  /** A source for an entry of `hydra.searchpath`. */
  openPath?(path: string): ConfigSource | undefined;
  context: ResolveContext;
  mode?: YamlMode;
  /** Whether the `hydra` settings are composed, too (the default). */
  settings?: boolean;
  /** Whether groups with `???` are left out: before a sweep chooses. */
  skipMissing?: boolean;
  /** Whether sweeps are passed over instead of being errors. */
  allowSweeps?: boolean;
  jobName?: string;
  cwd?: string;
}

/** A composed config, before its interpolations are followed. */
export interface Composed {
  root: MapNode;
  list: ListedConfig[];
  tree: DefaultsTree;
  choices: Map<string, string | null>;
  overrides: Override[];
  repository: Repository;
  sources: Record<string, string>;
}

function throwAll(problems: ConfigProblem[], sources: Record<string, string>): void {
  if (problems.length > 0) throw new ConfigErrors(problems, sources);
}

/** The values a config names as `hydra.searchpath`, or those of the command line. */
function searchPath(repository: Repository, options: ComposeOptions, overrides: Override[]): string[] {
  const fail = (place?: Node): never => {
    throw new ConfigProblem('composition', 'hydra.searchpath must be a list of texts', {
      origin: place?.place && originOf(place.place),
    });
  };
  const word = overrides.find((override) => override.key === 'hydra.searchpath' && override.type !== 'DEL');
  if (word) {
    const value = plainItem(word.value ?? null);
    if (!Array.isArray(value) || !value.every((one) => typeof one === 'string')) return fail();
    return value as string[];
  }
  const loaded = options.configName === undefined ? undefined : repository.load(options.configName);
  if (!loaded) return [];
  if (loaded.node.kind !== 'map')
    throw new ConfigProblem('composition', `the primary config '${options.configName}' must be a map`);
  const hydra = entriesOf(loaded.node).get('hydra');
  const node = hydra?.kind === 'map' ? entriesOf(hydra).get('searchpath') : undefined;
  if (!node || (node.kind === 'value' && node.value === null)) return [];
  if (node.kind !== 'list') return fail(node);
  return itemsOf(node).map((item) =>
    item.kind === 'value' && typeof item.value === 'string' ? item.value : fail(item),
  );
}

/** A config under the package it belongs to. */
function embed(node: Container, path: string): Container {
  let inner: Node = copyNode(node);
  for (const key of path === '' ? [] : path.split('.').reverse()) {
    const outer = new MapNode(new Map(), inner.place);
    attach(outer, key, inner);
    entriesOf(outer).set(key, inner);
    inner.keyPlace ??= inner.place;
    inner = outer;
  }
  return inner as Container;
}

function composeList(list: ListedConfig[], repository: Repository, context: ResolveContext): MapNode {
  const root = emptyConfig();
  for (const one of list) {
    const loaded = repository.load(one.configPath)!;
    if (loaded.node.kind !== 'map' && one.package === '')
      throw new ConfigProblem('composition', `the config '${one.configPath}' must be a map`);
    const inner = loaded.node.kind === 'map' ? entriesOf(loaded.node) : undefined;
    const searchpath =
      one.package === '' ? inner?.get('hydra') : one.package === 'hydra' ? loaded.node : undefined;
    if (
      !one.primary &&
      one.configPath !== 'hydra/config' &&
      searchpath?.kind === 'map' &&
      entriesOf(searchpath).has('searchpath')
    )
      throw new ConfigProblem(
        'composition',
        `In '${one.configPath}': hydra.searchpath can only be set in the primary config`,
      );
    try {
      mergeInto(root, embed(loaded.node, one.package), context);
    } catch (error) {
      if (!(error instanceof ConfigProblem)) throw error;
      throw new ConfigProblem('composition', `In '${one.configPath}': ${error.message}`, {
        help: error.help,
        origin: error.origin ?? (loaded.node.place && originOf(loaded.node.place)),
        fullKey: error.fullKey,
      });
    }
  }
  return root;
}

/** The final defaults list of a config, without reading more than it needs. */
export type Listed = Omit<Composed, 'root'> & { choice: Choices };

/** Runs with problems gathered into `ConfigErrors` that know the texts. */
function gathered<T>(
  sources: Record<string, string>,
  texts: () => Iterable<[string, string]>,
  run: () => T,
): T {
  try {
    return run();
  } catch (error) {
    if (!(error instanceof ConfigProblem)) throw error;
    throw new ConfigErrors([error], Object.assign(sources, Object.fromEntries(texts())));
  }
}

/** The defaults list of a config: what `--info defaults` and `--info defaults-tree` show. Throws `ConfigErrors`. */
export function listDefaults(options: ComposeOptions): Listed {
  const words = options.overrides ?? [];
  const sources: Record<string, string> =
    words.length > 0 ? { [COMMAND_LINE]: commandSource(words).text } : {};
  const { overrides, problems } = parseOverrides(words);
  throwAll(problems, sources);
  let repository = makeRepository(options, []);
  return gathered(
    sources,
    () => repository.texts,
    () => {
      const extra = searchPath(repository, options, overrides).flatMap(
        (path) => options.openPath?.(path) ?? [],
      );
      if (extra.length > 0) repository = makeRepository(options, extra);
      const choice = new Choices(overrides, (path) => repository.isGroup(path), repository.mode === '1.2');
      const tree = defaultsTree(
        repository,
        configEntry(options.configName ?? NOTHING, { primary: true }),
        choice,
        {
          skipMissing: options.skipMissing,
          before: (options.settings ?? true) ? configEntry('hydra/config') : undefined,
        },
      );
      const list = defaultsList(tree);
      choice.check();
      return { list, tree, choice, choices: choice.known, overrides, repository, sources };
    },
  );
}

/**
 * Composes a config as Hydra does: defaults lists, packages, overrides. Interpolations are left as they are;
 * unknown keys are refused. Throws `ConfigErrors`.
 */
export function compose(options: ComposeOptions): Composed {
  const words = options.overrides ?? [];
  const command = commandSource(words);
  const listed = listDefaults(options);
  const { list, choice, overrides, repository, sources } = listed;
  return gathered(
    sources,
    () => repository.texts,
    () => {
      if (!options.allowSweeps) refuseSweeps(overrides);
      const root = composeList(list, repository, options.context);
      Object.assign(sources, Object.fromEntries(repository.texts));
      root.flags = { ...root.flags, struct: true };
      throwAll(applyOverrides(root, choice.values, command, options.context), sources);
      if (options.settings ?? true) fillSettings(root, overrides, choice.known, repository, options);
      return { root, list, tree: listed.tree, choices: choice.known, overrides, repository, sources };
    },
  );
}

function makeRepository(options: ComposeOptions, extra: ConfigSource[]): Repository {
  const nothing = memorySource(new Map([[NOTHING, emptyConfig()]]), 'nothing');
  const { texts, records } = (options.settings ?? true) ? settingsSources() : { texts: [], records: [] };
  return new Repository([...texts, ...options.sources, ...extra, ...records, nothing], options.mode ?? '1.2');
}

/** The tool's own settings: files before those of the user, records behind them, as Hydra has it. */
function settingsSources(): { texts: ConfigSource[]; records: ConfigSource[] } {
  const { configs, packages } = settingsConfigs();
  const isRecord = (path: string) => /^hydra\/(config|launcher\/|sweeper\/)/.test(path);
  const pick = (records: boolean) => new Map([...configs].filter(([path]) => isRecord(path) === records));
  const headerOf = (path: string) => packages[path];
  return {
    texts: [{ ...memorySource(pick(false), 'hydra', 'pkg://hydra.conf'), headerOf }],
    records: [memorySource(pick(true), 'schema')],
  };
}

function refuseSweeps(overrides: Override[]): void {
  for (const { word, index, value, valueAt } of overrides)
    if (value !== undefined && isSweep(value)) {
      const simple = value.sweep === 'choice' && value.simple;
      throw wordProblem(
        'override',
        simple ? `'${word}' may mean a list, a text, or a sweep` : `'${word}' is a sweep`,
        word,
        index,
        valueAt,
        simple
          ? 'a list is written [a,b], a text is quoted, a sweep needs --multirun (-m)'
          : 'a sweep needs --multirun (-m)',
        word.length,
      );
    }
}

const isSetting = ({ key }: Override) => key.startsWith('hydra.') || key.startsWith('hydra/');

/** What is only known once a config is composed. */
function fillSettings(
  root: MapNode,
  overrides: Override[],
  choices: Map<string, string | null>,
  repository: Repository,
  options: ComposeOptions,
): void {
  const hydra = entriesOf(root).get('hydra');
  if (hydra?.kind !== 'map') return;
  const map = (parent: Node | undefined, key: string): MapNode | undefined => {
    const child = parent?.kind === 'map' ? entriesOf(parent).get(key) : undefined;
    return child?.kind === 'map' ? child : undefined;
  };
  const put = (parent: MapNode | undefined, key: string, value: unknown) => {
    if (!parent) return;
    const node = nodeFrom(value);
    attach(parent, key, node);
    entriesOf(parent).set(key, node);
  };
  const words = (mine: boolean) => overrides.filter((one) => isSetting(one) === mine).map((one) => one.word);
  put(map(hydra, 'overrides'), 'hydra', words(true));
  put(map(hydra, 'overrides'), 'task', words(false));
  const runtime = map(hydra, 'runtime');
  put(runtime, 'choices', new Map(choices));
  put(runtime, 'cwd', options.cwd ?? '.');
  put(
    runtime,
    'config_sources',
    repository.sources
      .filter((one) => one.provider !== 'nothing')
      .map((one) => {
        const [schema, path] = one.path.includes('://') ? one.path.split('://') : ['file', one.path];
        return { path, schema, provider: one.provider };
      }),
  );
  const job = map(hydra, 'job');
  const name = job && entriesOf(job).get('name');
  if (name instanceof ValueNode && name.value === '???') put(job, 'name', options.jobName ?? 'app');
  put(
    job,
    'override_dirname',
    overrideDirname(
      overrides.filter((one) => !isSetting(one)),
      map(map(job, 'config'), 'override_dirname'),
      options.context,
    ),
  );
  put(job, 'config_name', options.configName ?? null);
}

function overrideDirname(
  overrides: Override[],
  settings: MapNode | undefined,
  context: ResolveContext,
): string {
  const text = (key: string, fallback: string) => {
    const value = settings && get(settings, key, context);
    return typeof value === 'string' ? value : fallback;
  };
  const excluded = settings && entriesOf(settings).get('exclude_keys');
  const without =
    excluded?.kind === 'list'
      ? itemsOf(excluded).map((item) => (item.kind === 'value' ? item.value : undefined))
      : [];
  return overrides
    .filter((one) => !without.includes(one.key))
    .map((one) => one.word)
    .sort()
    .join(text('item_sep', ','))
    .replaceAll('=', text('kv_sep', '='));
}
