import { appendFileSync, closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { withFolder } from './layout.ts';

/** One file of the index, as far as this process has read it. */
export interface Shard {
  /** Rest of the line for a key; `-` where it was taken away. */
  get(key: string): string | undefined;
  entries(): IterableIterator<[string, string]>;
  /** Reads what other processes appended since; all of it, where the file was replaced. */
  refresh(): void;
  append(lines: readonly string[]): void;
}

const KEY = 64;

/** Opens the shard at `path`, which need not exist. */
export function openShard(path: string): Shard {
  const known = new Map<string, string>();
  let inode = 0;
  let size = 0;

  const take = (text: string) => {
    let start = 0;
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
      if (end - start > KEY && text.charCodeAt(start + KEY) === 32) {
        const key = text.slice(start, start + KEY);
        known.set(key, text.slice(start + KEY + 1, end));
      }
      start = end + 1;
    }
    return start;
  };

  return {
    get: (key) => known.get(key),
    entries: () => known.entries(),
    refresh() {
      let file: number;
      try {
        file = openSync(path, 'r');
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
        known.clear();
        size = 0;
        return;
      }
      try {
        const stat = fstatSync(file);
        if (stat.ino !== inode || stat.size < size) {
          known.clear();
          size = 0;
          inode = stat.ino;
        }
        if (stat.size === size) return;
        const bytes = Buffer.allocUnsafe(stat.size - size);
        const read = readSync(file, bytes, 0, bytes.length, size);
        // A line that is still being written is read next time.
        size += take(bytes.toString('latin1', 0, read));
      } finally {
        closeSync(file);
      }
    },
    append(lines) {
      const text = `\n${lines.join('\n')}\n`;
      withFolder(path, () => appendFileSync(path, text, 'latin1'));
      take(text);
    },
  };
}
