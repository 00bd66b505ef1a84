import type { JsonObject, Plan } from '@fasthep/flow';
import { taskLines } from '../round/lines.ts';
import type { Round, TaskLine } from '../round/types.ts';
import { allWork } from './all-work.ts';

/** What an export for a system that runs commands is told. */
export interface ExportOptions {
  /** Words that start the command there. */
  command: string[];
  /** Address of the store as tasks see it; a relative folder counts from that of the export. */
  store: string;
  plugins: string[];
  /** Container image that has the command. */
  image?: string;
}

/** Reads the options of an export; what is not said has a default. */
export function exportOptions(options: JsonObject): ExportOptions {
  const { command = ['fasthep-flow'], store = 'file:store', plugins = [], image } = options;
  return {
    command: [command].flat().map(String),
    store: String(store),
    plugins: [plugins].flat().map(String),
    ...(image === undefined ? {} : { image: String(image) }),
  };
}

/**
 * The files with which `worker FOLDER --task NAME` runs any task of a plan: an exported folder is a round like
 * those that back ends write, in which nothing is at work yet.
 */
export function roundFiles(plan: Plan, { command, store, plugins }: ExportOptions) {
  const lines: TaskLine[] = taskLines(plan, allWork(plan));
  const round: Round = {
    format: 1,
    workflow: plan.name,
    plan: 'plan.json',
    store,
    plugins,
    semantics: {},
    command: [...command, 'worker'],
    workers: 1,
    failFast: false,
    last: true,
  };
  return {
    lines,
    files: {
      'plan.json': `${JSON.stringify(plan)}\n`,
      'round.json': `${JSON.stringify(round, null, 1)}\n`,
      'tasks.jsonl': lines.map((line) => `${JSON.stringify(line)}\n`).join(''),
      // Workers write here; an empty folder would get lost on the way.
      'events/README.txt': 'What the workers did: one file for each, one JSON line for each event.\n',
    },
  };
}
