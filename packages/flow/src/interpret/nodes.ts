/** One task → one node, by the kind of its operator. */

import { keyOriginAt, originAt } from '../errors/place.ts';
import type { GraphInput, GraphNode, GraphOutput } from '../types/graph.ts';
import type { JsonObject } from '../types/json.ts';
import type { BatchRun, Port, RowWiseRun, SourceRun, WholeRun } from '../types/plugin.ts';
import { guarding } from './apart.ts';
import { type Build, type CheckedTask, graphInputs, outputOf, productName } from './build.ts';
import { refuseCheck } from './checked.ts';
import { type Lookups, lookupDataset, lookupSchemas } from './lookups.ts';
import { ambiguousWords, perDatasetProblems } from './per-dataset.ts';
import { argumentProblems } from './problems.ts';
import { datasetName, type StreamBuild } from './streams.ts';

/** Adds the node of one task, and its steps to the streams that it reads. Those it reads stand there already. */
export function addNode(build: Build, task: CheckedTask): void {
  // Where what it reads is wrong, that has been told; there is nothing to add to.
  if (task.inputs.some((input) => !input.order && !input.optional && !build.nodes.has(input.task))) return;
  const run = task.operator.run;
  build.problems.push(...perDatasetProblems(build, task, rowsInput(build, task)?.stream.id));
  if (run.kind === 'source') addSource(build, task, run);
  else if (run.kind === 'row-wise') addRowWise(build, task, run);
  else if (run.kind === 'batch') addBatch(build, task, run);
  else addWhole(build, task, run);
}

function newNode(
  build: Build,
  task: CheckedTask,
  outputs: Record<string, GraphOutput>,
  inputs: GraphInput[],
): GraphNode {
  const definition = build.definition.tasks[task.name]!;
  const node: GraphNode = {
    id: task.name,
    task: definition.instance?.task ?? task.name,
    ...(definition.instance ? { matrix: definition.instance.values } : {}),
    operator: task.qualified,
    semantics: task.operator.semantics,
    kind: task.operator.run.kind,
    args: task.args,
    inputs,
    outputs,
    control: runControl(definition.control),
    source: definition.source,
  };
  const known = build.facts.nodes?.[task.name];
  if (known) node.known = known;
  if (task.operator.pure === false) node.control.cache = false;
  if (definition.expected) node.expected = true;
  if (task.late) node.when = task.late;
  if (task.given) node.given = task.given;
  Object.assign(node, guarding(build, task));
  refuseCheck(build, node);
  build.nodes.set(task.name, node);
  return node;
}

/** Keywords that matter after interpretation; the others were lowered. */
function runControl(control: JsonObject): JsonObject {
  const { when: _when, rules: _rules, matrix: _matrix, loop: _loop, extends: _extends, ...rest } = control;
  return rest;
}

function portsOf(task: CheckedTask): Record<string, Port> {
  const { outputs } = task.operator;
  return typeof outputs === 'function' ? outputs(task.args) : outputs;
}

function addSource(build: Build, task: CheckedTask, run: SourceRun): void {
  const facts = build.facts.sources[task.name];
  const type = build.registry.stream(run.stream);
  if (!type) throw new Error(`operator ${task.qualified} gives a stream of unknown type '${run.stream}'`);
  const outputs: Record<string, GraphOutput> = {};
  for (const port of Object.keys(portsOf(task))) {
    const id = `${task.name}.${port}`;
    outputs[port] = { type: 'rows', stream: { id, at: '' } };
    build.streams.set(id, {
      id,
      type,
      root: { kind: 'source', node: task.name, port },
      datasets: facts?.datasets ?? [],
      schemaOf: (dataset) => facts!.schemas[facts!.datasets[dataset]!.schema]?.[port] ?? null,
      steps: [],
      owner: new Map(),
      places: new Map(),
      omitted: new Map(),
      collects: new Set(),
      options: run.options?.(task.args),
    });
  }
  newNode(
    build,
    task,
    outputs,
    task.inputs.flatMap((input) => graphInputs(build, task.name, input)),
  );
}

/** The stream that a task reads, and where in it. */
function rowsInput(build: Build, task: CheckedTask): { stream: StreamBuild; at: string } | undefined {
  const [first] = Object.keys(task.operator.inputs);
  for (const input of task.inputs) {
    const at = input.order || input.port !== first ? undefined : outputOf(build, input)?.stream;
    const stream = at && build.streams.get(at.id);
    if (stream) return { stream, at: at.at };
  }
  return undefined;
}

