import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { safeName } from '../../run/publish.ts';
import { makeFolder } from '../folder.ts';
import { type Journal, openJournal } from './journal.ts';
import { writeWhole } from './whole.ts';

/** The folder of one run. */
export interface RunDirectory {
  path: string;
  /** Writes one of its files, whole. Plain data is written as JSON. */
  write(name: string, content: Uint8Array | string | object): void;
  journal: Journal;
}

/**
 * Makes the folder of a pattern `…/{workflow}/{time}`, with a number behind the time where two runs start in one
 * second; without `{time}` it is one folder for all runs. `number` is that of the first run where one command makes
 * several: each has a folder below.
 */
export function createRunDirectory(
  pattern: string,
  workflow: string,
  time: Date,
  number?: number,
): RunDirectory {
  const named = pattern.replaceAll('{workflow}', safeName(workflow));
  const below = number === undefined ? '' : String(number);
  if (!named.includes('{time}')) {
    const fixed = openRunDirectory(join(named, below));
    // A journal tells of one run.
    rmSync(join(fixed.path, 'events.jsonl'), { force: true });
    return fixed;
  }
  for (let n = 1; ; n++) {
    const path = resolve(named.replaceAll('{time}', n === 1 ? stamp(time) : `${stamp(time)}_${n}`));
    makeFolder(dirname(path));
    try {
      mkdirSync(path);
      return openRunDirectory(join(path, below));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST' || n === 1000) throw error;
    }
  }
}

/** A folder that is there already, as that of a run (a fixed `run.out`, or one more file for it). */
export function openRunDirectory(path: string): RunDirectory {
  makeFolder(path);
  let journal: Journal | undefined;
  return {
    path,
    write(name, content) {
      const bytes =
        typeof content === 'string' || content instanceof Uint8Array
          ? content
          : `${JSON.stringify(content)}\n`;
      writeWhole(join(path, name), bytes);
    },
    journal: {
      write(event) {
        journal ??= openJournal(join(path, 'events.jsonl'));
        journal.write(event);
      },
      close() {
        journal?.close();
        journal = undefined;
      },
    },
  };
}

/** Reads the files of a run directory: all that a report is made from. */
export interface RunReader {
  path: string;
  bytes(name: string): Uint8Array | undefined;
  text(name: string): string | undefined;
}

/** Opens a run directory for reading. */
export function runReader(path: string): RunReader {
  const bytes = (name: string) => {
    const file = join(path, name);
    return existsSync(file) ? new Uint8Array(readFileSync(file)) : undefined;
  };
  return {
    path,
    bytes,
    text: (name) => {
      const found = bytes(name);
      return found && new TextDecoder().decode(found);
    },
  };
}

/** Local time as `2026-03-01_14-05-09`: sorts, and every file system takes it. */
function stamp(time: Date): string {
  const two = (n: number) => String(n).padStart(2, '0');
  const date = [time.getFullYear(), two(time.getMonth() + 1), two(time.getDate())].join('-');
  return `${date}_${[time.getHours(), time.getMinutes(), time.getSeconds()].map(two).join('-')}`;
}
