/** The folder of a round: who reads what, and where it lies. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Before } from '@fasthep/flow/backend';
import { writeWhole } from '@fasthep/flow/node';
import type { Round, TaskLine } from './types.ts';

/** Writes what the workers need. */
export function writeRound(folder: string, round: Round, lines: readonly TaskLine[]): void {
  mkdirSync(join(folder, 'events'), { recursive: true });
  writeFileSync(join(folder, 'tasks.jsonl'), lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
  writeWhole(join(folder, 'round.json'), `${JSON.stringify(round, null, 1)}\n`);
}

/** Reads what `writeRound` wrote. */
export function readRound(folder: string): Round {
  return JSON.parse(readFileSync(join(folder, 'round.json'), 'utf8')) as Round;
}

/** The tasks of a round. */
export function readLines(path: string): TaskLine[] {
  return readFileSync(path, 'utf8')
    .split('\n')
    .flatMap((line) => (line === '' ? [] : [JSON.parse(line) as TaskLine]));
}

/** `now`: drop what is at work. `drain`: finish it, and take no more. */
export type Stop = 'now' | 'drain';

/** What workers tell each other: that the run stops, and which tasks did not give what others wait for. */
export interface Signs {
  stop(): Stop | undefined;
  sayStop(stop: Stop): void;
  /** Nothing for tasks that gave what they should. */
  mark(task: string): Mark | undefined;
  sayMark(mark: Mark): void;
  /** Takes back what an earlier attempt said. */
  unmark(task: string): void;
}

/** A task that others wait for, and that gave nothing. */
export interface Mark extends Before {
  /** A result that it reads went missing: another round makes it again. */
  lost?: boolean;
}

/** Signs as small files in the folder of a round. */
export function folderSigns(folder: string): Signs {
  const stopFile = join(folder, 'stop');
  const marks = join(folder, 'marks');
  const path = (task: string) =>
    join(marks, `${createHash('sha256').update(task).digest('hex').slice(0, 32)}.json`);
  return {
    stop() {
      if (!existsSync(stopFile)) return undefined;
      return readFileSync(stopFile, 'utf8').startsWith('drain') ? 'drain' : 'now';
    },
    sayStop(stop) {
      if (this.stop() !== 'now') writeWhole(stopFile, stop);
    },
    mark(task) {
      // Nobody writes marks while all goes well: one question instead of one for each task before.
      if (!existsSync(marks)) return undefined;
      const file = path(task);
      return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Mark) : undefined;
    },
    sayMark(mark) {
      mkdirSync(marks, { recursive: true });
      writeWhole(path(mark.name), JSON.stringify(mark));
    },
    unmark(task) {
      if (existsSync(marks)) rmSync(path(task), { force: true });
    },
  };
}

/** Signs within one process. */
export function memorySigns(): Signs {
  const marks = new Map<string, Mark>();
  let stopped: Stop | undefined;
  return {
    stop: () => stopped,
    sayStop(stop) {
      if (stopped !== 'now') stopped = stop;
    },
    mark: (task) => marks.get(task),
    sayMark: (mark) => void marks.set(mark.name, mark),
    unmark: (task) => void marks.delete(task),
  };
}
