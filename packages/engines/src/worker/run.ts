import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { FlowError, type Plan, type Registry, type Store } from '@fasthep/flow';
import { readLines, readRound } from '../round/folder.ts';
import { checkSemantics, semanticsOf } from '../round/semantics.ts';
import type { Round, TaskLine } from '../round/types.ts';
import { serveChild } from '../task/child.ts';
import { serveWorker } from './serve.ts';

/** What a program gives so that it can be a worker. */
export interface WorkerProgram {
  /** `FOLDER|PLAN [--tasks FILE|--task NAME]`, as the engine gave them. */
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
    options: { tasks: { type: 'string' }, task: { type: 'string' }, child: { type: 'boolean' } },
  });
  const { plan: path, folder, round, ...known } = whereFrom(resolve(positionals[0] ?? '.'));
  const read = () => readFileSync(path, 'utf8');
  if (values.child) {
    serveChild(async () => {
      const { registry, store } = await load(known);
      const text = read();
      const made = JSON.parse(text) as Plan;
      checkSemantics(round?.semantics ?? semanticsOf(made, registry), registry);
      return { plan: made, text, registry, store };
    });
    return 0;
  }
  const own = [process.execPath, ...process.execArgv, ...process.argv.slice(1)];
  const failures = await serveWorker({
    plan: JSON.parse(read()) as Plan,
    folder,
    round,
    child: [...own, CHILD],
    ...(values.tasks === undefined ? {} : { lines: readLines(resolve(values.tasks)) }),
    ...(values.task === undefined ? {} : { lines: [lineOf(values.task, folder)] }),
  });
  return failures > 0 ? 1 : 0;
}

/** A task of a round with what it waits for; of a plan alone, by its name. */
function lineOf(task: string, folder: string | undefined): TaskLine {
  if (folder === undefined) return { task };
  const line = readLines(join(folder, 'tasks.jsonl')).find((one) => one.task === task);
  if (!line) throw new FlowError('FLOW-R008', `the round in ${folder} has no task '${task}'`);
  return line;
}

interface Where {
  plan: string;
  store: string;
  plugins: string[];
  /** Of a round. */
  folder?: string;
  round?: Round;
}

/** The folder of a round, or a plan with `engine.json` beside it. */
function whereFrom(path: string): Where {
  if (!existsSync(path)) throw new FlowError('FLOW-R008', `there is no plan ${path}`);
  if (statSync(path).isDirectory()) {
    const round = readRound(path);
    const { plan, store, plugins } = round;
    // Folders that were exported may move: what they say of their own files is relative.
    return { plan: resolve(path, plan), store: storeAt(path, store), plugins, folder: path, round };
  }
  const beside = join(dirname(path), 'engine.json');
  if (!existsSync(beside)) {
    throw new FlowError(
      'FLOW-R008',
      `there is no engine.json beside ${path} that says where the store is`,
      'give the plan.json of a run directory',
    );
  }
  const { store, plugins = [] } = JSON.parse(readFileSync(beside, 'utf8')) as {
    store: string;
    plugins?: string[];
  };
  return { plan: path, store, plugins };
}

function storeAt(folder: string, store: string): string {
  return store.startsWith('file:') ? `file:${resolve(folder, store.slice('file:'.length))}` : store;
}
