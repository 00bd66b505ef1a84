/** The smallest engine: keeps the order, and gives each task to a warm worker of this machine. */
import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import type { Engine, Launch, Launched } from '../drive/types.ts';
import { befores } from '../round/lines.ts';
import type { Answer, TaskLine } from '../round/types.ts';

/** Workers that a task may lose before its turn is over. */
const LOST = 2;

/** Worker processes on this machine. */
export const processesEngine: Engine = {
  name: 'processes',
  launch: async (launch) => new Processes(launch),
};

type Worker = ChildProcessByStdio<Writable, Readable, null>;

class Processes implements Launched {
  readonly done: Promise<void>;
  readonly #launch: Launch;
  readonly #log: number;
  readonly #waiting = new Map<string, number>();
  readonly #next = new Map<string, TaskLine[]>();
  readonly #ready: TaskLine[];
  readonly #workers = new Set<Worker>();
  #ended: () => void = () => {};
  #killed = false;

  constructor(launch: Launch) {
    this.#launch = launch;
    this.#log = openSync(join(launch.folder, 'engine.log'), 'a');
    for (const line of launch.lines) {
      const before = befores(line);
      this.#waiting.set(line.task, before.length);
      for (const name of before) this.#next.set(name, [...(this.#next.get(name) ?? []), line]);
    }
    this.#ready = launch.lines.filter(({ task }) => this.#waiting.get(task) === 0);
    this.done = new Promise((resolve) => {
      this.#ended = resolve;
    });
    this.done.then(() => closeSync(this.#log));
    for (let n = 0; n < launch.round.workers; n++) this.#start();
    if (this.#workers.size === 0) this.#ended();
  }

  kill(): void {
    this.#killed = true;
    for (const worker of this.#workers) worker.kill('SIGKILL');
  }

  /** Starts a worker, with the task that another one lost. */
  #start(task?: TaskLine, lost = 0): void {
    const [program, ...words] = this.#launch.round.command;
    const worker = spawn(program!, [...words, this.#launch.folder], {
      stdio: ['pipe', 'pipe', this.#log],
    }) as Worker;
    let [line, count] = [task, lost];
    const give = () => {
      worker.stdin.write(`${JSON.stringify(line)}\n`);
    };
    const idle = () => {
      line = this.#ready.shift();
      count = 0;
      if (line) give();
      else this.#idle.add(idle);
    };
    worker.stdin.on('error', () => {});
    worker.on('error', () => {});
    createInterface({ input: worker.stdout }).on('line', (text) => {
      const answer = JSON.parse(text) as Answer;
      line = undefined;
      this.#finish(answer.task);
      idle();
      this.#wake();
    });
    worker.on('close', () => {
      this.#workers.delete(worker);
      this.#idle.delete(idle);
      if (line && !this.#killed) {
        // The driver sees that a task has no outcome, and comes back to it.
        if (count < LOST) this.#start(line, count + 1);
        else this.#finish(line.task);
      }
      this.#wake();
      if (this.#workers.size === 0) this.#ended();
    });
    this.#workers.add(worker);
    if (line) give();
    else idle();
  }

  readonly #idle = new Set<() => void>();

  #finish(task: string): void {
    for (const line of this.#next.get(task) ?? []) {
      const left = this.#waiting.get(line.task)! - 1;
      this.#waiting.set(line.task, left);
      if (left === 0) this.#ready.push(line);
    }
  }

  /** Gives ready tasks to idle workers; when all are idle and nothing is ready, there is nothing more. */
  #wake(): void {
    for (const idle of [...this.#idle]) {
      if (this.#ready.length === 0) break;
      this.#idle.delete(idle);
      idle();
    }
    if (this.#idle.size === this.#workers.size) for (const worker of this.#workers) worker.stdin.end();
  }
}
