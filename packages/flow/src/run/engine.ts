/** The native engine: takes tasks whose turn has come, until nothing is left or nothing can be done. */
import { retryOf } from '../keywords/retry/index.ts';
import { timeoutOf } from '../keywords/timeout/index.ts';
import type { Event, Plan, Product, Rescued, Store, TaskError } from '../types/index.ts';
import type { Before } from './before.ts';
import type { Progress, TaskResult } from './context.ts';
import { nextAttempt } from './control.ts';
import { type DagEdge, type DagNode, workDag } from './dag.ts';
import { type EventQueue, eventQueue } from './event-queue.ts';
import type { Executor } from './executor.ts';
import { taskError } from './failure.ts';
import { decideGuards, guardOf, judge, mayBeRescued, type OutcomeOf } from './guard.ts';
import { dropIncomplete } from './incomplete.ts';
import { missing, type Work, workSizes } from './missing.ts';
import { planIndex } from './plan-index.ts';
import { budgetOf, shareOf } from './resources.ts';

/** What a run is told. */
export interface EngineOptions {
  /** Products that are asked for; by default all that are shown. */
  wanted?: readonly Product[];
  /** First: take no more work. Tasks at work are dropped. */
  signal?: AbortSignal;
  /** Stop at the first failure. */
  failFast?: boolean;
  /** Bytes that tasks may hold at the same time; by default any number. */
  memory?: number;
  /** Makes the executor once it is known that there is work. */
  executor(work: Work): Executor | Promise<Executor>;
  now?(): number;
}

/**
 * Results that turn out to be damaged are made again; what they are made from may be damaged too. Each round
 * finds at least one, so this is only a brake.
 */
const ROUNDS = 50;

/** Runs what is missing of a plan. The events say what happened; the results are in the store. */
export function runPlan(plan: Plan, store: Store, options: EngineOptions): AsyncIterable<Event> {
  const queue = eventQueue<Event>();
  runRounds(plan, store, options, queue).then(
    () => queue.end(),
    (error) => queue.end(error ?? new Error('the run failed')),
  );
  return queue;
}

async function runRounds(
  plan: Plan,
  store: Store,
  options: EngineOptions,
  queue: EventQueue<Event>,
): Promise<void> {
  const now = options.now ?? Date.now;
  const start = now();
  const release = await store.hold?.();
  let executor: Executor | undefined;
  try {
    await dropIncomplete(plan, store);
    let work = await missing(plan, store, { wanted: options.wanted });
    executor = work.tasks.length > 0 ? await options.executor(work) : undefined;
    queue.push({
      type: 'run-start',
      time: start,
      workflow: plan.name,
      tasks: work.tasks.length,
      reused: work.reused.length,
      workers: executor?.slots ?? 0,
      datasets: workSizes(planIndex(plan), work),
    });
    for (const task of new Set(work.reused.map((product) => product.task))) {
      if (work.tasks.some(({ family }) => family === task)) continue;
      queue.push({ type: 'task-end', time: now(), task, outcome: 'reused' });
    }
    let outcome: 'done' | 'failed' | 'interrupted' = 'done';
    let rescued: Rescued[] = [];
    for (let round = 1; executor && work.tasks.length > 0; round++) {
      const state = await runRound(plan, work, executor, options, queue, round < ROUNDS);
      ({ outcome, rescued } = state);
      if (!state.lost || outcome === 'interrupted') break;
      const message = 'results are not in the store any more and are made again';
      if (round === 1) queue.push({ type: 'log', time: now(), level: 'warning', message });
      work = await missing(plan, store, { wanted: options.wanted });
    }
    queue.push({
      type: 'run-end',
      time: now(),
      outcome,
      milliseconds: now() - start,
      ...(rescued.length > 0 ? { rescued } : {}),
    });
  } finally {
    await executor?.close();
    release?.();
  }
}

/** The least that a task takes. */
const LEAST = { cpus: 1, memory: 0 };

interface RoundState {
  outcome: 'done' | 'failed' | 'interrupted';
  rescued: Rescued[];
  lost: boolean;
}

