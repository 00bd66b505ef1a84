/** Operations of the Hydra vectors. */
import * as config from '@fasthep/config';
import { encode, encodeEntries, type Json } from './codec.ts';
import { registry, serialise } from './instantiate.ts';
import type { Bench, Result } from './omegaconf.ts';

let trees: Record<string, { files: Record<string, string> }> = {};
export const setTrees = (given: typeof trees): void => {
  trees = given;
};

const VALUE_TYPES = {
  choice: 'CHOICE_SWEEP',
  range: 'RANGE_SWEEP',
  interval: 'INTERVAL_SWEEP',
  glob: 'GLOB_CHOICE_SWEEP',
} as const;

function encodeItem(item: config.Item): Json {
  if (item instanceof config.Quoted)
    return { $quoted: item.text, quote: item.quote === "'" ? 'single' : 'double' };
  if (item instanceof config.ListExtension) return item.items.map(encodeItem);
  if (Array.isArray(item)) return item.map(encodeItem);
  if (item instanceof Map)
    return encodeEntries([...item].map(([key, value]) => [encodable(key), encodeItem(value)]));
  if (!config.isSweep(item)) return encode(item);
  if (item.sweep === 'glob') return { $glob: { include: item.include, exclude: item.exclude } };
  const made: Record<string, Json> =
    item.sweep === 'choice'
      ? { $sweep: 'choice', list: item.list.map(encodeItem), simple_form: item.simple }
      : item.sweep === 'range'
        ? { $sweep: 'range', start: encode(item.start), stop: encode(item.stop), step: encode(item.step) }
        : { $sweep: 'interval', start: encode(item.start), end: encode(item.end) };
  if (item.tags.length > 0) made.tags = item.tags;
  if (item.sweep !== 'interval' && item.shuffle) made.shuffle = true;
  return made;
}

const encodable = (key: config.Item): unknown => (key instanceof config.Quoted ? key.text : key);

function filesOf(input: { files?: Record<string, string>; tree?: string }): Record<string, string> {
  return input.files ?? trees[input.tree ?? '']?.files ?? {};
}

function repositoryOf(bench: Bench): config.Repository {
  const files = config.memoryFiles(filesOf(bench.input));
  const nothing = config.memorySource(new Map([[config.NOTHING, new config.MapNode()]]), 'nothing');
  return new config.Repository([config.folderSource('', files), nothing], 'omegaconf');
}

function parse(words: string[]): config.Override[] {
  const { overrides, problems } = config.parseOverrides(words);
  if (problems.length > 0) throw new config.ConfigErrors(problems);
  return overrides;
}

