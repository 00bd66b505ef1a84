import { run } from '@stricli/core';
import { application } from './app.ts';
import { type CliContext, EXIT } from './terminal/context.ts';
import { VERSION } from './version.ts';

/** Runs one command. Gives the exit code. */
export async function main(words: readonly string[], process: CliContext['process']): Promise<number> {
  if (words[0] === 'complete') {
    const { complete } = await import('./completion/complete.ts');
    const found = await complete(application(VERSION), words.slice(words[1] === '--' ? 2 : 1), process);
    process.stdout.write(found.map((one) => `${one}\n`).join(''));
    return EXIT.ok;
  }
  await run(application(VERSION), words.length === 0 ? ['--help'] : words, { process });
  const code = Number(process.exitCode ?? EXIT.ok);
  // Below zero the words of the command line were wrong, or a command could not be loaded.
  return code < 0 || code > 255 ? EXIT.input : code;
}
