import type { Composed, ComposeOptions } from '../compose/compose.ts';
import { compose } from '../compose/compose.ts';
import type { ContextOptions } from '../interpolation/context.ts';
import { resolveContext } from '../interpolation/context.ts';
import type { ResolveContext } from '../interpolation/resolvers.ts';
import { parseOverrides } from '../override/parse.ts';
import { ConfigProblem } from '../problem/problem.ts';
import { toContainer, toYaml } from '../read/container.ts';
import { select } from '../read/query.ts';
import type { Job } from '../sweep/plan.ts';
import { batches, planJobs } from '../sweep/plan.ts';
import { nodeFrom } from '../tree/create.ts';
import type { Container, Node } from '../tree/node.ts';
import { attach, copyNode, entriesOf, MapNode } from '../tree/node.ts';
import { scalarText } from '../value/text.ts';
import { joinPath } from '../workflow/files.ts';
import { dumpYaml } from '../yaml/dump.ts';
import { runResolvers } from './now.ts';

/** A file to be written, by its path from the folder where the command was given. */
export interface SavedFile {
  path: string;
  text: string;
}

/** One run: its config, where it runs, and what is saved beside its results. */
export interface PlannedRun {
  /** Its number in a multirun. */
  number: number | undefined;
  overrides: string[];
  /** The run directory. */
  dir: string;
  /** The composed config without the `hydra` part, and that part. */
  config: MapNode;
  settings: MapNode;
  context: ResolveContext;
  /** `config.yaml`, `hydra.yaml`, `overrides.yaml`, unless `hydra.output_subdir` is null. */
  files: SavedFile[];
  /** Variables to set for the run (`hydra.job.env_set`). */
  env: Record<string, string>;
}

export interface RunPlan {
  mode: 'RUN' | 'MULTIRUN';
  /** The directory of all runs of a multirun, that of the run otherwise. */
  dir: string;
  /** Jobs in the batches they are started in; empty for a single run. */
  batches: Job[][];
  /** Composes one run; in a multirun one after the other, so that an error in the tenth does not stop the first. */
  run(job?: Job): PlannedRun;
  /** `multirun.yaml`. */
  files: SavedFile[];
}

export interface RunOptions
  extends Omit<ComposeOptions, 'context' | 'settings' | 'allowSweeps' | 'skipMissing'>,
    ContextOptions {
  multirun?: boolean;
  /** The moment that `${now:...}` means. */
  time: Date;
}

const setting = (root: MapNode): MapNode => {
  const hydra = entriesOf(root).get('hydra');
  if (hydra?.kind !== 'map') throw new ConfigProblem('composition', 'the config has no hydra part');
  return hydra;
};

function put(root: MapNode, path: string, value: unknown): void {
  const keys = path.split('.');
  const last = keys.pop()!;
  let at: Node | undefined = root;
  for (const key of keys) at = at?.kind === 'map' ? entriesOf(at).get(key) : undefined;
  if (at?.kind !== 'map') return;
  const node = nodeFrom(value);
  attach(at, last, node);
  entriesOf(at).set(last, node);
}

function textAt(root: MapNode, path: string, context: ResolveContext): string {
  const value = select(root, path, context, { throwOnMissing: true });
  if (value === undefined || value === null || (typeof value === 'object' && 'kind' in value))
    throw new ConfigProblem('composition', `${path} must be text`);
  return scalarText(value);
}

const without = (root: MapNode, key: string): MapNode => {
  const copy = copyNode(root);
  entriesOf(copy).delete(key);
  return copy;
};

/** The tree under a key alone. */
function only(root: MapNode, key: string): MapNode {
  const copy = new MapNode(new Map());
  const inner = copyNode(entriesOf(root).get(key)!);
  attach(copy, key, inner);
  entriesOf(copy).set(key, inner);
  return copy;
}

