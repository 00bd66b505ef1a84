import type { JsonObject } from '@fasthep/flow';
import type { About } from '../round/about.ts';
import type { Round, TaskLine } from '../round/types.ts';

/** What an engine gets: one pass over the tasks of a run, in order of what they wait for. */
export interface Launch {
  folder: string;
  round: Round;
  lines: readonly TaskLine[];
  settings: JsonObject;
  /** What to show of a task. */
  about(task: string): About;
  /** What a task needs of a machine. */
  resources(task: string): JsonObject;
  /** File in which an engine whose jobs outlive this process may note the folder of the round. */
  memory?: string;
  /** Tells the user something. */
  log(message: string, level?: 'info' | 'warning'): void;
}

/** An engine at work. */
export interface Launched {
  /** Settles when the engine has nothing more to do. Rejects when the engine itself failed, not for failed tasks. */
  done: Promise<void>;
  /** Called when the run is stopped, right after tasks at work were told so. */
  stop?(): void;
  /** Ends the engine at once, some time later. */
  kill(): void;
}

/** An engine as the driver sees it. */
export interface Engine {
  name: string;
  /** Makes sure that it is there, once for a run. Fails with what to install. */
  prepare?(settings: JsonObject, log: Launch['log']): Promise<void>;
  launch(launch: Launch): Promise<Launched>;
  /** Finds jobs that an earlier process submitted for the same plan and store, by what it noted in `memory`. */
  attach?(memory: string, settings: JsonObject): Promise<Attached | undefined>;
}

/** A round that another process began. */
export interface Attached {
  folder: string;
  round: Round;
  lines: readonly TaskLine[];
  /** What was found, for the user. */
  what: string;
  launched: Launched;
}
