import { closeSync, openSync, writeSync } from 'node:fs';
import type { Event } from '../../types/events.ts';

/** What happened in a run, one JSON line for each event. Only ever appended to. */
export interface Journal {
  write(event: Event): void;
  close(): void;
}

const LATE = 100;
const FULL = 64 * 1024;

/** Opens a journal. Lines reach the file within 100 ms; how far a task came is left out. */
export function openJournal(path: string): Journal {
  const file = openSync(path, 'a');
  let waiting = '';
  let timer: NodeJS.Timeout | undefined;
  const flush = () => {
    clearTimeout(timer);
    timer = undefined;
    const bytes = Buffer.from(waiting);
    waiting = '';
    for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at);
  };
  return {
    write(event) {
      if (event.type === 'progress') return;
      waiting += `${JSON.stringify(event)}\n`;
      if (waiting.length > FULL || event.type === 'run-end') flush();
      else timer ??= setTimeout(flush, LATE);
    },
    close() {
      flush();
      closeSync(file);
    },
  };
}

/** The events of a journal. A last line that a crash cut is left out. */
export function parseJournal(text: string): Event[] {
  const events: Event[] = [];
  for (const line of text.split('\n')) {
    if (line === '') continue;
    try {
      events.push(JSON.parse(line) as Event);
    } catch {
      // Cut by a crash: nothing that a run relies on.
    }
  }
  return events;
}
