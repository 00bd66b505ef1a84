/**
 * The internal definition: what a syntax makes of a config, free of any syntax. JSON, documented by
 * `definition.schema.json`.
 */
import type { Origin } from '@fasthep/config';
import type { Json, JsonObject } from './json.ts';

export interface Definition {
  format: 1;
  /** The workflow's name: the file's, without its ending. */
  name: string;
  /** In document order: the stream flows down. */
  tasks: Record<string, TaskDefinition>;
  settings: Settings;
  /** Blocks without a task of their own name: the task whose output is theirs. */
  blocks?: Record<string, string>;
  /** What a syntax could not say. */
  notes?: string[];
  /** The user's own config: what conditions (`when: campaign.quick`) can name. */
  values: JsonObject;
  /** Place of each node, by JSON pointer into this definition: `/tasks/select/args/two_muons`. A node without one has its parent's. */
  origins: Record<string, Origin>;
  /** The same for the keys of maps. */
  keyOrigins: Record<string, Origin>;
  /** Texts of the files that origins name. */
  sources: Record<string, string>;
}

export interface TaskDefinition {
  /** As written: `hist` or `data.hist`. */
  operator: string;
  /** As written: a text or list is the operator's main argument. */
  args: Json;
  /** Absent: the stream or task above (rule 2). Empty: reads nothing. */
  needs?: Need[];
  /** Every other keyword, as written, for the extension that owns it. */
  control: JsonObject;
  /** Pointer into this definition: `/tasks/select`. */
  source: string;
  /** Left out of this run by config: why (`no rule matches`), and the pointer of what says so. */
  omitted?: { reason: string; place: string };
  /** With a matrix: the task of which this is one instance, and its values. */
  instance?: { task: string; values: JsonObject };
  /** Blocks around it, outermost first, and the part of each in which it stands. */
  within?: { block: string; part: 'block' | 'rescue' | 'always' }[];
  /** Conditions on outcomes, all of which must hold for it to work. It waits for the tasks that they name. */
  guards?: Guard[];
  /** `--from` names something after it: what it makes must be stored already. */
  expected?: boolean;
  /** What a syntax could not say in it: comments where it is written. */
  notes?: string[];
}

/** `failed`: one of the tasks failed. `ended`: whatever became of them; their failures do not block it. */
export interface Guard {
  when: 'failed' | 'ended';
  tasks: string[];
  /** Who works under it makes good for what failed: the failure does not fail the run. */
  rescue?: boolean;
  /** It comes from a word of `when`: `on_failure`, `always`. */
  word?: boolean;
}

/** What a task reads, or only waits for. */
export interface Need {
  task: string;
  /** One output of a task with several. */
  port?: string;
  /** The port of the reading task, where it has several. */
  as?: string;
  /** False: order only. */
  data?: boolean;
  optional?: boolean;
  /** `same`, or the instances whose matrix values match. */
  matrix?: 'same' | JsonObject;
}

/** Top-level keys with a meaning for the program. */
export interface Settings {
  run?: JsonObject;
  limit?: { rows?: number; partitions?: number };
  /** `mt(lepton, met)` → expression, or name → `{file, correction}`. */
  functions?: JsonObject;
  /** Task keywords for all tasks, and operator arguments under `ops`. */
  default?: JsonObject;
  stages?: string[];
  /** Packs beside the shipped ones. */
  use?: string[];
  /** Config keys whose values are never shown or stored. */
  secrets?: string[];
  /** Which part was asked for on the command line. */
  select?: Selection;
}

/** Which tasks to run. What they need comes along. */
export interface Selection {
  /** `--tags`; absent: all but those that are `never`. */
  tags?: string[];
  skipTags?: string[];
  /** `--from`: these and all that follows from them; what is before them must be stored. */
  from?: string[];
  /** `--only`: names or patterns (`fit_*`) of tasks, blocks or split tasks. */
  only?: string[];
}
