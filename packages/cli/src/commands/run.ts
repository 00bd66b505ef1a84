import { dirname } from 'node:path';
import { ConfigErrors, type Job, planMultirun } from '@fasthep/config';
import { FlowError, FlowErrors, fromConfig } from '@fasthep/flow';
import { type CliContext, EXIT, print, printJson } from '../terminal/context.ts';
import { table } from '../terminal/table.ts';
import { duration } from '../terminal/units.ts';
import { type RunFlags, runOnce } from '../workflow/run-once.ts';
import type { RunSummary } from '../workflow/summary.ts';
import { split } from '../workflow/words.ts';

/** `run FILE [OVERRIDE...]` */
export default async function run(this: CliContext, flags: RunFlags, ...words: string[]): Promise<void> {
  const { file, keys, overrides } = split(words);
  const [odd] = keys;
  if (odd !== undefined) {
    throw new FlowError(
      'FLOW-C014',
      `'${odd}' is no override`,
      'write key=value, +new.key=value or ~gone.key',
    );
  }
  if (flags.multirun) {
    await runMany(this, flags, file, jobsOf(overrides));
    return;
  }
  const done = await runOnce(this, flags, file, overrides);
  if (flags.json) printJson(this, done.summary);
  this.process.exitCode = done.exitCode;
}

/** One run after the other, numbered, and a table of them. */
async function runMany(context: CliContext, flags: RunFlags, file: string, jobs: Job[]): Promise<void> {
  const done: { job: Job; summary: RunSummary }[] = [];
  let worst: number = EXIT.ok;
  for (const job of jobs) {
    const folder = done[0] && dirname(done[0].summary.run);
    const place = { number: job.number, ...(folder ? { folder } : {}) };
    const { summary, exitCode } = await runOnce(context, flags, file, job.overrides, place);
    done.push({ job, summary });
    worst = Math.max(worst, exitCode);
    if (exitCode === EXIT.interrupted) break;
  }
  if (flags.json)
    printJson(
      context,
      done.map(({ job, summary }) => ({ ...job, ...summary })),
    );
  else if (!flags.events) print(context, jobTable(done));
  context.process.exitCode = worst;
}

function jobTable(done: readonly { job: Job; summary: RunSummary }[]): string {
  const varied = [...new Set(done.flatMap(({ job }) => Object.keys(job.varied)))];
  const rows = done.map(({ job, summary }) => [
    String(job.number),
    ...varied.map((key) => job.varied[key] ?? ''),
    summary.outcome,
    duration(summary.milliseconds),
  ]);
  return table(['job', ...varied, 'outcome', 'time'], rows);
}

function jobsOf(overrides: string[]): Job[] {
  try {
    return planMultirun(overrides);
  } catch (error) {
    if (error instanceof ConfigErrors) throw new FlowErrors(error.problems.map(fromConfig), error.sources);
    throw error;
  }
}
