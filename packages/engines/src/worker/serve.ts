/** A warm worker: tasks come as JSON lines, answers go as JSON lines. */
import { createInterface } from 'node:readline';
import type { Event, Plan } from '@fasthep/flow';
import { folderSigns, memorySigns, type Signs } from '../round/folder.ts';
import type { Answer, Round, TaskLine } from '../round/types.ts';
import { processExecutor } from '../task/process-executor.ts';
import { superviseTask } from '../task/supervise.ts';
import { workerJournal } from './journal.ts';

/** What a worker is started with. */
export interface WorkerOptions {
  plan: Plan;
  /** Folder of a round, with signs and events; without one, events go to standard output before the answer. */
  folder?: string;
  round?: Round;
  /** Command of the process that computes. */
  child: readonly string[];
  /** The tasks; by default they come on standard input. */
  lines?: readonly TaskLine[];
}

/** Milliseconds between two looks for the sign to stop. */
const LOOK = 200;

/** Runs tasks until there are no more. Gives how many failed. */
export async function serveWorker(options: WorkerOptions): Promise<number> {
  const { plan, folder, round, lines } = options;
  const signs: Signs = folder === undefined ? memorySigns() : folderSigns(folder);
  const emit = folder === undefined ? print : workerJournal(folder);
  const executor = processExecutor(options.child);
  const stop = new AbortController();
  const end = () => stop.abort();
  process.on('SIGTERM', end);
  process.on('SIGINT', end);
  const looking = setInterval(() => {
    if (signs.stop() === 'now') stop.abort();
  }, LOOK);
  looking.unref();
  const supervision = {
    plan,
    executor,
    signs,
    emit,
    signal: stop.signal,
    failFast: round?.failFast,
    last: round?.last ?? true,
  };
  let failures = 0;
  try {
    for await (const line of lines ?? inputLines(folder === undefined ? undefined : stop)) {
      const answer = await superviseTask(line, supervision).catch(
        (error: Error): Answer => ({
          type: 'answer',
          task: line.task,
          outcome: 'failed',
          message: error.message,
        }),
      );
      if (answer.outcome !== 'done' && answer.outcome !== 'reused' && answer.outcome !== 'skipped')
        failures++;
      print(answer);
    }
  } finally {
    clearInterval(looking);
    await executor.close();
    process.off('SIGTERM', end);
    process.off('SIGINT', end);
  }
  return failures;
}

/** Lines of standard input. Where `stop` is given, whoever asked is gone at the end: what is at work is dropped. */
async function* inputLines(stop: AbortController | undefined): AsyncGenerator<TaskLine> {
  const waiting: TaskLine[] = [];
  let ended = false;
  let wake = () => {};
  const lines = createInterface({ input: process.stdin });
  lines.on('line', (line) => {
    if (line.trim() !== '') waiting.push(JSON.parse(line) as TaskLine);
    wake();
  });
  lines.on('close', () => {
    ended = true;
    if (stop) waiting.length = 0;
    stop?.abort();
    wake();
  });
  for (;;) {
    const next = waiting.shift();
    if (next) yield next;
    else if (ended) return;
    else {
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  }
}

function print(line: Answer | Event): void {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}
