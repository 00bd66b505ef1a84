import { appendFileSync, readFileSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { SurveyMemory } from '../survey/survey.ts';
import type { JsonObject } from '../types/json.ts';
import { makeFolder } from './folder.ts';
import { writeWhole } from './rundir/whole.ts';

interface Remembered {
  path: string;
  size: number;
  mtime: number;
  inode: number;
  facts: JsonObject;
}

/** A file that changed this lately may change again without its time telling. */
const FRESH = 2000;

/**
 * Facts about files in one file of lines, which several processes may append to. A file counts as the same while
 * its size, time of change and inode are; what cannot be asked for these is not remembered.
 */
export function surveyMemory(path: string): SurveyMemory {
  let known: Map<string, Remembered> | undefined;

  const load = () => {
    known = new Map();
    let lines: string[] = [];
    try {
      lines = readFileSync(path, 'utf8').split('\n');
    } catch {
      return known;
    }
    for (const line of lines) {
      try {
        const one = JSON.parse(line) as Remembered;
        known.set(one.path, one);
      } catch {
        // Empty, or cut by a crash.
      }
    }
    if (lines.length > 100 && lines.length > 3 * known.size) {
      writeWhole(path, [...known.values()].map((one) => `${JSON.stringify(one)}\n`).join(''));
    }
    return known;
  };
  const stat = (file: string) => {
    const found = statSync(file, { throwIfNoEntry: false });
    return found?.isFile() ? { size: found.size, mtime: found.mtimeMs, inode: found.ino } : undefined;
  };

  return {
    async recall(file) {
      const full = resolve(file);
      const one = (known ?? load()).get(full);
      const now = one && stat(full);
      const same = now && now.size === one.size && now.mtime === one.mtime && now.inode === one.inode;
      return same ? one.facts : undefined;
    },
    async remember(file, facts) {
      const full = resolve(file);
      const now = stat(full);
      if (!now || Math.abs(Date.now() - now.mtime) < FRESH) return;
      const one: Remembered = { path: full, ...now, facts };
      (known ?? load()).set(full, one);
      const line = `\n${JSON.stringify(one)}\n`;
      try {
        appendFileSync(path, line);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOENT') return;
        makeFolder(dirname(path));
        appendFileSync(path, line);
      }
    },
  };
}
