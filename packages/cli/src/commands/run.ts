import { FlowError } from '@fasthep/flow';
import { type CliContext, EXIT, printJson } from '../terminal/context.ts';
import { type RunFlags, runOnce } from '../workflow/run-once.ts';
import { sweep } from '../workflow/sweep.ts';
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
  if (!flags.multirun) {
    const done = await runOnce(this, flags, file, overrides);
    if (flags.json) printJson(this, done.summary);
    this.process.exitCode = done.exitCode;
    return;
  }
  const summaries: object[] = [];
  let worst: number = EXIT.ok;
  for (const [number, one] of sweep(overrides).entries()) {
    const done = await runOnce(this, flags, file, one, number);
    summaries.push({ overrides: one, ...done.summary });
    worst = Math.max(worst, done.exitCode);
    if (done.exitCode === EXIT.interrupted) break;
  }
  if (flags.json) printJson(this, summaries);
  this.process.exitCode = worst;
}