function finish(
  composed: Composed,
  dir: string,
  number: number | undefined,
  mode: RunPlan['mode'],
  context: ResolveContext,
  cwd: string,
): PlannedRun {
  const { root } = composed;
  put(root, 'hydra.runtime.output_dir', dir.startsWith('/') || cwd === '.' ? dir : joinPath(cwd, dir));
  put(root, 'hydra.mode', mode);
  const subdir = select(root, 'hydra.output_subdir', context);
  const words = composed.overrides.filter((one) => !/^hydra[./]/.test(one.key)).map((one) => one.word);
  const folder = subdir === null || subdir === undefined ? undefined : joinPath(dir, scalarText(subdir));
  const files: SavedFile[] =
    folder === undefined
      ? []
      : [
          { path: `${folder}/config.yaml`, text: toYaml(without(root, 'hydra'), context) },
          { path: `${folder}/hydra.yaml`, text: toYaml(only(root, 'hydra'), context) },
          { path: `${folder}/overrides.yaml`, text: dumpYaml(words) },
        ];
  const env = select(root, 'hydra.job.env_set', context);
  const variables =
    env instanceof MapNode
      ? (toContainer(env, context, { resolve: true }) as Map<unknown, unknown>)
      : new Map();
  const settings = only(root, 'hydra');
  entriesOf(root).delete('hydra');
  // The rest still finds ${hydra:...}: the part stays reachable for interpolations only.
  return {
    number,
    overrides: words,
    dir,
    config: root,
    settings,
    context,
    files,
    env: Object.fromEntries([...variables].map(([key, value]) => [scalarText(key), scalarText(value)])),
  };
}

/** How a command line runs: once, or as many times as its sweeps ask for. Nothing is written. Throws `ConfigErrors`. */
export function planRuns(options: RunOptions): RunPlan {
  const cwd = options.cwd ?? '.';
  const fresh = () =>
    resolveContext({ ...options, resolvers: { ...runResolvers(options.time), ...options.resolvers } });
  const context = fresh();
  const master = compose({ ...options, context, allowSweeps: true, skipMissing: true });
  const mode = select(setting(master.root), 'mode', context);
  const multirun = options.multirun === true || mode === 'MULTIRUN';
  if (!multirun) {
    const made = compose({ ...options, context: fresh() });
    const dir = textAt(made.root, 'hydra.run.dir', context);
    return {
      mode: 'RUN',
      dir,
      batches: [],
      files: [],
      run: () => finish(made, dir, undefined, 'RUN', fresh(), cwd),
    };
  }
  const params = select(master.root, 'hydra.sweeper.params', context);
  const words =
    params instanceof MapNode
      ? [...entriesOf(params)].map(
          ([key, child]) => `${scalarText(key)}=${child.kind === 'value' ? scalarText(child.value) : ''}`,
        )
      : [];
  const own = master.overrides.filter((one) => !/^hydra[./]/.test(one.key)).map((one) => one.word);
  const settingWords = master.overrides.filter((one) => /^hydra[./]/.test(one.key)).map((one) => one.word);
  const { overrides } = parseOverrides([...words, ...own]);
  const jobs = planJobs(overrides, { groupOptions: (group) => master.repository.options(group) });
  const size = select(master.root, 'hydra.sweeper.max_batch_size', context);
  put(master.root, 'hydra.mode', 'MULTIRUN');
  const dir = textAt(master.root, 'hydra.sweep.dir', context);
  const composeJob = (job: Job) => {
    const inner = fresh();
    const made = compose({ ...options, overrides: [...settingWords, ...job.overrides], context: inner });
    put(made.root, 'hydra.job.num', job.number);
    put(made.root, 'hydra.job.id', String(job.number));
    const subdir = textAt(made.root, 'hydra.sweep.subdir', inner);
    return finish(made, joinPath(dir, subdir), job.number, 'MULTIRUN', inner, cwd);
  };
  return {
    mode: 'MULTIRUN',
    dir,
    batches: batches(jobs, typeof size === 'number' ? size : undefined),
    files: [{ path: `${dir}/multirun.yaml`, text: toYaml(master.root, context) }],
    run: (job) => composeJob(job ?? jobs[0]!),
  };
}

/** The part of a composed config that `--cfg` and `--package` ask for. */
export function shownPart(
  root: Container,
  path: string | undefined,
  context: ResolveContext,
  resolve: boolean,
): string {
  if (path === undefined || path === '_global_') return toYaml(root, context, { resolve });
  const found = select(root, path, context);
  if (found === undefined) throw new ConfigProblem('key', `the package '${path}' is not in the config`);
  if (found instanceof MapNode || (typeof found === 'object' && found !== null && 'kind' in found))
    return `# @package ${path}\n${toYaml(found as Node, context, { resolve })}`;
  return `${scalarText(found)}\n`;
}
