/** A program as Hydra's `@hydra.main` makes it, held in memory: what it prints, writes and exits with. */
import * as config from '@fasthep/config';
import type { Json } from './codec.ts';
import type { Bench, Result } from './omegaconf.ts';

/** As long as the folder the answers were made in: tables are padded to it. */
const ROOT = '/tmp/vec_abcdefgh/tree';
const STAMP = '<TIMESTAMP>';

/** What the program says instead of Python's traceback. */
class Failed extends Error {
  readonly code: number;
  constructor(message: string, code = 1) {
    super(message);
    this.code = code;
  }
}

const normal = (text: string): string =>
  text
    .replaceAll(ROOT, '<ROOT>')
    .replace(/\d{4}-\d\d-\d\d\/\d\d-\d\d-\d\d/g, '<DATE>/<TIME>')
    .replace(/\d{4}-\d\d-\d\d/g, '<DATE>')
    .replace(/\b\d\d-\d\d-\d\d\b/g, '<TIME>');

class App {
  readonly bench: Bench;
  stdout = '';
  readonly written = new Map<string, string>();

  constructor(bench: Bench) {
    this.bench = bench;
  }

  print(text: string): void {
    this.stdout += `${text}\n`;
  }

  sources(args: config.AppArguments): config.ConfigSource[] {
    const { input } = this.bench;
    const files: Record<string, string> = {};
    for (const [path, text] of Object.entries((input.files ?? {}) as Record<string, string>))
      files[`${ROOT}/conf/${path}`] = text;
    for (const [path, text] of Object.entries((input.extra_files ?? {}) as Record<string, string>))
      files[`${ROOT}/${path}`] = text;
    const memory = config.memoryFiles(files);
    const main = (input.config_path ?? true) ? 'conf' : '.';
    const made = [config.folderSource(`${ROOT}/${args.configPath ?? main}`.replace(/\/\.$/, ''), memory)];
    if (args.configDir !== undefined) {
      const folder = `${ROOT}/${args.configDir}`;
      if (!Object.keys(files).some((path) => path.startsWith(`${folder}/`)))
        throw new Failed(`no folder ${args.configDir}`);
      made.push(config.folderSource(folder, memory, 'command-line'));
    }
    return made;
  }

  openPath(path: string): config.ConfigSource {
    const files: Record<string, string> = {};
    for (const [name, text] of Object.entries((this.bench.input.extra_files ?? {}) as Record<string, string>))
      files[`${ROOT}/${name}`] = text;
    return config.folderSource(
      `${ROOT}/${path.replace(/^file:\/\//, '')}`,
      config.memoryFiles(files),
      'hydra.searchpath in main',
    );
  }

  run(): void {
    const { input, context } = this.bench;
    const args = config.parseArguments(input.argv);
    if (args.version || args.help || args.settingsHelp) return;
    if (
      [args.multirun, args.cfg !== undefined, args.info !== undefined, args.completion].filter(Boolean)
        .length > 1
    )
      throw new Failed('one thing at a time');
    if (args.resolve && args.cfg === undefined) throw new Failed('--resolve goes with --cfg');
    if (args.completion || args.rerun !== undefined) throw new Failed('nothing to go by');
    const options = {
      configName: args.configName ?? input.config_name ?? undefined,
      overrides: args.overrides,
      sources: this.sources(args),
      openPath: (path: string) => this.openPath(path),
      mode: 'omegaconf' as const,
      jobName: 'app',
      cwd: ROOT,
    };
    if (args.info !== undefined) {
      const listed = config.listDefaults({ ...options, context });
      const { info } = args;
      if (info === 'searchpath' || info === 'config' || info === 'all')
        this.stdout += config.searchPathText(listed);
      if (info === 'defaults-tree' || info === 'config' || info === 'all')
        this.stdout += config.treeText(listed);
      if (info === 'defaults' || info === 'config' || info === 'all')
        this.stdout += config.defaultsText(listed);
      if (info === 'config' || info === 'all') {
        const { root } = config.compose({ ...options, context });
        (root.content as Map<string, unknown>).delete('hydra');
        this.print(`Config\n******\n${config.toYaml(root, context)}`);
      }
      return;
    }
    if (args.cfg !== undefined) {
      const { root } = config.compose({ ...options, context });
      const content = root.content as Map<string, config.Node>;
      if (args.cfg === 'job') content.delete('hydra');
      if (args.cfg === 'hydra')
        for (const key of [...content.keys()]) if (key !== 'hydra') content.delete(key);
      this.stdout += config.shownPart(root, args.package, context, args.resolve);
      return;
    }
    const time = new Date(2026, 0, 2, 3, 4, 5);
    const plan = config.planRuns({
      ...options,
      multirun: args.multirun,
      time,
      expressions: false,
      env: process.env,
    });
    if (plan.mode === 'RUN') this.job(plan.run());
    else {
      for (const file of plan.files) this.written.set(file.path, file.text);
      for (const jobs of plan.batches) {
        this.log(`Launching ${jobs.length} jobs locally`);
        for (const job of jobs) {
          this.log(`\t#${job.number} : ${job.overrides.join(' ')}`);
          this.job(plan.run(job));
        }
      }
    }
  }

