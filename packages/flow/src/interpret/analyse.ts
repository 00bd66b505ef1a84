/** Has every stream's program analysed, and narrows the rows that are collected to the fields that are used. */
import { keyOriginAt } from '../errors/place.ts';
import type { BatchRun, BatchSchema } from '../types/plugin.ts';
import type { Build } from './build.ts';
import { lookupSchemas } from './lookups.ts';
import { streamProblems } from './problems.ts';
import { analyseStream, type StreamBuild } from './streams.ts';

export function analyseAll(build: Build): void {
  const streams = [...build.streams.values()];
  // Parents stand before their children; a child's schema comes from the parent's analysis.
  for (const stream of streams) {
    analyse(build, stream);
    refuseLabels(build, stream);
  }
  // Then upwards: a batch operator's inputs give only the fields that its children use.
  for (const stream of [...streams].reverse()) narrowInputs(build, stream);
  for (const stream of streams) {
    const variants = build.schemas.get(stream.id) ?? [];
    build.problems.push(...streamProblems(build.definition, stream, variants));
    lineage(build, stream.id);
  }
}

function analyse(build: Build, stream: StreamBuild): void {
  build.schemas.set(stream.id, analyseStream(stream, build.definition.settings.functions));
}

/** Regions and variations are not in the rows, so they do not pass through an operator that makes other rows. */
function refuseLabels(build: Build, stream: StreamBuild): void {
  const { root } = stream;
  const labels = new Set<string>();
  for (const input of above(build, stream)) {
    for (const variant of build.schemas.get(input.stream) ?? []) {
      for (const label of variant.info.outputs[input.at]?.labels ?? [])
        if (label !== 'dataset') labels.add(label);
    }
  }
  if (labels.size === 0) return;
  const names = [...labels].map((label) => `'${label}'`).join(' and ');
  build.problems.push({
    code: 'FLOW-N011',
    message: `the label ${names} does not pass through task '${root.node}', which makes other rows`,
    help: 'put the task that makes it (regions, vary, weight) below',
    origin: keyOriginAt(build.definition, build.definition.tasks[root.node]!.source),
  });
}

/** Where the rows of a stream come from other streams. */
function above(build: Build, { root, steps, collects }: StreamBuild): { stream: string; at: string }[] {
  if (root.kind === 'batch') return [{ stream: root.stream, at: root.at }, ...(root.lookups ?? [])];
  // Rows that are only written may have the labels as columns.
  if (root.kind === 'source' || steps.every(({ id }) => collects.has(id))) return [];
  return (build.nodes.get(root.node)?.inputs ?? []).flatMap(({ fill }) =>
    fill ? [{ stream: fill.stream, at: fill.step }] : [],
  );
}

/** Rows that `stream`'s batch operator reads and nobody uses are not collected for it. */
function narrowInputs(build: Build, stream: StreamBuild): void {
  const { root } = stream;
  if (root.kind !== 'batch') return;
  const node = build.nodes.get(root.node)!;
  const found = build.registry.operator(node.operator);
  if ('problem' in found) return;
  const run = found.operator.run as BatchRun;

  const used = new Set<string>();
  for (const variant of build.schemas.get(stream.id) ?? []) {
    for (const fill of Object.values(variant.info.outputs))
      for (const column of fill.columns) used.add(column);
  }
  const parent = build.streams.get(root.stream)!;
  const lookups = root.lookups ?? [];
  const left = new Set<string>();
  const others = lookups.map(() => new Set<string>());
  for (const { datasets, info } of build.schemas.get(parent.id) ?? []) {
    const schema = info.outputs[root.at]?.schema ?? null;
    const looked = lookupSchemas(build, lookups, parent.datasets[datasets[0]!]);
    const made = run.schema(node.args, schema, looked, node.known ?? {});
    if (!made.reads) return;
    for (const field of wanted(made, used, undefined)) left.add(field);
    for (const [i, { port }] of lookups.entries())
      for (const field of wanted(made, used, port)) others[i]!.add(field);
  }
  narrow(build, parent, root.at, left);
  for (const [i, { stream: id, at }] of lookups.entries())
    narrow(build, build.streams.get(id)!, at, others[i]!);
}

/** Fields of one input (its rows, without a port) that the operator reads or that become a used field. */
function wanted(made: BatchSchema, used: ReadonlySet<string>, port: string | undefined): Set<string> {
  const fields = new Set<string>();
  for (const read of made.reads ?? []) {
    const [before, field] = read.includes('/') ? read.split('/', 2) : [undefined, read];
    if (before === port) fields.add(field!);
  }
  for (const field of used) {
    const from = made.from?.[field];
    if (from?.port === port && from) fields.add(from.field);
    else if (!from && port === undefined) fields.add(field);
  }
  return fields;
}

function narrow(build: Build, stream: StreamBuild, at: string, wanted: ReadonlySet<string>): void {
  const has = new Set<string>();
  for (const { info } of build.schemas.get(stream.id) ?? []) {
    const schema = info.outputs[at]?.schema;
    if (schema !== null && typeof schema === 'object') for (const name of Object.keys(schema)) has.add(name);
  }
  const index = stream.steps.findIndex((step) => step.id === at);
  const used = [...has].filter((field) => wanted.has(field));
  // Where only the number of rows matters, one field carries it.
  const fields = used.length > 0 ? used : [...has].slice(0, 1);
  stream.steps[index] = stream.type.collect(at, stream.steps[index]!.from, fields, true);
  analyse(build, stream);
}

/** Notes on each node which fields it reads, from which node, and which it makes. */
function lineage(build: Build, id: string): void {
  const stream = build.streams.get(id)!;
  const source = stream.root.node;
  for (const variant of build.schemas.get(id) ?? []) {
    for (const [step, fields] of Object.entries(variant.info.fields)) {
      const node = build.nodes.get(stream.owner.get(step) ?? '');
      if (!node) continue;
      node.reads ??= {};
      node.makes ??= [];
      for (const read of fields.reads) {
        const [name, maker] = read.split('@') as [string, string?];
        const from = maker === undefined ? source : (stream.owner.get(maker) ?? source);
        if (from !== node.id) node.reads[name] = from;
      }
      for (const name of fields.makes) if (!node.makes.includes(name)) node.makes.push(name);
    }
  }
}
