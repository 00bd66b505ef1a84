import { readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { freshName, inStore, withFolder } from './layout.ts';

const BEAT = 60_000;
/** After this time without a sign a process on another host counts as gone. */
const GONE = 15 * BEAT;

/** Says that this process may read from the store until the returned function is called. */
export function holdStore(root: string): () => void {
  const path = inStore(root, 'running', freshName());
  withFolder(path, () => writeFileSync(path, JSON.stringify({ pid: process.pid, host: hostname() })));
  const timer = setInterval(() => {
    const now = Date.now() / 1000;
    try {
      utimesSync(path, now, now);
    } catch {
      clearInterval(timer);
    }
  }, BEAT);
  timer.unref();
  return () => {
    clearInterval(timer);
    rmSync(path, { force: true });
  };
}

/** How many processes may read from the store; forgets those that ended without saying so. */
export function holders(root: string): number {
  let names: string[];
  try {
    names = readdirSync(inStore(root, 'running'));
  } catch {
    return 0;
  }
  let alive = 0;
  for (const name of names) {
    const path = inStore(root, 'running', name);
    if (isAlive(path)) alive++;
    else rmSync(path, { force: true });
  }
  return alive;
}

function isAlive(path: string): boolean {
  try {
    const { pid, host } = JSON.parse(readFileSync(path, 'utf8')) as { pid: number; host: string };
    if (host !== hostname()) return Date.now() - statSync(path).mtimeMs < GONE;
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: there is such a process, of another user. A file that cannot be parsed is being written.
    return (error as NodeJS.ErrnoException).code === 'EPERM' || error instanceof SyntaxError;
  }
}