function runRound(
  plan: Plan,
  work: Work,
  executor: Executor,
  { signal, failFast, memory, now = Date.now }: EngineOptions,
  queue: EventQueue<Event>,
  canRepeat: boolean,
): Promise<RoundState> {
  const nodes = workDag(planIndex(plan), work);
  const state: RoundState = { outcome: 'done', lost: false, rescued: [] };
  const outcomes: (Before | undefined)[] = nodes.map(() => undefined);
  const at = new Map(nodes.map(({ name }, position) => [name, position]));
  const outcomeOf: OutcomeOf = (task) => outcomes[at.get(task) ?? -1];
  const failures: Before[] = [];
  const ready = readyQueue(nodes);
  const budget = budgetOf(executor.slots, memory);
  const shares = (position: number) => shareOf(nodes[position]!.family, nodes[position]!.item.index);
  let next: number | undefined;
  let running = 0;
  let delayed = 0;
  let stopping = false;

  return new Promise<RoundState>((resolve, reject) => {
    const stop = () => {
      state.outcome = 'interrupted';
      stopping = true;
      pump();
    };
    signal?.addEventListener('abort', stop, { once: true });

    function pump(): void {
      while (!stopping) {
        // The first in line waits until there is room for it, so that a large task has its turn.
        if (next === undefined && !budget.fits(LEAST)) break;
        next ??= ready.take();
        if (next === undefined) break;
        const position = next;
        if (outcomes[position] === undefined) {
          if (!budget.fits(shares(position))) break;
          budget.take(shares(position));
          running++;
          attempt(position, 1).catch(reject);
        }
        next = undefined;
      }
      if (running > 0 || (!stopping && (delayed > 0 || next !== undefined || ready.size() > 0))) return;
      signal?.removeEventListener('abort', stop);
      const { failed, rescued } = judge(plan, failures, outcomeOf);
      if (failed && state.outcome === 'done') state.outcome = 'failed';
      state.rescued = rescued;
      resolve(state);
    }

    async function attempt(position: number, count: number): Promise<void> {
      const { family, item: planned, name } = nodes[position]!;
      const { error } = decideGuards(plan, family, outcomeOf);
      const item = error ? { ...planned, error } : planned;
      const begin = now();
      let result: TaskResult | undefined;
      let thrown: TaskError | undefined;
      const timeout = timeoutOf(family.control);
      try {
        result = await executor.run(item, {
          signal,
          timeout,
          onStart: (worker) =>
            queue.push({ type: 'task-start', time: now(), task: name, attempt: count, worker }),
          onProgress: progressEvents(queue, name, now),
          log: (message, level = 'info') =>
            queue.push({ type: 'log', time: now(), level, message, task: name }),
        });
      } catch (error) {
        thrown = taskError(error);
      }
      running--;
      budget.give(shares(position));
      if (result) {
        const { outcome, ...rest } = result;
        queue.push({
          type: 'task-end',
          time: now(),
          task: name,
          ...rest,
          outcome,
          milliseconds: now() - begin,
        });
        settle(position, { name, outcome });
      } else if (!signal?.aborted) failed(position, count, thrown!, now() - begin);
      pump();
    }

    function failed(position: number, count: number, error: TaskError, took: number): void {
      const { family, name } = nodes[position]!;
      const wait =
        error.code === 'FLOW-R002' ? undefined : nextAttempt(retryOf(family.control), error, count);
      if (wait !== undefined && !stopping) {
        const message = `${error.message}; attempt ${count + 1} ${wait > 0 ? `in ${wait / 1000} s` : 'follows'}`;
        queue.push({ type: 'log', time: now(), level: 'warning', message, task: name });
        delayed++;
        setTimeout(() => {
          delayed--;
          if (stopping) return pump();
          running++;
          budget.take(shares(position));
          attempt(position, count + 1).catch(reject);
        }, wait);
        return;
      }
      if (error.code === 'FLOW-R002' && canRepeat) {
        state.lost = true;
        forget(position);
        return;
      }
      const allowed = family.control.allow_failure === true;
      queue.push({
        type: 'task-end',
        time: now(),
        task: name,
        outcome: 'failed',
        milliseconds: took,
        error,
        ...(allowed ? { allowed } : {}),
      });
      const failure: Before = {
        name,
        outcome: 'failed',
        allowed,
        cause: { task: name, message: error.message },
      };
      failures.push(failure);
      if (!allowed && failFast && !mayBeRescued(plan, name)) stopping = true;
      settle(position, failure);
    }

    /** Tasks after one whose input went missing wait for the next round. */
    function forget(position: number): void {
      for (const { to } of nodes[position]!.next) forget(to);
    }

    function settle(position: number, outcome: Before): void {
      outcomes[position] = outcome;
      for (const edge of nodes[position]!.next) after(edge, outcome);
    }

    function after({ to, kind }: DagEdge, before: Before): void {
      if (outcomes[to] !== undefined) return;
      const guard = guardOf(kind, before);
      if (guard) leaveOut(to, guard.outcome, guard.reason, before.cause);
      else if (--nodes[to]!.waiting === 0) {
        const { skip } = decideGuards(plan, nodes[to]!.family, outcomeOf);
        if (skip === undefined) ready.add(to);
        else leaveOut(to, 'skipped', skip);
      }
    }

    function leaveOut(
      position: number,
      outcome: 'skipped' | 'blocked',
      reason: string,
      cause?: Before['cause'],
    ): void {
      const { name } = nodes[position]!;
      queue.push({ type: 'task-end', time: now(), task: name, outcome, reason });
      settle(position, { name, outcome, ...(outcome === 'blocked' && cause ? { cause } : {}) });
    }

    // Guards that nothing of this run can meet.
    nodes.forEach(({ waiting, family }, position) => {
      const { skip } = waiting === 0 && family.guards ? decideGuards(plan, family, outcomeOf) : {};
      if (skip !== undefined) leaveOut(position, 'skipped', skip);
    });
    if (signal?.aborted) stop();
    else pump();
  });
}

/** Tasks whose turn has come: what finishes something first, else in plan order. */
function readyQueue(nodes: readonly DagNode[]) {
  const late: number[] = [];
  const first = nodes.flatMap(({ waiting }, position) => (waiting === 0 ? [position] : []));
  let at = 0;
  const fresh: number[] = [];
  return {
    size: () => late.length + (first.length - at) + fresh.length,
    add(position: number) {
      (nodes[position]!.family.kind === 'segment' ? fresh : late).push(position);
    },
    take(): number | undefined {
      return late.shift() ?? (at < first.length ? first[at++] : fresh.shift());
    },
  };
}

/** Progress of a task as events, at most every 50 ms. What is left over is in the task's end. */
function progressEvents(queue: EventQueue<Event>, task: string, now: () => number) {
  let held: Progress = { rows: 0, bytes: 0 };
  let last = 0;
  return (progress: Progress) => {
    held = { ...progress, rows: held.rows + progress.rows, bytes: held.bytes + progress.bytes };
    const time = now();
    if (Math.abs(time - last) < 50) return;
    last = time;
    queue.push({ type: 'progress', time, task, ...held });
    held = { rows: 0, bytes: 0 };
  };
}
