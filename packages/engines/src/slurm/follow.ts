import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { slurm } from './commands.ts';
import type { Submitted } from './submitted.ts';

/** States in which a job has not ended. */
const LIVE = new Set([
  'PENDING',
  'RUNNING',
  'SUSPENDED',
  'COMPLETING',
  'CONFIGURING',
  'REQUEUED',
  'REQUEUE_HOLD',
  'REQUEUE_FED',
  'RESIZING',
  'SIGNALING',
  'STAGE_OUT',
  'STOPPED',
  'SPECIAL_EXIT',
]);
/** The controller may be away for so many questions in a row. */
const PATIENCE = 30;
/** A job that never can run: a dependency that will not come true, limits that are too low. */
const HOPELESS = /DependencyNeverSatisfied|BadConstraints|PartitionTimeLimit|AssocMaxWall/;

/**
 * Waits until no job of a round is left, without accounting: the queue shows jobs for some minutes after their
 * end, and one that it does not show any more has ended, too. Writes down what Slurm said of each task.
 */
export async function follow(folder: string, submitted: Submitted, poll: number): Promise<void> {
  const states = new Map<string, { state: string; node: string }>();
  let misses = 0;
  for (let wait = Math.min(250, poll); ; wait = Math.min(poll, wait * 1.5)) {
    await new Promise((resolve) => setTimeout(resolve, wait));
    let text: string;
    try {
      text = await slurm('squeue', [
        '-h',
        '-r',
        '-a',
        '-t',
        'all',
        '-n',
        submitted.name,
        '-o',
        '%F|%K|%T|%N|%r',
      ]);
      misses = 0;
    } catch (error) {
      if (++misses > PATIENCE) throw error;
      continue;
    }
    let live = 0;
    const hopeless = new Set<string>();
    for (const line of text.split('\n')) {
      const [id = '', index = '', state = '', node = '', reason = ''] = line.split('|');
      if (id === '') continue;
      states.set(`${id}_${index}`, { state, node });
      if (state === 'PENDING' && HOPELESS.test(reason)) hopeless.add(id);
      else if (LIVE.has(state)) live++;
    }
    if (hopeless.size > 0) await slurm('scancel', [...hopeless]).catch(() => {});
    else if (live === 0) break;
  }
  record(folder, submitted, states);
}

/** One line per task, with the job that had it. */
function record(
  folder: string,
  { jobs }: Submitted,
  states: ReadonlyMap<string, { state: string; node: string }>,
): void {
  const lines = jobs.flatMap(({ id, members }) =>
    members.flatMap((tasks, index) => {
      const job = `${id}_${index}`;
      const told = states.get(job);
      return told ? tasks.map((task) => `${JSON.stringify({ engine: 'slurm', task, job, ...told })}\n`) : [];
    }),
  );
  appendFileSync(join(folder, 'record.jsonl'), lines.join(''));
}