function composed(bench: Bench): config.Composed {
  const { input, types, context } = bench;
  const files = config.memoryFiles(filesOf(input));
  const sources = [config.folderSource('', files)];
  const store = new Map<string, config.Container>();
  const headers: Record<string, string> = {};
  for (const entry of input.store ?? []) {
    const path = entry.group ? `${entry.group}/${entry.name}` : entry.name;
    const struct = 'schema' in entry ? types.structs.get(entry.schema)! : undefined;
    const node = struct
      ? config.structNode(struct, config.ANY, context)
      : config.wrap(config.ANY, bench.dec(entry.node), context);
    store.set(path, node as config.Container);
    if (entry.package !== undefined && entry.package !== null) headers[path] = entry.package;
  }
  if (store.size > 0)
    sources.push({ ...config.memorySource(store, 'schema'), headerOf: (path) => headers[path] });
  return config.compose({
    configName: input.config_name ?? undefined,
    overrides: input.overrides ?? [],
    sources,
    openPath: (path) =>
      config.folderSource(path.replace(/^file:\/\//, ''), files, 'hydra.searchpath in main'),
    context,
    mode: 'omegaconf',
    jobName: 'app',
  });
}

export const OPERATIONS: Record<string, (bench: Bench) => Result | Promise<Result>> = {
  'hydra.override'(bench) {
    const { input } = bench.input;
    const parsed = config.parseOverride(input);
    const { type, key, value } = parsed;
    const made: Record<string, Json> = { type, key };
    if (parsed.package !== undefined) made.package = parsed.package;
    const sweep = value !== undefined && config.isSweep(value) ? value : undefined;
    made.value_type =
      value === undefined
        ? null
        : sweep
          ? sweep.sweep === 'choice' && sweep.simple
            ? 'SIMPLE_CHOICE_SWEEP'
            : VALUE_TYPES[sweep.sweep]
          : 'ELEMENT';
    made.value = value === undefined ? null : (JSON.parse(JSON.stringify(encodeItem(value))) as Json);
    if (sweep) {
      const listed = sweep.sweep === 'choice' || sweep.sweep === 'range' ? !sweep.shuffle : false;
      if (listed) made.sweep_strings = config.sweepValues(sweep, key).map(config.itemText);
    } else if (value !== undefined && type !== 'DEL') {
      made.plain = encode(config.plainItem(value));
      made.element_string = config.itemText(value instanceof config.ListExtension ? value.items : value);
    }
    if (input.includes('shuffle(') && 'plain' in made) {
      const plain = made.plain!;
      const order = (one: Json) => (typeof one === 'string' ? one : JSON.stringify(one));
      made.value = {
        $shuffled: Array.isArray(plain) ? [...plain].sort((a, b) => (order(a) < order(b) ? -1 : 1)) : plain,
      };
      delete made.plain;
      delete made.element_string;
    }
    return { value: made };
  },

  'hydra.sweep'(bench) {
    const { overrides, max_batch_size: size } = bench.input;
    const repository = bench.input.files || bench.input.tree ? repositoryOf(bench) : undefined;
    const jobs = config.planJobs(
      parse(overrides),
      repository ? { groupOptions: (group) => repository.options(group) } : {},
    );
    return {
      value: config.batches(
        jobs.map((job) => job.overrides),
        size ?? undefined,
      ),
    };
  },

  'hydra.defaults_list'(bench) {
    const {
      config_name: name,
      overrides,
      skip_missing: skipMissing,
      prepend_hydra: withSettings,
    } = bench.input;
    const made = config.listDefaults({
      configName: name ?? undefined,
      overrides: overrides ?? [],
      sources: [config.folderSource('', config.memoryFiles(filesOf(bench.input)))],
      context: bench.context,
      mode: 'omegaconf',
      settings: withSettings ?? false,
      skipMissing,
    });
    const value = made.list.map((one) => {
      const entry: Record<string, Json> = { config_path: one.configPath, package: one.package };
      if (one.parent !== undefined) entry.parent = one.parent;
      if (one.isSelf) entry.is_self = true;
      if (one.primary) entry.primary = true;
      if (one.overrideKey !== undefined) entry.override_key = one.overrideKey;
      return entry;
    });
    return { value, choices: Object.fromEntries(made.choices) };
  },

  'hydra.compose'(bench) {
    const { root } = composed(bench);
    const { hydra_key: key, resolve } = bench.input;
    if (key) {
      const found = config.selectNode(root, key, bench.context);
      return { value: found instanceof config.Opaque || !found ? null : bench.cont(found, resolve) };
    }
    if (root.content instanceof Map) root.content.delete('hydra');
    const result: Result = { value: bench.cont(root), yaml: config.toYaml(root, bench.context) };
    if (resolve) result.resolved = bench.cont(root, true);
    return result;
  },

  'hydra.instantiate'(bench) {
    const { input, context } = bench;
    let target: unknown = bench.dec(input.config);
    if (input.wrap ?? true) target = bench.create(input.config);
    for (const key of input.at ?? []) target = config.get(target as config.Container, key, context);
    const args = (input.args ?? []).map((one: Json) => bench.dec(one));
    const named = Object.fromEntries(bench.dec(input.kwargs ?? {}) as Map<string, unknown>);
    return {
      value: serialise(
        config.instantiate(target, { registry, context, args, named, convert: 'none', plainLeaves: false }),
      ),
    };
  },

  'hydra.apply_overrides'(bench) {
    const { overrides, strict } = bench.input;
    const root = bench.create(bench.input.config);
    root.flags = { struct: strict ?? true };
    const problems = config.applyOverrides(
      root,
      parse(overrides),
      config.commandSource(overrides),
      bench.context,
    );
    if (problems.length > 0) throw new config.ConfigErrors(problems);
    return { value: bench.cont(root) };
  },
};
