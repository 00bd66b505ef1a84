import { comparePlans } from '@fasthep/flow';
import { paint } from '../terminal/colour.ts';
import { type CliContext, print, printJson } from '../terminal/context.ts';
import { changeLine, findRun, plannedOf } from '../workflow/changes.ts';
import type { CommonFlags } from '../workflow/lazy.ts';

/** `diff RUN RUN`: what is different in what two runs did. */
export default async function diff(
  this: CliContext,
  flags: CommonFlags,
  a: string,
  b: string,
): Promise<void> {
  const cwd = this.process.cwd();
  const [before, after] = [a, b].map((run) => plannedOf(findRun(cwd, undefined, run)!)) as [
    ReturnType<typeof plannedOf>,
    ReturnType<typeof plannedOf>,
  ];
  const changes = comparePlans(before, after);
  if (flags.json) {
    printJson(this, changes);
    return;
  }
  const colours = paint(this.process.stdout, this.process.env);
  print(
    this,
    changes.length > 0 ? changes.map((change) => changeLine(change, colours)).join('\n') : 'no difference',
  );
}
