import { arch, availableParallelism, hostname, platform, release, totalmem } from 'node:os';
import type { Event } from '../../types/events.ts';
import type { Plan } from '../../types/plan.ts';
import { gitCommit } from './git.ts';

/** Where a result comes from: everything about a run that is not in its config, definition, graph and plan. */
export interface Provenance {
  format: 1;
  workflow: string;
  /** The command as it was typed; values of secrets are never on it. */
  command: string[];
  folder: string;
  /** Of the repository in which the workflow lies. */
  commit?: string;
  versions: Record<string, string>;
  host: { name: string; system: string; cpus: number; memory: number };
  started: string;
  ended: string;
  milliseconds: number;
  outcome: string;
  tasks: { done: number; reused: number; failed: number; skipped: number; blocked: number };
  rows: number;
  bytes: number;
  inputs: { dataset?: string; path: string; size: number; identity: string }[];
}

/** What only the caller knows. */
export interface ProvenanceOptions {
  command: string[];
  folder: string;
  /** Folder of the workflow file. */
  workflowFolder: string;
  versions: Record<string, string>;
  started: Date;
  ended: Date;
}

/** The provenance of a run from its plan and events. */
export function provenance(plan: Plan, events: readonly Event[], options: ProvenanceOptions): Provenance {
  const tasks = { done: 0, reused: 0, failed: 0, skipped: 0, blocked: 0 };
  let [rows, bytes, outcome] = [0, 0, 'interrupted'];
  for (const event of events) {
    if (event.type === 'run-end') outcome = event.outcome;
    if (event.type !== 'task-end') continue;
    tasks[event.outcome]++;
    rows += event.rows ?? 0;
    bytes += event.bytes ?? 0;
  }
  const inputs = plan.families.flatMap((family) =>
    family.kind === 'segment' && !('product' in family.source)
      ? family.files.map(({ dataset, path, size, identity }) => {
          const { name } = family.datasets[dataset]!;
          return { ...(name ? { dataset: name } : {}), path, size, identity };
        })
      : [],
  );
  const commit = gitCommit(options.workflowFolder);
  return {
    format: 1,
    workflow: plan.name,
    command: options.command,
    folder: options.folder,
    ...(commit ? { commit } : {}),
    versions: { node: process.version, ...options.versions },
    host: {
      name: hostname(),
      system: `${platform()} ${release()} ${arch()}`,
      cpus: availableParallelism(),
      memory: totalmem(),
    },
    started: options.started.toISOString(),
    ended: options.ended.toISOString(),
    milliseconds: options.ended.getTime() - options.started.getTime(),
    outcome,
    tasks,
    rows,
    bytes,
    inputs: [...new Map(inputs.map((input) => [`${input.dataset}\0${input.path}`, input])).values()],
  };
}
