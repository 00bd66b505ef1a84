import { availableParallelism } from 'node:os';
import { timeoutOf } from '../keywords/timeout/index.ts';
import { parseBytes } from '../plan/partition.ts';
import { runPlan } from '../run/engine.ts';
import { inProcess } from '../run/executor.ts';
import { type Work, workSizes } from '../run/missing.ts';
import { planIndex } from '../run/plan-index.ts';
import type { Json, Plan } from '../types/index.ts';
import type { Backend } from '../types/plugin.ts';
import { workerPool } from './pool/pool.ts';

/** What only tests and other programs set. */
export interface LocalOptions {
  /** Module of the worker threads, and options of Node for them. */
  worker?: { entry?: URL; execArgv?: string[] };
}

/** From so many bytes of input on worker threads pay: they take some 0.1 s to start. */
const WORTH = 32 * 2 ** 20;

/**
 * The native engine on this machine: small work in this thread, else in worker threads, one for each processor
 * or as `run.workers` says. Results are the same for any number.
 */
export function localBackend(options: LocalOptions = {}): Backend {
  return {
    name: 'local',
    doc: 'This machine: small work in one thread, more of it in worker threads.',
    can: { parallel: true, cancel: true },
    run: (plan, store, { registry, settings, signal, plugins }) =>
      runPlan(plan, store, {
        signal,
        failFast: settings.fail_fast === true,
        memory: parseBytes(settings.memory ?? ''),
        executor(work) {
          const workers = plugins.length === 0 ? 0 : workersFor(plan, work, settings.workers);
          if (workers === 0) return inProcess(plan, store, registry);
          const core = plan.families.some((one) => one.kind === 'single' && one.operator.startsWith('core.'));
          const start = { plan, plugins, core, store: store.name };
          return workerPool({ start, store, workers, ...options.worker });
        },
      }),
  };
}

/** How many worker threads a run gets; none where this thread does as well. */
function workersFor(plan: Plan, work: Work, asked: Json | undefined): number {
  const index = planIndex(plan);
  const number = asked === undefined || asked === 'auto' ? undefined : Number(asked);
  // Only a thread of its own can be stopped in the middle of a computation.
  const timed = work.tasks.some(({ family }) => timeoutOf(index.families.get(family)!.control) !== undefined);
  const least = timed ? 1 : 0;
  const most = Math.min(number ?? availableParallelism(), work.tasks.length);
  if (number !== undefined) return number > 1 ? most : least;
  const sizes = Object.values(workSizes(index, work));
  const bytes = sizes.reduce((sum, one) => sum + one.bytes, 0);
  const partitions = sizes.reduce((sum, one) => sum + one.partitions, 0);
  return partitions > 1 && bytes >= WORTH ? Math.min(most, partitions) : least;
}
