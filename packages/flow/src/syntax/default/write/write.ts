import { isMap } from '../../../definition/index.ts';
import type { Definition, TaskDefinition } from '../../../types/definition.ts';
import type { Json, JsonObject } from '../../../types/json.ts';
import { writtenNeeds } from './needs.ts';
import { block, flow, scalar } from './yaml.ts';

const comment = (notes: readonly string[] | undefined, indent: string): string[] =>
  (notes ?? []).map((note) => `${indent}# not carried over: ${note}`);

/** A definition as YAML in the default syntax, with a comment wherever the syntax it came from said more. */
export function writeDefault(definition: Definition): string {
  const lines: string[] = comment(definition.notes, '');
  const settings = definition.settings as JsonObject;
  const top: JsonObject = {};
  for (const [key, value] of Object.entries(settings)) if (key !== 'select') top[key] = value;
  for (const [key, value] of Object.entries({ ...top, ...definition.values }))
    lines.push(...block(key, value, ''), '');
  const catalogue = sharedDatasets(definition);
  if (catalogue) lines.push('datasets:', ...catalogue.map((dataset) => `  - ${flow(dataset)}`), '');
  lines.push('tasks:');
  for (const [name, task] of Object.entries(definition.tasks)) {
    lines.push(...comment(task.notes, '  '));
    lines.push(...writtenTask(name, catalogue ? referring(task, catalogue) : task));
  }
  return `${lines.join('\n')}\n`;
}

/** Datasets that are said in a task go into a section of their own: one catalogue for all that read it. */
function sharedDatasets(definition: Definition): Json[] | undefined {
  if (definition.values.datasets !== undefined) return undefined;
  for (const { args } of Object.values(definition.tasks))
    if (isMap(args) && Array.isArray(args.datasets) && args.datasets.length > 0) return args.datasets;
  return undefined;
}

function referring(task: TaskDefinition, catalogue: Json[]): TaskDefinition {
  const { args } = task;
  if (!isMap(args) || JSON.stringify(args.datasets) !== JSON.stringify(catalogue)) return task;
  return { ...task, args: { ...args, datasets: '${datasets}' } };
}

function bodyOf(task: TaskDefinition): JsonObject {
  const body: JsonObject = {};
  if (task.needs) body.needs = writtenNeeds(task.needs);
  for (const [key, value] of Object.entries(task.control))
    body[key] = ['block', 'rescue', 'always'].includes(key) && isMap(value) ? tasksOf(value) : value;
  if (task.operator !== '') body[task.operator] = task.args;
  return body;
}

/** Tasks inside a block. */
function tasksOf(value: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name, bodyOf(inner as unknown as TaskDefinition)]),
  );
}

function writtenTask(name: string, task: TaskDefinition): string[] {
  const body = bodyOf(task);
  const line = `  ${scalar(name)}: ${flow(body)}`;
  if (line.length <= 100) return [line];
  return [`  ${scalar(name)}:`, ...Object.entries(body).flatMap(([key, value]) => block(key, value, '    '))];
}
