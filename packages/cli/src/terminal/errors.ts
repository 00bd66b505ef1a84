/** What went wrong, for people or as JSON, and how the command ends. */
import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FlowErrors, type Problem, renderProblems, taskError } from '@fasthep/flow';
import { paint, paintProblems } from './colour.ts';
import { type CliContext, EXIT, printJson, say } from './context.ts';

/** Writes warnings beside the results. */
export function warn(
  context: CliContext,
  problems: readonly Problem[],
  sources: Record<string, string>,
): void {
  const warnings = problems.filter(({ severity }) => severity === 'warning');
  if (warnings.length > 0) write(context, renderProblems(warnings, sources));
}

/** Tells whatever a command threw, and sets the exit code. Stack traces are for `--debug`, and go to a file. */
export function reportError(
  context: CliContext,
  error: unknown,
  flags: { json?: boolean; debug?: boolean },
): void {
  const problems = problemsOf(error);
  const sources = error instanceof FlowErrors ? error.sources : {};
  context.process.exitCode = isInput(error) ? EXIT.input : EXIT.failed;
  if (flags.json) printJson(context, { problems });
  else write(context, renderProblems(problems, sources));
  if (flags.debug) {
    const path = join(tmpdir(), `fasthep-flow-${process.pid}.txt`);
    writeFileSync(path, `${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    say(context, `the stack trace is in ${path}`);
  }
}

function write(context: CliContext, text: string): void {
  say(context, paintProblems(text, paint(context.process.stderr, context.process.env)));
}

/** What a command threw, as plain data. */
export function problemsOf(error: unknown): Problem[] {
  if (error instanceof FlowErrors) return error.problems;
  const { code, message, help } = taskError(error);
  const origin = (error as { origin?: Problem['origin'] }).origin;
  return [
    {
      code: known(error) ? (SYSTEM[code] ?? code) : 'FLOW-X001',
      message,
      help: help ?? helpFor(error),
      origin,
    },
  ];
}

/** Errors of the operating system. */
const SYSTEM: Record<string, string> = {
  ENOSPC: 'FLOW-R012',
  EDQUOT: 'FLOW-R012',
  EROFS: 'FLOW-R013',
  EACCES: 'FLOW-R013',
  EPERM: 'FLOW-R013',
  ENOENT: 'FLOW-R016',
  ENOTDIR: 'FLOW-R016',
  EISDIR: 'FLOW-R016',
  EIO: 'FLOW-R016',
};

/** Errors that were made for users say so by their code. */
function known(error: unknown): boolean {
  return typeof (error as { code?: unknown }).code === 'string';
}

function helpFor(error: unknown): string | undefined {
  if (known(error)) return undefined;
  return 'this should not happen: run it again with --debug, and report what that says';
}

/** Whether the user's input is to blame rather than the run. */
function isInput(error: unknown): boolean {
  return error instanceof FlowErrors || known(error);
}
