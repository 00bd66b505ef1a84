import type { CliContext } from './context.ts';

/** The process of Node, as commands see it. A reader that goes away (`| head`) ends it quietly. */
export function nodeProcess(): CliContext['process'] {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EPIPE') process.exit(0);
      throw error;
    });
  }
  return {
    stdout: process.stdout,
    stderr: process.stderr,
    env: process.env,
    argv: process.argv.slice(2),
    cwd: () => process.cwd(),
    onInterrupt(act) {
      let count = 0;
      const listen = () => {
        count++;
        if (count === 1) act();
        else process.exit(130);
      };
      process.on('SIGINT', listen);
      process.on('SIGTERM', listen);
      return () => {
        process.off('SIGINT', listen);
        process.off('SIGTERM', listen);
      };
    },
  };
}