function addRowWise(build: Build, task: CheckedTask, run: RowWiseRun): void {
  const rows = rowsInput(build, task);
  if (!rows) return;
  const { stream, at } = rows;
  const wrong = run.check?.(task.args) ?? [];
  build.problems.push(...argumentProblems(build.definition, task.name, wrong));
  if (wrong.some(({ severity }) => severity !== 'warning')) return;
  const made = run.steps(task.args, {
    input: at,
    id: (local) => `${task.name}/${local}`,
    node: task.name,
  });
  const outputs: Record<string, GraphOutput> = {};
  for (const [port, spec] of Object.entries(portsOf(task))) {
    const step = made.outputs[port];
    if (step === undefined) continue;
    outputs[port] =
      spec.type === 'rows'
        ? { type: 'rows', stream: { id: stream.id, at: step } }
        : { type: String(spec.type), fill: { stream: stream.id, step } };
  }
  const node = newNode(
    build,
    task,
    outputs,
    task.inputs.flatMap((input) => graphInputs(build, task.name, input)),
  );
  node.steps = made.steps;
  stream.steps.push(...made.steps);
  for (const step of made.steps) {
    stream.owner.set(step.id, task.name);
    stream.places.set(step.id, made.places?.[step.id] ?? []);
  }
  leaveOut(task, node, stream);
}

/** Notes the datasets for which a node is left out. */
function leaveOut(task: CheckedTask, node: GraphNode, stream: StreamBuild): void {
  const omitted = new Set<number>();
  stream.datasets.forEach((dataset, index) => {
    if (task.omitted(dataset)) omitted.add(index);
  });
  if (omitted.size === 0) return;
  stream.omitted.set(task.name, omitted);
  node.omit = [...omitted].map((index) => stream.datasets[index]!.labels.dataset ?? '');
}

/** A port that takes several streams has a step in each of them. */
function freeStep(build: Build, id: string): string {
  const taken = (step: string) => [...build.streams.values()].some(({ owner }) => owner.has(step));
  for (let number = 2, step = id; ; number++) {
    if (!taken(step)) return step;
    step = `${id}${number}`;
  }
}

/** Adds a fill that gives the rows at `at`, owned by the node that asks for them. */
function collectAt(
  build: Build,
  stream: StreamBuild,
  task: CheckedTask,
  port: string,
  at: string,
  fields?: string[],
): string {
  const id = freeStep(build, `${task.name}/${port}`);
  stream.steps.push(stream.type.collect(id, at, fields));
  stream.collects.add(id);
  stream.owner.set(id, task.name);
  stream.places.set(id, [
    ['fields', 'fields'],
    ['fill/fields', 'fields'],
  ]);
  return id;
}

function addBatch(build: Build, task: CheckedTask, run: BatchRun): void {
  const rows = rowsInput(build, task);
  if (!rows) return;
  const { stream, at } = rows;
  const collect = collectAt(build, stream, task, 'rows', at);
  const lookups = lookupsOf(build, task, stream);
  const [[port] = ['rows'], ...others] = Object.entries(portsOf(task));
  const id = `${task.name}.${port}`;
  const outputs: Record<string, GraphOutput> = { [port]: { type: 'rows', stream: { id, at: '' } } };
  const results: NonNullable<StreamBuild['results']> = {};
  for (const [other, { type }] of others) {
    const step = `${task.name}/${other}`;
    outputs[other] = { type: String(type), fill: { stream: id, step } };
    results[step] = { port: other, type: String(type) };
  }
  const node = newNode(
    build,
    task,
    outputs,
    task.inputs.flatMap((input) => graphInputs(build, task.name, input)),
  );
  build.streams.set(id, {
    ...stream,
    id,
    root: {
      kind: 'batch',
      node: task.name,
      stream: stream.id,
      at: collect,
      ...(lookups.length > 0 ? { lookups } : {}),
    },
    schemaOf: (dataset) => {
      const variant = build.schemas.get(stream.id)?.find((one) => one.datasets.includes(dataset));
      const input = variant?.info.outputs[collect]?.schema ?? null;
      const looked = lookupSchemas(build, lookups, stream.datasets[dataset]);
      const made = run.schema(task.args, input, looked, node.known ?? {});
      build.problems.push(...argumentProblems(build.definition, task.name, made.problems));
      return made.schema;
    },
    above: (dataset) => [
      variantOf(build, stream.id, dataset),
      ...lookups.map((lookup) => {
        const others = build.streams.get(lookup.stream)!.datasets.map(datasetName);
        return variantOf(build, lookup.stream, lookupDataset(others, datasetName(stream.datasets[dataset]!)));
      }),
    ],
    steps: [],
    owner: new Map(),
    places: new Map(),
    omitted: new Map(),
    collects: new Set(),
    results,
  });
}

function variantOf(build: Build, stream: string, dataset: number): number {
  return (build.schemas.get(stream) ?? []).findIndex(({ datasets }) => datasets.includes(dataset));
}

