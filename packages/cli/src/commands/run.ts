import { FlowError } from '@fasthep/flow';
import { type CliContext, printJson } from '../terminal/context.ts';
import { multirun } from '../workflow/multirun.ts';
import { type RunFlags, runOnce } from '../workflow/run-once.ts';
import { split } from '../workflow/words.ts';

/** `run FILE [OVERRIDE...]` */
export default async function run(this: CliContext, flags: RunFlags, ...words: string[]): Promise<void> {
  const { file, keys, overrides } = split(words, flags);
  const [odd] = keys;
  if (odd !== undefined) {
    throw new FlowError(
      'FLOW-C014',
      `'${odd}' is no override`,
      'write key=value, +new.key=value or ~gone.key',
    );
  }
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

function refuse(wrong: boolean | undefined, message: string, help: string): void {
  if (wrong) throw new FlowError('FLOW-K006', message, help);
}
