import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

/** The commit that is checked out in the folder or above it; undefined outside of a repository. Starts no process. */
export function gitCommit(folder: string): string | undefined {
  for (let at = resolve(folder); ; at = dirname(at)) {
    const git = join(at, '.git');
    if (existsSync(git)) return commitOf(git);
    if (at === dirname(at)) return undefined;
  }
}

function commitOf(git: string): string | undefined {
  try {
    // In a work tree `.git` is a file that says where the real one is; branches are those of the main one.
    const own = statSync(git).isDirectory() ? git : resolve(dirname(git), read(git).replace(/^gitdir: /, ''));
    const shared = existsSync(join(own, 'commondir')) ? resolve(own, read(join(own, 'commondir'))) : own;
    const head = read(join(own, 'HEAD'));
    if (!head.startsWith('ref: ')) return head;
    const ref = head.slice(5);
    if (existsSync(join(shared, ref))) return read(join(shared, ref));
    const packed = read(join(shared, 'packed-refs')).split('\n');
    return packed.find((line) => line.endsWith(` ${ref}`))?.split(' ')[0];
  } catch {
    return undefined;
  }
}

function read(path: string): string {
  return readFileSync(path, 'utf8').trim();
}
