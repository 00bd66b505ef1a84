/** A process for tests: what commands write, in a folder of its own. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { main } from '../main.ts';

/** What a command did. */
export interface Done {
  code: number;
  out: string;
  err: string;
}

/** A command line in a folder. */
export interface Console {
  folder: string;
  /** Runs one command. */
  run(...words: string[]): Promise<Done>;
  /** The Ctrl-C of the next command, at its first event. */
  interruptAt?: (output: string) => boolean;
}

/** Opens one. `env` and `terminal` are what the commands see. */
export function testConsole(
  folder = mkdtempSync(join(tmpdir(), 'cli-')),
  { env = {}, terminal = false }: { env?: Record<string, string>; terminal?: boolean } = {},
): Console {
  const self: Console = {
    folder,
    async run(...words) {
      let [out, err] = ['', ''];
      let interrupt = () => {};
      const take = (more: [string, string]) => {
        out += more[0];
        err += more[1];
        if (self.interruptAt?.(out + err)) interrupt();
      };
      // Files are opened relative to the folder of the process.
      process.chdir(folder);
      const code = await main(words, {
        stdout: { write: (text) => take([text, '']), isTTY: terminal, columns: 100 },
        stderr: { write: (text) => take(['', text]), isTTY: terminal, columns: 100, rows: 20 },
        env,
        argv: words,
        cwd: () => folder,
        onInterrupt(act) {
          interrupt = act;
          return () => {};
        },
      });
      return { code, out, err };
    },
  };
  return self;
}
