/** Has every stream's program analysed, and narrows the rows that are collected to the fields that are used. */
import type { BatchRun } from '../types/plugin.ts';
import type { Build } from './build.ts';
import { streamProblems } from './problems.ts';
import { analyseStream } from './streams.ts';

export function analyseAll(build: Build): void {
  const streams = [...build.streams.values()];
  // Parents stand before their children; a child's schema comes from the parent's analysis.
  for (const stream of streams) {
    build.schemas.set(stream.id, analyseStream(stream, build.definition.settings.functions));
  }
  // Then upwards: a batch operator's parent gives only the fields that its children use.
  for (const stream of [...streams].reverse()) {
    if (stream.root.kind !== 'batch') continue;
    const { node, stream: parentId, at } = stream.root;
    const parent = build.streams.get(parentId)!;
    const operator = build.registry.operator(build.nodes.get(node)!.operator);
    if ('problem' in operator) continue;
    const run = operator.operator.run as BatchRun;
    const used = new Set<string>();
    for (const variant of build.schemas.get(stream.id) ?? []) {
      for (const fill of Object.values(variant.info.outputs))
        for (const column of fill.columns) used.add(column);
    }
    const input = build.schemas.get(parentId)?.[0]?.info.outputs[at]?.schema;
    const reads = run.schema(build.nodes.get(node)!.args, input ?? null).reads;
    if (!reads) continue;
    const index = parent.steps.findIndex((step) => step.id === at);
    const has = input !== null && typeof input === 'object' ? Object.keys(input as object) : [];
    const fields = has.filter((field) => used.has(field) || reads.includes(field));
    parent.steps[index] = parent.type.collect(at, parent.steps[index]!.from, fields);
    build.schemas.set(parentId, analyseStream(parent, build.definition.settings.functions));
  }
  for (const stream of streams) {
    const variants = build.schemas.get(stream.id) ?? [];
    build.problems.push(...streamProblems(build.definition, stream, variants));
    lineage(build, stream.id);
  }
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
