/** Several runs by one command, one after the other, each in a numbered folder. */
import { join, relative } from 'node:path';
import { dumpYaml, type Job } from '@fasthep/config';
import type { Problem } from '@fasthep/flow';
import { createRunDirectory, openRunDirectory, runReader } from '@fasthep/flow/node';
import { paint } from '../terminal/colour.ts';
import { type CliContext, EXIT, print, say } from '../terminal/context.ts';
import { problemsOf, reportError } from '../terminal/errors.ts';
import { table } from '../terminal/table.ts';
import { count, duration } from '../terminal/units.ts';
import { findMultirun, isDone, type Jobs, planJobs } from './jobs.ts';
import { placesOf } from './paths.ts';
import { type Placing, type RunFlags, runOnce } from './run-once.ts';
import { MULTIRUN } from './runs.ts';
import { savedConfig } from './saved.ts';
import { check, toConfig } from './stages.ts';
import type { RunSummary } from './summary.ts';

/** What became of one of the runs. */
interface JobResult extends Partial<RunSummary> {
  number: number;
  overrides: string[];
  /** What differs from run to run. */
  varied: Record<string, string>;
  /** An outcome of a run; `refused` where its input is wrong, `not run` behind an end of all. */
  outcome: string;
  /** Done by an earlier command that this one goes on with. */
  earlier?: true;
  problems?: Problem[];
}

/** Runs all combinations of swept overrides. Gives what became of each, and the worst exit code. */
export async function multirun(
  context: CliContext,
  flags: RunFlags,
  file: string,
  words: readonly string[],
): Promise<{ results: JobResult[]; exitCode: number }> {
  const planned = planJobs(file, words, flags);
  // What is wrong with the workflow itself is told once, not by each run.
  check(await toConfig(context, file, planned.jobs[0]!.overrides, flags));
  const sweep = new Sweep(context, flags, file, words, planned);
  const results: JobResult[] = [];
  let exitCode: number = EXIT.ok;
  let stopped = false;
  for (const job of planned.jobs) {
    if (stopped) {
      results.push(sweep.left(job));
      continue;
    }
    const { result, code } = await sweep.run(job);
    results.push(result);
    exitCode = Math.max(exitCode, code);
    stopped = code === EXIT.interrupted || (flags.failFast === true && code !== EXIT.ok);
    sweep.save(results);
  }
  sweep.save(results);
  sweep.tell(results);
  return { results, exitCode };
}

class Sweep {
  readonly context: CliContext;
  readonly flags: RunFlags;
  readonly file: string;
  readonly words: readonly string[];
  readonly planned: Jobs;
  readonly cwd: string;
  /** The folder of all runs: the first to have one makes it. */
  folder: string | undefined;
  /** What an earlier command did of it. */
  readonly before = new Map<Job, JobResult>();

  constructor(context: CliContext, flags: RunFlags, file: string, words: readonly string[], planned: Jobs) {
    this.context = context;
    this.flags = flags;
    this.file = file;
    this.words = words;
    this.planned = planned;
    this.cwd = context.process.cwd();
    if (flags.resume !== undefined) {
      this.folder = findMultirun(flags.resume, file, placesOf(planned.config, this.cwd).out, this.cwd);
      for (const job of planned.jobs) {
        const earlier = this.earlier(this.folder, job);
        if (earlier) this.before.set(job, earlier);
      }
    }
  }

  async run(job: Job): Promise<{ result: JobResult; code: number }> {
    const { context, file, flags } = this;
    const earlier = this.before.get(job);
    if (earlier) return { result: earlier, code: EXIT.ok };
    if (!flags.quiet) say(context, this.heading(job));
    try {
      const { summary, exitCode } = await runOnce(context, flags, file, job.overrides, this.placing(job));
      return { result: { ...this.start(job), ...summary }, code: exitCode };
    } catch (error) {
      reportError(context, error, { debug: flags.debug });
      const problems = problemsOf(error);
      return {
        result: { ...this.start(job), outcome: 'refused', problems },
        code: Number(context.process.exitCode),
      };
    }
  }

  /** A run that is not begun any more. */
  left(job: Job): JobResult {
    return this.before.get(job) ?? { ...this.start(job), outcome: 'not run' };
  }

  start({ number, overrides, varied }: Job): Pick<JobResult, 'number' | 'overrides' | 'varied'> {
    return this.planned.clean({ number, overrides, varied });
  }

  heading(job: Job): string {
    const { varied } = this.start(job);
    const { jobs } = this.planned;
    const colours = paint(this.context.process.stderr, this.context.process.env);
    const what = Object.entries(varied).map(([key, value]) => `${key}=${value}`);
    return colours(
      'bold',
      `job ${job.number} (${jobs.indexOf(job) + 1} of ${jobs.length}): ${what.join(' ')}`,
    );
  }

  /** What an earlier command made of the run. */
  earlier(folder: string, job: Job): JobResult | undefined {
    const saved = this.planned.clean(savedConfig(this.file, job.overrides, this.flags));
    if (!isDone(folder, job, saved)) return undefined;
    const run = join(folder, String(job.number));
    const reader = runReader(run);
    const { workflow, outcome, milliseconds, tasks, rows, bytes } = JSON.parse(
      reader.text('provenance.json')!,
    ) as RunSummary;
    const products = JSON.parse(reader.text('products.json') ?? '[]') as RunSummary['products'];
    const made = { run, workflow, outcome, milliseconds, tasks, rows, bytes, products };
    return { ...this.start(job), ...made, earlier: true };
  }

  placing(job: Job): Placing {
    return (out, workflow, started) => {
      if (this.folder === undefined) {
        const own = createRunDirectory(out, workflow, started);
        this.folder = own.path;
        const jobs = this.planned.jobs.map(({ number, overrides }) => ({ number, overrides }));
        const { zip } = this.flags;
        const about = {
          overrides: [...this.words],
          ...(zip ? { zip: [...zip] } : {}),
          started: started.toISOString(),
          jobs,
        };
        const head = dumpYaml({ file: join(this.cwd, relative(this.cwd, this.file)) });
        own.write(MULTIRUN, head + dumpYaml(this.planned.clean(about)));
      }
      return createRunDirectory(this.folder, workflow, started, job.number);
    };
  }

  /** Writes the table as it is so far. */
  save(results: readonly JobResult[]): void {
    if (this.folder !== undefined) openRunDirectory(this.folder).write('jobs.json', [...results]);
  }

  tell(results: readonly JobResult[]): void {
    const { context, flags, folder, cwd } = this;
    if (!flags.json && !flags.events) print(context, jobsTable(results));
    if (folder === undefined) return;
    const where = relative(cwd, folder) || folder;
    const done = results.filter(({ outcome }) => outcome === 'done').length;
    say(context, `${done} of ${results.length} jobs done, in ${where}`);
    if (done < results.length) say(context, `the same command with '--resume ${where}' makes the others`);
  }
}

function jobsTable(results: readonly JobResult[]): string {
  const keys = [...new Set(results.flatMap(({ varied }) => Object.keys(varied)))];
  const rows = results.map((one) => [
    String(one.number),
    ...keys.map((key) => one.varied[key] ?? ''),
    one.earlier ? `${one.outcome} before` : one.outcome,
    one.milliseconds === undefined ? '' : duration(one.milliseconds),
    one.rows === undefined ? '' : count(one.rows),
  ]);
  return table(['job', ...keys, 'outcome', 'time', 'rows'], rows);
}
