import { run } from '@stricli/core';
import { application } from './app.ts';
import { type CliContext, EXIT } from './terminal/context.ts';
import { VERSION } from './version.ts';

/** Runs one command. Gives the exit code. */
export async function main(words: readonly string[], process: CliContext['process']): Promise<number> {
  await run(application(VERSION), words.length === 0 ? ['--help'] : words, { process });
  const code = Number(process.exitCode ?? EXIT.ok);
  // Below zero the words of the command line were wrong, or a command could not be loaded.
  return code < 0 || code > 255 ? EXIT.input : code;
}
