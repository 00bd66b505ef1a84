import { closeSync, openSync, readdirSync, readSync } from 'node:fs';
import { join } from 'node:path';
import type { Event } from '@fasthep/flow';

/** What the workers of a round wrote since the last look. */
export interface Tail {
  /** New events; `worker` counts the files in the order in which they were met. */
  read(): { worker: number; event: Event }[];
}

/** Follows the files in the folder of events, each written by one worker. */
export function tailEvents(folder: string): Tail {
  const files = new Map<string, { number: number; at: number; rest: Buffer }>();
  return {
    read() {
      const found: { worker: number; event: Event }[] = [];
      for (const name of readdirSync(folder).sort()) {
        if (!name.endsWith('.jsonl')) continue;
        let file = files.get(name);
        if (!file) {
          file = { number: files.size, at: 0, rest: Buffer.alloc(0) };
          files.set(name, file);
        }
        const fresh = bytesFrom(join(folder, name), file.at);
        if (fresh.length === 0) continue;
        file.at += fresh.length;
        const bytes = Buffer.concat([file.rest, fresh]);
        const end = bytes.lastIndexOf(10) + 1;
        file.rest = bytes.subarray(end);
        for (const line of bytes.subarray(0, end).toString('utf8').split('\n')) {
          if (line === '') continue;
          const event = parse(line);
          if (event) found.push({ worker: file.number, event });
        }
      }
      // Workers write at their own pace: among what came in together, earlier things come first.
      return found.sort((a, b) => a.event.time - b.event.time);
    },
  };
}

/** A worker that was killed may have left half a line, behind which another one starts. */
function parse(line: string): Event | undefined {
  try {
    return JSON.parse(line) as Event;
  } catch {
    return undefined;
  }
}

function bytesFrom(path: string, at: number): Buffer {
  const file = openSync(path, 'r');
  try {
    const parts: Buffer[] = [];
    for (let position = at; ; ) {
      const buffer = Buffer.allocUnsafe(64 * 1024);
      const length = readSync(file, buffer, 0, buffer.length, position);
      if (length === 0) return Buffer.concat(parts);
      parts.push(buffer.subarray(0, length));
      position += length;
    }
  } finally {
    closeSync(file);
  }
}
