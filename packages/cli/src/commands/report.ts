import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { FlowError } from '@fasthep/flow';
import { type CliContext, print, printJson } from '../terminal/context.ts';
import type { CommonFlags } from '../workflow/lazy.ts';
import { writeReportOf } from '../workflow/report.ts';
import { listRuns } from '../workflow/runs.ts';

/** `report [RUN]` */
export default async function report(this: CliContext, flags: CommonFlags, run?: string): Promise<void> {
  const cwd = this.process.cwd();
  const path = run === undefined ? listRuns(join(cwd, 'runs')).at(-1)?.path : resolve(cwd, run);
  if (path === undefined || !existsSync(join(path, 'plan.json'))) {
    throw new FlowError(
      'FLOW-R008',
      `${path ?? join(cwd, 'runs')} is not the folder of a run`,
      "give one: 'fasthep-flow runs' lists them",
    );
  }
  const file = await writeReportOf(path);
  if (file === undefined) {
    throw new FlowError(
      'FLOW-R009',
      'reports need the pack @fasthep/render',
      "install it: 'npm install @fasthep/render'",
    );
  }
  if (flags.json) printJson(this, { report: file });
  else print(this, file);
}
