import type { Config } from '@fasthep/config';
import { keyOriginAt, originAt, pointer, suggest } from '../../errors/index.ts';
import type { Definition, Need } from '../../types/definition.ts';
import type { Json, JsonObject } from '../../types/json.ts';
import type { Problem } from '../../types/problem.ts';
import { type Arguments, placeArguments, plain } from './sourced.ts';

/** A task as a syntax makes it. */
export interface NewTask {
  name: string;
  operator: string;
  args: Arguments;
  needs?: (Need | string)[];
  /** Where each of them is said, as far as it is. */
  needsAt?: (string | undefined)[];
  control?: JsonObject;
  /** Pointer into the config: what it was made of. */
  at: string;
  /** What could not be said in it. */
  notes?: string[];
}

/** Puts a definition together from a config in another syntax. */
export interface Builder {
  readonly config: Config;
  readonly definition: Definition;
  readonly problems: Problem[];
  /** Adds a task; two of one name are a problem. */
  task(task: NewTask): void;
  /** Meaning that is lost: a warning, and a comment where the definition is written. `task`: of which task. */
  lost(message: string, at: string, task?: string): void;
  /** Something that cannot be understood. */
  wrong(message: string, at: string, help?: string, code?: string): void;
  /** Keys of a map that are not among the known ones. `what` names the map. */
  keys(value: JsonObject, at: string, known: readonly string[], what: string): void;
}

/** A builder of a definition named after the first file of a config. */
export function startDefinition(config: Config): Builder {
  const file = Object.keys(config.sources)[0] ?? 'workflow';
  const definition: Definition = {
    format: 1,
    name: file.replace(/^.*[/\\]/, '').replace(/\.[^.]*$/, '') || 'workflow',
    tasks: {},
    settings: {},
    values: {},
    origins: { '': originAt(config, '') },
    keyOrigins: {},
    sources: config.sources,
  };
  const problems: Problem[] = [];
  const builder: Builder = {
    config,
    definition,
    problems,
    task(task) {
      const source = pointer('tasks', task.name);
      if (Object.hasOwn(definition.tasks, task.name)) {
        problems.push({
          code: 'FLOW-S013',
          message: `two tasks are called '${task.name}'`,
          help: 'give each its own name',
          origin: keyOriginAt(config, task.at),
          related: [{ message: 'the first stands here', origin: originAt(definition, source) }],
        });
        return;
      }
      const origin = originAt(config, task.at);
      definition.origins[source] = origin;
      definition.keyOrigins[source] = keyOriginAt(config, task.at);
      definition.origins[`${source}/operator`] = origin;
      definition.keyOrigins[`${source}/operator`] = origin;
      definition.tasks[task.name] = {
        operator: task.operator,
        args: plain(task.args),
        control: task.control ?? {},
        source,
        ...(task.needs ? { needs: task.needs.map(needOf) } : {}),
        ...(task.notes ? { notes: task.notes } : {}),
      };
      task.needsAt?.forEach((at, index) => {
        if (at !== undefined) definition.origins[`${source}/needs/${index}`] = originAt(config, at);
      });
      placeArguments(config, definition, `${source}/args`, task.args);
    },
    lost(message, at, task) {
      problems.push({ code: 'FLOW-T001', severity: 'warning', message, origin: keyOriginAt(config, at) });
      if (task === undefined) definition.notes = [...(definition.notes ?? []), message];
      else {
        const of = definition.tasks[task];
        if (of) of.notes = [...(of.notes ?? []), message];
      }
    },
    wrong(message, at, help, code = 'FLOW-T002') {
      problems.push({ code, message, help, origin: originAt(config, at) });
    },
    keys(value, at, known, what) {
      for (const key of Object.keys(value)) {
        if (known.includes(key)) continue;
        problems.push({
          code: 'FLOW-T003',
          message: `unknown key '${key}' in ${what}`,
          help: suggest(key, known, 'it takes'),
          origin: keyOriginAt(config, at + pointer(key)),
        });
      }
    },
  };
  return builder;
}

function needOf(need: Need | string): Need {
  if (typeof need !== 'string') return need;
  const dot = need.indexOf('.', 1);
  return dot < 0 ? { task: need } : { task: need.slice(0, dot), port: need.slice(dot + 1) };
}

/** The value of a key, if it is a text. */
export function textOf(value: Json | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
