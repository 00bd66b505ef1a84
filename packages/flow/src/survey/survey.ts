/** Asks every source, and every operator that uses other files, once what must be known before planning. */
import { originAt } from '../errors/place.ts';
import { pointer } from '../errors/pointer.ts';
import { argumentProblems } from '../interpret/problems.ts';
import { checkArguments, lowerDefinition } from '../keywords/index.ts';
import type { Definition } from '../types/definition.ts';
import type { Facts } from '../types/facts.ts';
import type { JsonObject } from '../types/json.ts';
import type { Registry, SurveyContext } from '../types/plugin.ts';
import type { Problem } from '../types/problem.ts';

/** Facts about files from earlier surveys. A memory that forgets everything is fine. */
export interface SurveyMemory {
  recall(path: string): Promise<JsonObject | undefined>;
  remember(path: string, facts: JsonObject): Promise<void>;
}

export interface SurveyOptions {
  memory?: SurveyMemory;
  /** A path as written in `file` (`<command line>`: as typed) → a path that opens. */
  resolve(path: string, file: string): string;
  signal?: AbortSignal;
}

export async function survey(
  definition: Definition,
  registry: Registry,
  options: SurveyOptions,
): Promise<{ facts: Facts; problems: Problem[] }> {
  const lowered = lowerDefinition(definition, registry).definition;
  const facts: Facts = { format: 1, sources: {} };
  const problems: Problem[] = [];
  for (const [name, task] of Object.entries(lowered.tasks)) {
    // What this run leaves out may name files that are not there.
    if (task.omitted) continue;
    const found = registry.operator(task.operator);
    // What is wrong with operators and arguments is the interpreter's to tell.
    if ('problem' in found) continue;
    const { run } = found.operator;
    if (run.kind !== 'source' && !found.operator.facts) continue;
    const checked = checkArguments(lowered, name, found.operator);
    if (checked.problems.some((problem) => problem.severity !== 'warning')) continue;
    const context: SurveyContext = {
      registry,
      signal: options.signal,
      resolve: (path, at) => options.resolve(path, fileOf(lowered, name, at ?? [])),
      recall: async (path) => options.memory?.recall(path),
      remember: async (path, known) => options.memory?.remember(path, known),
    };
    if (run.kind === 'source') {
      const made = await run.survey(checked.args, context);
      facts.sources[name] = made.facts;
      problems.push(...argumentProblems(lowered, name, made.problems));
    }
    if (found.operator.facts) {
      const made = await found.operator.facts(checked.args, context);
      facts.nodes = { ...facts.nodes, [name]: made.facts };
      problems.push(...argumentProblems(lowered, name, made.problems));
    }
  }
  return { facts, problems };
}

/** The file that says a text of a task's arguments: for an interpolated one, where its beginning comes from. */
function fileOf(definition: Definition, task: string, at: readonly (string | number)[]): string {
  const origin = originAt(definition, pointer('tasks', task, 'args', ...at));
  return origin.pieces?.[0]?.[3] ?? origin.file;
}
