/** The runs that one command asks for, and which of them an earlier command did. */
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type Config, dumpYaml, type Job, planMultirun } from '@fasthep/config';
import { FlowError } from '@fasthep/flow';
import { runReader } from '@fasthep/flow/node';
import { MULTIRUN } from './runs.ts';
import type { SavedConfig } from './saved.ts';
import { groupsOf } from './search-path.ts';
import { redactorOf } from './secrets.ts';
import { composed, told } from './stages.ts';
import type { ConfigFlags } from './words.ts';

/** All runs of one command. */
export interface Jobs {
  /** All of them; a number is the place in the product of the sweeps, and stays when a multirun is resumed. */
  jobs: Job[];
  /** The config of the first. */
  config: Config;
  /** Takes the secrets of all runs out of plain data. */
  clean<T>(data: T): T;
}

/** The runs of swept overrides, each composed once: what is wrong with the tenth is told before the first begins. */
export function planJobs(
  file: string,
  words: readonly string[],
  flags: ConfigFlags & { zip?: readonly string[] },
): Jobs {
  const zip = (flags.zip ?? []).map((keys) => keys.split(',').map((key) => key.trim()));
  const groups = groupsOf(file, flags.configDir);
  const jobs = told(() => planMultirun(words, { zip, groupOptions: (group) => groups.options(group) }));
  if (jobs.length === 0)
    throw new FlowError('FLOW-C015', 'these overrides make no run', 'a sweep among them has no values');
  const configs = jobs.map(({ overrides }) => composed(file, overrides, flags));
  return { jobs, config: configs[0]!, clean: redactorOf(configs.map(({ value }) => value)) };
}

/** The folder of a multirun to go on with: the one that is named, or the last of this file. */
export function findMultirun(named: string, file: string, out: string, cwd: string): string {
  if (named !== 'last') {
    const path = resolve(cwd, named);
    if (existsSync(join(path, MULTIRUN))) return path;
    throw new FlowError('FLOW-R008', `${path} is not the folder of a multirun`, `it has no ${MULTIRUN}`);
  }
  const base = out.includes('{') ? out.slice(0, out.indexOf('{')) : out;
  const own = `file: ${dumpYaml(resolve(cwd, file)).split('\n')[0]}\n`;
  const last = multirunsIn(base, 3)
    .filter((path) => runReader(path).text(MULTIRUN)!.startsWith(own))
    .sort((a, b) => statSync(join(a, MULTIRUN)).mtimeMs - statSync(join(b, MULTIRUN)).mtimeMs)
    .at(-1);
  if (last !== undefined) return last;
  throw new FlowError('FLOW-R008', `there is no multirun of ${file} in ${base}`, 'leave out --resume');
}

function multirunsIn(folder: string, depth: number): string[] {
  if (existsSync(join(folder, MULTIRUN))) return [folder];
  if (depth === 0 || !existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap(({ name }) => multirunsIn(join(folder, name), depth - 1));
}

/** Whether a run is done in its folder with the same config. Refuses a folder that holds another run. */
export function isDone(folder: string, job: Job, saved: SavedConfig): boolean {
  const reader = runReader(join(folder, String(job.number)));
  const before = reader.text('overrides.yaml');
  if (before === undefined) return false;
  if (before !== saved['overrides.yaml']) {
    const [was, is] = [before, saved['overrides.yaml']].map((text) =>
      text.trim().replace(/^- /gm, '').replaceAll('\n', ' '),
    );
    throw new FlowError(
      'FLOW-R008',
      `job ${job.number} in ${folder} was made with '${was}', and would be '${is}' now`,
      'resume with the sweeps of that multirun, in their order, or leave out --resume',
    );
  }
  const provenance = reader.text('provenance.json');
  return (
    provenance !== undefined &&
    (JSON.parse(provenance) as { outcome: string }).outcome === 'done' &&
    reader.text('config.yaml') === saved['config.yaml']
  );
}