  log(text: string): void {
    this.print(`[${STAMP}][HYDRA] ${text}`);
  }

  job(run: config.PlannedRun): void {
    for (const file of run.files) this.written.set(file.path, file.text);
    const { context, config: root, settings } = run;
    const read = (path: string) => config.select(settings, path, context);
    const handler = read('hydra.job_logging.handlers.file');
    if (handler !== undefined && handler !== null) this.written.set(`${run.dir}/app.log`, '');
    const x = () => {
      const value = config.select(root, 'x', context, { throwOnMissing: true });
      return config.scalarText(value);
    };
    switch (this.bench.input.body ?? 'print_cfg') {
      case 'print_cfg':
        this.stdout += config.toYaml(root, context);
        break;
      case 'print_cwd':
        this.print(`cwd=${read('hydra.job.chdir') === true ? run.dir : '.'}`);
        break;
      case 'print_job': {
        const number = run.number === undefined ? 'None' : String(run.number);
        this.print(
          `name=${read('hydra.job.name')} num=${number} override_dirname=${read('hydra.job.override_dirname')} mode=${read('hydra.mode')} outdir=${run.dir}`,
        );
        break;
      }
      case 'print_choices': {
        const choices = read('hydra.runtime.choices');
        this.stdout += config.toYaml(choices as config.Container, context);
        break;
      }
      case 'fail':
        throw new Failed('boom');
      case 'fail_if':
        this.print(`x=${x()}`);
        if (x() === '2') throw new Failed('x is 2');
        break;
      case 'print_x':
        this.print(`x=${x()}`);
        break;
      case 'log':
        if (read('hydra.job_logging.handlers.console') !== undefined)
          this.print(`[${STAMP}][app][INFO] - hello`);
        break;
      case 'env':
        this.print(`V=${run.env.V ?? process.env.V ?? 'None'}`);
        break;
    }
  }
}

/** Runs the program of one vector. What it says on stderr is our own text and not compared. */
export function runApp(bench: Bench, expected: Record<string, Json>): Result {
  const app = new App(bench);
  let code = 0;
  try {
    app.run();
  } catch (error) {
    if (error instanceof config.UsageError) code = 2;
    else if (error instanceof Failed) code = error.code;
    else if (error instanceof config.ConfigErrors || error instanceof config.ConfigProblem) code = 1;
    else throw error;
  }
  const files = [...app.written.keys()].map((path) => normal(path.replace(/^\.\//, ''))).sort();
  const value: Record<string, Json> = { exit_code: code, files };
  if ('stdout' in expected) value.stdout = normal(app.stdout);
  if ('read' in expected) {
    const read: Record<string, Json> = {};
    for (const path of Object.keys(expected.read as object)) {
      const found = [...app.written].find(([name]) => normal(name) === path);
      read[path] = found ? normal(found[1]) : null;
    }
    value.read = read;
  }
  return { value };
}
