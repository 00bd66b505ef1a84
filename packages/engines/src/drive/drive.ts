/** From a plan to events, on any engine: what is missing, passes over it, what the workers wrote. */
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type BackendContext,
  type Event,
  FlowError,
  missing,
  type Plan,
  planIndex,
  type Store,
  taskError,
} from '@fasthep/flow';
import { dropIncomplete, type EventQueue, eventQueue, workSizes } from '@fasthep/flow/backend';
import { aboutTasks } from '../round/about.ts';
import { folderSigns, writeRound } from '../round/folder.ts';
import { taskLines } from '../round/lines.ts';
import { semanticsOf } from '../round/semantics.ts';
import { tailEvents } from '../round/tail.ts';
import type { Round } from '../round/types.ts';
import { memoryOf } from './memory.ts';
import { Progress } from './progress.ts';
import { resourcesOf } from './resources.ts';
import type { Engine, Launch, Launched } from './types.ts';

/** What an engine's back end is made with. */
export interface DriveOptions {
  /** Command that starts a worker; the path of the folder follows. */
  command: readonly string[] | (() => readonly string[]);
}

/** Passes after the first, for results that went missing and tasks that an engine lost. */
const ROUNDS = 5;
/** Milliseconds between two looks at what the workers wrote. */
const LOOK = 50;
/** Milliseconds from the sign to stop to the end of the engine. */
const GRACE = 5000;

/** Runs what is missing of a plan on an engine. */
export function runOnEngine(
  engine: Engine,
  plan: Plan,
  store: Store,
  context: BackendContext,
  options: DriveOptions,
): AsyncIterable<Event> {
  const queue = eventQueue<Event>();
  run(engine, plan, store, context, options, queue).then(
    () => queue.end(),
    (error) => queue.end(error ?? new Error('the run failed')),
  );
  return queue;
}

async function run(
  engine: Engine,
  plan: Plan,
  store: Store,
  context: BackendContext,
  options: DriveOptions,
  queue: EventQueue<Event>,
): Promise<void> {
  const { settings, signal } = context;
  if (store.name === 'memory:' || store.name.startsWith('memory:')) {
    throw new FlowError(
      'FLOW-R009',
      `the workers of back end '${engine.name}' cannot see a store in memory`,
      'leave run.store out, or name a folder that all machines see',
    );
  }
  const start = Date.now();
  const log: Launch['log'] = (message, level = 'info') =>
    queue.push({ type: 'log', time: Date.now(), level, message });
  const release = await store.hold?.();
  const place = roundsFolder(context.runDirectory);
  try {
    await dropIncomplete(plan, store);
    let work = await missing(plan, store);
    const workers = workersOf(settings.workers);
    queue.push({
      type: 'run-start',
      time: start,
      workflow: plan.name,
      tasks: work.tasks.length,
      reused: work.reused.length,
      workers: work.tasks.length > 0 ? workers : 0,
      datasets: workSizes(planIndex(plan), work),
    });
    for (const task of new Set(work.reused.map((product) => product.task))) {
      if (work.tasks.some(({ family }) => family === task)) continue;
      queue.push({ type: 'task-end', time: Date.now(), task, outcome: 'reused' });
    }
    if (work.tasks.length > 0) await engine.prepare?.(settings, log);
    const planPath = join(place.path, 'plan.json');
    // It may hold what is secret in the files that others read.
    writeFileSync(planPath, JSON.stringify(plan), { mode: 0o600 });
    chmodSync(planPath, 0o600);

    const progress = new Progress(queue);
    const memory = engine.attach ? memoryOf(engine.name, plan, store) : undefined;
    const running = memory && work.tasks.length > 0 ? await engine.attach?.(memory, settings) : undefined;
    if (running) {
      log(`goes on with ${running.what}, which were submitted before`);
      await onePass(running.folder, running.launched, progress, signal);
      rmSync(running.round.plan, { force: true });
      work = await missing(plan, store);
    }
    for (let number = 1; work.tasks.length > 0 && !progress.stopped && !signal?.aborted; number++) {
      const folder = join(place.path, String(number));
      const lines = taskLines(plan, work).filter(({ task }) => !progress.settled(task));
      if (lines.length === 0) break;
      const round: Round = {
        format: 1,
        workflow: plan.name,
        plan: planPath,
        store: store.name,
        plugins: context.plugins,
        semantics: semanticsOf(plan, context.registry),
        command: [...(typeof options.command === 'function' ? options.command() : options.command)],
        workers: Math.min(workers, lines.length),
        failFast: settings.fail_fast === true,
        last: number === ROUNDS,
      };
      writeRound(folder, round, lines);
      const resources = (task: string) => resourcesOf(plan, task);
      const launch = { folder, round, lines, settings, about: aboutTasks(plan), resources, memory, log };
      let broken: unknown;
      try {
        broken = await onePass(folder, await engine.launch(launch), progress, signal);
      } catch (error) {
        broken = error;
      }
      if (progress.stopped || signal?.aborted) break;
      const left = progress.left(lines);
      if (left.length === 0) break;
      if (broken || number === ROUNDS) {
        progress.giveUp(left, broken ?? lostBy(engine));
        break;
      }
      const what = left.length === 1 ? `${left[0]!.task} has` : `${left.length} tasks have`;
      log(`${what} no outcome: once more, with what is in the store`, 'warning');
      work = await missing(plan, store);
    }
    const { failed, rescued } = progress.judge(plan);
    const outcome = signal?.aborted ? 'interrupted' : failed ? 'failed' : 'done';
    const milliseconds = Date.now() - start;
    const made = rescued.length > 0 ? { rescued } : {};
    queue.push({ type: 'run-end', time: Date.now(), outcome, milliseconds, ...made });
  } finally {
    release?.();
    place.tidy();
  }
}

