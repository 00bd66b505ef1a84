/** The graph under construction, and what its nodes need of it. */
import type { Definition } from '../types/definition.ts';
import type { Facts } from '../types/facts.ts';
import type { GraphInput, GraphNode, GraphOutput } from '../types/graph.ts';
import type { Json, JsonObject } from '../types/json.ts';
import type { Operator, Registry } from '../types/plugin.ts';
import type { Problem } from '../types/problem.ts';
import type { WiredInput } from '../wiring/types.ts';
import type { AnalysedVariant, StreamBuild } from './streams.ts';

export interface Build {
  definition: Definition;
  facts: Facts;
  registry: Registry;
  nodes: Map<string, GraphNode>;
  streams: Map<string, StreamBuild>;
  /** What analysis gave, by stream. */
  schemas: Map<string, AnalysedVariant[]>;
  problems: Problem[];
}

/** A task whose operator is known and whose arguments are checked. */
export interface CheckedTask {
  name: string;
  operator: Operator;
  qualified: string;
  args: Json;
  inputs: WiredInput[];
  /** Datasets for which the task is left out (`when: dataset.kind == 'mc'`). */
  omitted(dataset: { labels: Record<string, string>; constants: { [key: string]: Json } }): boolean;
  /** What is left of `when` for run time. */
  late?: string;
  /** Values of the config that it names. */
  given?: JsonObject;
}

/** What a product is called by those who read it: the task, or `task_port` for other ports than its first. */
export function productName(node: GraphNode, output: string): string {
  const first = Object.keys(node.outputs).find((port) => node.outputs[port]!.type !== 'rows');
  return output === first && Object.keys(node.outputs)[0] === output ? node.id : `${node.id}_${output}`;
}

/** One input for each product that an output stands for. */
export function graphInputs(build: Build, task: string, input: WiredInput): GraphInput[] {
  const base: GraphInput = { port: input.port, node: input.task, output: input.output };
  // A result that `when` names is read by the condition, which finds it by name.
  if (input.order || (input.result && input.port === 'when'))
    return [{ ...base, order: true, ...(input.guard ? { guard: true } : {}) }];
  // What works after a failure cannot insist on what failed.
  if (isGuard(build, task, input.task)) base.guard = true;
  if (input.optional || base.guard) base.optional = true;
  const members = build.nodes.get(input.task)?.outputs[input.output]?.members;
  return members ? members.map((member) => ({ ...base, member })) : [base];
}

function isGuard({ definition }: Build, task: string, other: string): boolean {
  return definition.tasks[task]?.guards?.some(({ tasks }) => tasks.includes(other)) ?? false;
}

export function outputOf(build: Build, input: WiredInput): GraphOutput | undefined {
  return build.nodes.get(input.task)?.outputs[input.output];
}
