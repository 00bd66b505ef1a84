import { FlowError } from '@fasthep/flow';
import { type CliContext, print, printJson } from '../terminal/context.ts';
import { planJobs } from '../workflow/jobs.ts';
import { multirun } from '../workflow/multirun.ts';
import { type RunFlags, runOnce } from '../workflow/run-once.ts';
import { type ShowFlags, showConfig } from '../workflow/show-config.ts';
import { split } from '../workflow/words.ts';

type Flags = RunFlags & ShowFlags;

/** `run FILE [OVERRIDE...]` */
export default async function run(this: CliContext, flags: Flags, ...words: string[]): Promise<void> {
  const { file, keys, overrides } = split(words, flags);
  const [odd] = keys;
  if (odd !== undefined) {
    throw new FlowError(
      'FLOW-C014',
      `'${odd}' is no override`,
      'write key=value, +new.key=value or ~gone.key',
    );
  }
  if (showConfigs(this, flags, file, overrides)) return;
  refuse(flags.failFast && flags.keepGoing, '--fail-fast and --keep-going say the opposite', 'give one');
  refuse(!flags.multirun && flags.resume !== undefined, '--resume is for several runs', 'add -m');
  refuse(!flags.multirun && flags.zip !== undefined, '--zip is for several runs', 'add -m');
  if (!flags.multirun) {
    const done = await runOnce(this, flags, file, overrides);
    if (flags.json) printJson(this, done.summary);
    this.process.exitCode = done.exitCode;
    return;
  }
  const { results, exitCode } = await multirun(this, flags, file, overrides);
  if (flags.json) printJson(this, results);
  this.process.exitCode = exitCode;
}

/** The config instead of a run; with `-m` that of each run. */
function showConfigs(context: CliContext, flags: Flags, file: string, overrides: string[]): boolean {
  if (!flags.multirun || (flags.cfg === undefined && flags.info === undefined))
    return showConfig(context, flags, file, overrides);
  for (const job of planJobs(file, overrides, flags).jobs) {
    if (!flags.json) print(context, `--- # job ${job.number}: ${job.overrides.join(' ')}`);
    showConfig(context, flags, file, job.overrides);
  }
  return true;
}

function refuse(wrong: boolean | undefined, message: string, help: string): void {
  if (wrong) throw new FlowError('FLOW-K006', message, help);
}