/** Follows an engine over the tasks once. Gives what the engine failed with. */
async function onePass(
  folder: string,
  launched: Launched,
  progress: Progress,
  signal: AbortSignal | undefined,
): Promise<unknown> {
  const signs = folderSigns(folder);
  const tail = tailEvents(join(folder, 'events'));
  const look = () => {
    for (const { worker, event } of tail.read()) progress.take(worker, event);
  };
  let grace: NodeJS.Timeout | undefined;
  let broken: unknown;
  const stop = () => {
    signs.sayStop('now');
    launched.stop?.();
    grace ??= setTimeout(() => launched.kill(), GRACE);
  };
  if (signal?.aborted) stop();
  signal?.addEventListener('abort', stop, { once: true });
  const timer = setInterval(look, LOOK);
  try {
    await launched.done;
  } catch (error) {
    if (!signal?.aborted) broken = error;
  } finally {
    clearInterval(timer);
    clearTimeout(grace);
    signal?.removeEventListener('abort', stop);
  }
  look();
  progress.stopped = signs.stop() !== undefined;
  return broken;
}

function lostBy(engine: Engine) {
  return taskError(
    new FlowError('FLOW-R011', `${engine.name} did not run it to an end`, 'see its log in the run directory'),
  );
}

/** Tasks at the same time. */
function workersOf(setting: unknown): number {
  const number = Number(setting);
  return Number.isInteger(number) && number > 0 ? number : availableParallelism();
}

function roundsFolder(runDirectory: string | undefined): { path: string; tidy(): void } {
  if (runDirectory === undefined) {
    const path = mkdtempSync(join(tmpdir(), 'fasthep-flow-'));
    return { path, tidy: () => rmSync(path, { recursive: true, force: true }) };
  }
  const path = join(runDirectory, 'engine');
  mkdirSync(path, { recursive: true });
  return { path, tidy: () => rmSync(join(path, 'plan.json'), { force: true }) };
}
