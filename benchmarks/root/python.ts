import { execFileSync, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** A Python process that answers one JSON value with another. */
export interface Reference {
  ask(request: Record<string, unknown>): Promise<Record<string, unknown>>;
  close(): void;
}

/** Python with uproot: that of UPROOT_PYTHON, or a virtual environment made once in the folder for temporary files. */
export function pythonWithUproot(): string {
  const own = process.env.UPROOT_PYTHON;
  if (own) return own;
  const folder = join(tmpdir(), 'fasthep-uproot-5.7.7');
  const python = join(folder, 'bin/python');
  if (!existsSync(join(folder, 'ready'))) {
    console.error(`making ${folder} …`);
    execFileSync('python3', ['-m', 'venv', folder], { stdio: 'inherit' });
    const packages = ['uproot==5.7.7', 'awkward', 'lz4', 'xxhash', 'zstandard', 'cramjam', 'numpy'];
    execFileSync(python, ['-m', 'pip', 'install', '-q', ...packages], { stdio: 'inherit' });
    execFileSync('touch', [join(folder, 'ready')]);
  }
  return python;
}

/** Starts the reference. */
export function startReference(): Reference {
  const script = join(import.meta.dirname ?? new URL('.', import.meta.url).pathname, 'reference.py');
  const child = spawn(pythonWithUproot(), [script], { stdio: ['pipe', 'pipe', 'inherit'] });
  const waiting: ((line: string) => void)[] = [];
  createInterface({ input: child.stdout }).on('line', (line) => waiting.shift()?.(line));
  return {
    ask(request) {
      child.stdin.write(`${JSON.stringify(request)}\n`);
      return new Promise((resolve) =>
        waiting.push((line) => resolve(JSON.parse(line) as Record<string, unknown>)),
      );
    },
    close: () => child.stdin.end(),
  };
}
