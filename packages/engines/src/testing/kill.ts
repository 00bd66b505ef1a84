import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Kills the worker process that has a task of the first round of a run, by what it wrote. */
export function killWorkerOf(runDirectory: string, task: string): void {
  const folder = join(runDirectory, 'engine', '1', 'events');
  for (const name of readdirSync(folder)) {
    // Its host may have hyphens, too.
    const pid = Number(/-(\d+)-[^-]+\.jsonl$/.exec(name)?.[1]);
    const started = readFileSync(join(folder, name), 'utf8').includes(`"task-start"`);
    if (!started || !readFileSync(join(folder, name), 'utf8').includes(JSON.stringify(task))) continue;
    process.kill(pid, 'SIGKILL');
    return;
  }
  throw new Error(`no worker in ${folder} has the task ${task}`);
}
