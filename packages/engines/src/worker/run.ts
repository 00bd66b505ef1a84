import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { Plan, Registry, Store } from '@fasthep/flow';
import { readRound } from '../round/folder.ts';
import { checkSemantics } from '../round/semantics.ts';
import type { Round } from '../round/types.ts';
import { serveChild } from '../task/child.ts';
import { serveWorker } from './serve.ts';

/** What a program gives so that it can be a worker. */
export interface WorkerProgram {
  /** `FOLDER [--tasks FILE]`, as the engine gave them. */
  words: readonly string[];
  /** Loads the packs and opens the store. */
  load(round: Pick<Round, 'plugins' | 'store'>): Promise<{ registry: Registry; store: Store }>;
}

/** Marks the process that computes, among the words of a worker. */
const CHILD = '--child';

/**
 * A worker of a round. It starts itself once more as the process that computes, so that a task that takes too
 * long, or takes all memory, ends that process and not this one. Gives the exit code.
 */
export async function runWorker({ words, load }: WorkerProgram): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...words],
    allowPositionals: true,
    options: { tasks: { type: 'string' }, child: { type: 'boolean' } },
  });
  const folder = resolve(positionals[0] ?? '.');
  const round = readRound(folder);
  const plan = () => JSON.parse(readFileSync(round.plan, 'utf8')) as Plan;
  if (values.child) {
    serveChild(async () => {
      const { registry, store } = await load(round);
      checkSemantics(round.semantics, registry);
      return { plan: plan(), registry, store };
    });
    return 0;
  }
  const own = [process.execPath, ...process.execArgv, ...process.argv.slice(1)];
  const failures = await serveWorker({
    plan: plan(),
    folder,
    round,
    child: [...own, CHILD],
    tasks: values.tasks,
  });
  return failures > 0 ? 1 : 0;
}