/** Streams that a batch operator reads beside its rows: a fill of each gives their rows. */
function lookupsOf(build: Build, task: CheckedTask, left: StreamBuild): Lookups {
  const [first] = Object.keys(task.operator.inputs);
  const lookups: Lookups = [];
  for (const input of task.inputs) {
    const rows = input.order || input.port === first ? undefined : outputOf(build, input)?.stream;
    const stream = rows && build.streams.get(rows.id);
    if (!rows || !stream) continue;
    if (rootOf(build, stream) === rootOf(build, left)) {
      build.problems.push({
        code: 'FLOW-N010',
        message: `'${task.operator.name}' cannot look up rows of the stream that it reads`,
        help: `open the data once more (a second 'read') for '${input.port}'`,
        origin: keyOriginAt(build.definition, build.definition.tasks[task.name]!.source),
      });
      continue;
    }
    lookups.push({
      port: input.port,
      stream: stream.id,
      at: collectAt(build, stream, task, input.port, rows.at),
    });
  }
  return lookups;
}

function rootOf(build: Build, stream: StreamBuild): string {
  return stream.root.kind === 'batch' ? rootOf(build, build.streams.get(stream.root.stream)!) : stream.id;
}

function addWhole(build: Build, task: CheckedTask, run: WholeRun): void {
  const inputs = task.inputs.flatMap((wired): GraphInput[] => {
    const rows = wired.order ? undefined : outputOf(build, wired)?.stream;
    const stream = rows && build.streams.get(rows.id);
    if (!rows || !stream) return graphInputs(build, task.name, wired);
    const step = collectAt(build, stream, task, wired.port, rows.at, run.fields?.(task.args));
    return graphInputs(build, task.name, wired).map((input) => ({
      ...input,
      fill: { stream: stream.id, step },
    }));
  });
  const data = inputs.filter((input) => !input.order);
  const first = Object.keys(task.operator.inputs)[0];
  const typeOf = (input: GraphInput) => build.nodes.get(input.node)?.outputs[input.output]?.type ?? 'any';
  const nameOf = (input: GraphInput) =>
    input.member ?? productName(build.nodes.get(input.node)!, input.output);

  const byPort: Record<string, { name: string; type: string }[]> = {};
  for (const input of data) {
    const type = input.fill ? 'table' : typeOf(input);
    byPort[input.port] = [...(byPort[input.port] ?? []), { name: nameOf(input), type }];
  }
  if (run.choice) sameType(build, task, data.map(typeOf));
  build.problems.push(...ambiguousWords(build, task, run));
  if (run.check) {
    build.problems.push(...argumentProblems(build.definition, task.name, run.check(task.args, byPort)));
  }

  const members = run.each ? data.filter((input) => input.port === first).map(nameOf) : undefined;
  const outputs: Record<string, GraphOutput> = {};
  for (const [port, spec] of Object.entries(portsOf(task))) {
    const same = spec.type === 'same' ? data.map(typeOf)[0] : undefined;
    const type = same ?? String(spec.type);
    outputs[port] = { type: type === 'rows' ? 'rows' : type };
    if (members && members.length > 1) outputs[port].members = members;
    if (type !== 'rows') continue;
    // Rows of a whole operator are a product from which a new stream starts.
    const above = data.find((input) => input.fill)?.fill?.stream;
    const parent = above === undefined ? undefined : build.streams.get(above);
    if (!parent) continue;
    const id = `${task.name}.${port}`;
    outputs[port].stream = { id, at: '' };
    build.streams.set(id, {
      ...parent,
      id,
      root: { kind: 'product', node: task.name, port },
      datasets: [{ labels: {}, constants: {}, schema: '', files: [] }],
      schemaOf: () => {
        const collect = data.find((input) => input.fill?.stream === parent.id)?.fill?.step ?? '';
        const schemas = (build.schemas.get(parent.id) ?? []).map(
          ({ info }) => info.outputs[collect]?.schema ?? null,
        );
        return parent.type.together?.(schemas) ?? schemas[0] ?? null;
      },
      above: undefined,
      steps: [],
      owner: new Map(),
      places: new Map(),
      omitted: new Map(),
      collects: new Set(),
      options: undefined,
      results: undefined,
    });
  }
  newNode(build, task, outputs, inputs);
}

/** What gives one of several inputs needs them to be of one type. */
function sameType(build: Build, task: CheckedTask, types: readonly string[]): void {
  const [first, other] = new Set(types);
  if (first === undefined || other === undefined) return;
  build.problems.push({
    code: 'FLOW-K005',
    message: `block '${task.name}' gives ${words(first)}, and its rescue ${words(other)}`,
    help: 'the last tasks of both must give the same, so that whoever reads the block does not care',
    origin: originAt(build.definition, build.definition.tasks[task.name]!.source),
  });
}

const words = (type: string) => (type === 'rows' ? 'rows' : `a ${type}`);
