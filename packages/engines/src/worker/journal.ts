import { appendFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import type { Event } from '@fasthep/flow';

/** Where a worker writes what happens: a file of its own in the folder of a round. */
export function workerJournal(folder: string): (event: Event) => void {
  const random = Math.random().toString(36).slice(2, 8);
  const path = join(folder, 'events', `${hostname()}-${process.pid}-${random}.jsonl`);
  return (event) => appendFileSync(path, `${JSON.stringify(event)}\n`);
}
