import { type Dirent, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Files } from '../workflow/files.ts';
import { globRule } from '../workflow/files.ts';

function walk(folder: string, prefix: string, deep: boolean, found: string[]): void {
  let entries: Dirent[];
  try {
    entries = readdirSync(folder, { withFileTypes: true });
  } catch {
    return;
  }
  for (const entry of entries) {
    const path = prefix + entry.name;
    if (entry.isDirectory()) {
      if (deep && !entry.name.startsWith('.') && entry.name !== 'node_modules')
        walk(join(folder, entry.name), `${path}/`, deep, found);
    } else found.push(path);
  }
}

/** Files of this machine. Relative paths count from the current folder; they stay relative in messages. */
export function nodeFiles(): Files {
  return {
    read(path) {
      try {
        return readFileSync(path, 'utf8');
      } catch {
        return undefined;
      }
    },
    exists(path) {
      try {
        return statSync(path).isFile();
      } catch {
        return false;
      }
    },
    list(glob) {
      // Only the part after the last folder without wildcards is searched.
      const fixed = /^(?:[^*?{[]*\/)?/.exec(glob)![0];
      const found: string[] = [];
      walk(fixed === '' ? '.' : fixed, fixed, glob.slice(fixed.length).includes('/'), found);
      const rule = globRule(glob);
      return found.filter((path) => rule.test(path)).sort();
    },
    absolute: (path) => resolve(path),
  };
}
