/** Definition + Facts → Graph: operators with checked arguments, typed edges, streams with their fields. Opens nothing. */
import { names, parse } from '@fasthep/expression';
import { referencesOf } from '../conditions/index.ts';
import { checkArguments, checkDatasets, decideWhen, lowerDefinition, wireTasks } from '../keywords/index.ts';
import type { Definition } from '../types/definition.ts';
import type { Facts } from '../types/facts.ts';
import type { Graph } from '../types/graph.ts';
import type { Json, JsonObject } from '../types/json.ts';
import type { Registry } from '../types/plugin.ts';
import type { Problem } from '../types/problem.ts';
import { analyseAll } from './analyse.ts';
import type { Build, CheckedTask } from './build.ts';
import { addNode } from './nodes.ts';
import { inOrder } from './order.ts';
import { finishedStream } from './streams.ts';

export function interpret(
  definition: Definition,
  facts: Facts,
  registry: Registry,
): { graph: Graph; problems: Problem[] } {
  const lowered = lowerDefinition(definition, registry);
  const wired = wireTasks(lowered.definition, registry);
  const build: Build = {
    definition: lowered.definition,
    facts,
    registry,
    nodes: new Map(),
    streams: new Map(),
    schemas: new Map(),
    problems: [
      ...lowered.problems,
      ...wired.problems,
      ...checkDatasets(lowered.definition, constantsOf(facts)),
    ],
  };
  for (const name of inOrder(Object.keys(lowered.definition.tasks), wired.inputs)) {
    if (lowered.definition.tasks[name]!.omitted) continue;
    const task = checkTask(build, name, wired.inputs[name] ?? []);
    if (task) addNode(build, task);
  }
  const graph: Graph = {
    format: 1,
    name: definition.name,
    nodes: [],
    streams: {},
  };
  if (!build.problems.some((problem) => problem.severity !== 'warning')) {
    analyseAll(build);
    for (const stream of build.streams.values()) {
      graph.streams[stream.id] = finishedStream(stream, build.schemas.get(stream.id) ?? []);
    }
  }
  graph.nodes = [...build.nodes.values()];
  if (lowered.definition.settings.limit) graph.limit = lowered.definition.settings.limit;
  if (lowered.definition.settings.functions) graph.functions = lowered.definition.settings.functions;
  return { graph, problems: build.problems };
}

/** What is known of each dataset by name. */
function constantsOf(facts: Facts): JsonObject[] {
  return Object.values(facts.sources).flatMap(({ datasets }) => datasets.map(({ constants }) => constants));
}

/** The task with its operator and normalised arguments, or nothing where that is wrong. */
function checkTask(build: Build, name: string, inputs: CheckedTask['inputs']): CheckedTask | undefined {
  const definition = build.definition.tasks[name]!;
  const found = build.registry.operator(definition.operator);
  if ('problem' in found) return undefined; // wireTasks has told
  const checked = checkArguments(build.definition, name, found.operator);
  build.problems.push(...checked.problems);
  if (checked.problems.some((problem) => problem.severity !== 'warning')) return undefined;
  const when = definition.control.when;
  const decide = (names: JsonObject) =>
    when === undefined ? true : decideWhen(when, { ...build.definition.values, ...names });
  return {
    name,
    operator: found.operator,
    qualified: found.qualified,
    args: checked.args,
    inputs,
    omitted: (dataset) => decide({ dataset: { ...dataset.constants, ...namesOf(dataset.labels) } }) === false,
    ...(namesResults(inputs) || namesError(when) ? lateCondition(when, build.definition.values) : {}),
  };
}

const namesOf = (labels: Record<string, string>): JsonObject =>
  labels.dataset === undefined ? {} : { name: labels.dataset };

/** `error.message`: of the failure for which a rescue works. */
const namesError = (when: Json | undefined) =>
  when !== undefined && referencesOf(when).some(({ root }) => root === 'error');

const namesResults = (inputs: CheckedTask['inputs']) =>
  inputs.some((input) => input.result && input.port === 'when');

/** A condition or a list of them (all must hold) as one text, with the values of the config that it names. */
function lateCondition(when: Json | undefined, values: JsonObject): Pick<CheckedTask, 'late' | 'given'> {
  if (when === undefined) return {};
  const late = Array.isArray(when) ? when.map((one) => `(${String(one)})`).join(' and ') : String(when);
  const used = new Set(names(parse(late)).map(({ parts }) => parts[0]!));
  const given = Object.fromEntries(Object.entries(values).filter(([name]) => used.has(name)));
  return Object.keys(given).length > 0 ? { late, given } : { late };
}
