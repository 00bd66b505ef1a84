/** A workflow over several trees, cut at its joins: each tree is a job of its own, the joined rows are one tree for the last. */
import type { Graph, GraphNode } from '@fasthep/flow';
import { runScript } from './module.ts';
import { Untranslatable } from './refusal.ts';
import { type Rule, rulesOf } from './rules.ts';

export type Refuse = (node: Pick<GraphNode, 'id' | 'operator'>, why: string, help?: string) => void;

/** One job. */
export interface Piece {
  stream: string;
  /** Name of its module. */
  module: string;
  /** Steps whose rows it writes for a join → name of these rows. */
  saved: ReadonlyMap<string, string>;
  /** Of the rows of a join: the ports that were looked up. */
  joined?: string[];
  /** Ports among them that are collections. */
  lists?: string[];
  left?: string;
  rules?: (Rule & { piece: string })[];
}

/** The stream that a row-wise node works on. */
export function streamOf(graph: Graph, node: GraphNode): string | undefined {
  for (const input of node.inputs) {
    const id = input.order
      ? undefined
      : graph.nodes.find((one) => one.id === input.node)?.outputs[input.output]?.stream?.id;
    if (id !== undefined) return id;
  }
  return undefined;
}

/** The jobs of a workflow, those of source trees first. What cannot be cut is refused. */
export function piecesOf(graph: Graph, refuse: Refuse): Piece[] {
  const pieces: Piece[] = [];
  const saved = new Map<string, Map<string, string>>();
  for (const [id, stream] of Object.entries(graph.streams)) {
    const { root } = stream;
    if (root.kind !== 'batch') continue;
    const node = graph.nodes.find((one) => one.id === root.node)!;
    if (node.operator !== 'data.join') continue;
    const streams = [root.stream, ...(root.lookups ?? []).map((one) => one.stream)];
    const other = streams.find((one) => graph.streams[one]!.root.kind !== 'source');
    if (other !== undefined) {
      refuse(
        node,
        `its input '${other}' is no tree but the rows of another operator`,
        'join all trees in one task',
      );
      continue;
    }
    const steps: [string, string][] = [
      [root.stream, root.at],
      ...(root.lookups ?? []).map((one): [string, string] => [one.stream, one.at]),
    ];
    const name = (step: string) => step.replaceAll(/\W/g, '_');
    for (const [one, step] of steps)
      saved.set(one, (saved.get(one) ?? new Map<string, string>()).set(step, name(step)));
    try {
      const rules = rulesOf(node.args).map((rule) => ({
        ...rule,
        piece: name(root.lookups!.find(({ port }) => port === rule.port)!.at),
      }));
      pieces.push({
        stream: id,
        module: `joined_${node.id.replaceAll(/\W/g, '_')}`,
        saved: new Map(),
        joined: rules.map(({ port }) => port),
        lists: rules.filter(({ many }) => many === 'list').map(({ port }) => port),
        left: name(root.at),
        rules,
      });
    } catch (error) {
      if (!(error instanceof Untranslatable)) throw error;
      refuse(node, error.message);
    }
  }
  const sources = Object.entries(graph.streams).filter(
    ([id, { root, variants }]) =>
      root.kind === 'source' &&
      (saved.has(id) || variants.some(({ fills }) => Object.keys(fills).length > 0)),
  );
  if (sources.length === 1 && pieces.length === 0)
    return [{ stream: sources[0]![0], module: 'workflow', saved: new Map() }];
  return [
    ...sources.map(
      ([id]): Piece => ({
        stream: id,
        module: `tree_${id.replaceAll(/\W/g, '_')}`,
        saved: saved.get(id) ?? new Map(),
      }),
    ),
    ...pieces,
  ];
}

/** The script that runs all jobs one after the other. */
export function piecesScript(className: string, pieces: readonly Piece[]): string {
  const trees = pieces
    .filter(({ joined }) => !joined)
    .map(({ module, saved }) => ({ module, saves: saved.size > 0 }));
  const joins = pieces
    .filter(({ joined }) => joined)
    .map(({ module, left, rules }) => ({ module, left, rules }));
  const python = (value: unknown) =>
    JSON.stringify(value, null, 4)
      .replaceAll(/\btrue\b/g, 'True')
      .replaceAll(/\bfalse\b/g, 'False');
  const single = runScript(className);
  const plain = single.slice(single.indexOf('def plain'), single.indexOf('def main'));
  return `"""Runs each tree's processor, joins their rows to one tree, and runs the last processor on it. Writes results.json."""

import argparse
import importlib
import json
import os
import shutil
import tempfile

import hist
import numpy as np
from coffea import processor
from coffea.nanoevents import BaseSchema

import joins

TREES = ${python(trees)}
JOINS = ${python(joins)}


${plain}def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--workers", type=int, default=1)
    options.add_argument("--chunksize", type=int, default=100_000)
    options.add_argument("--output", default="results.json")
    options = options.parse_args()
    here = os.path.dirname(os.path.abspath(__file__))
    folder = tempfile.mkdtemp(prefix="joined-")

    def run(fileset, instance, form):
        executor = processor.FuturesExecutor(workers=options.workers) if options.workers > 1 else processor.IterativeExecutor()
        runner = processor.Runner(executor=executor, schema=BaseSchema, chunksize=options.chunksize, skipbadfiles=False, format=form)
        return runner(fileset, processor_instance=instance)

    results, metadata = {}, {}
    try:
        for piece in TREES:
            with open(os.path.join(here, piece["module"] + ".json")) as file:
                fileset = json.load(file)
            for entry in fileset.values():
                entry["files"] = {os.path.join(here, path): tree for path, tree in entry["files"].items()}
            metadata = metadata or {name: entry["metadata"] for name, entry in fileset.items()}
            made = importlib.import_module(piece["module"]).${className}
            files = {name: list(entry["files"]) for name, entry in fileset.items()}
            results.update(run(fileset, made(folder, files) if piece["saves"] else made(), "root"))
        for piece in JOINS:
            paths = {name: joins.join(folder, name, piece["left"], piece["rules"]) for name in metadata}
            fileset = {name: {"files": {path: "Events"}, "metadata": metadata[name]} for name, path in paths.items()}
            results.update(run(fileset, importlib.import_module(piece["module"]).${className}(), "parquet"))
    finally:
        shutil.rmtree(folder)
    with open(options.output, "w") as file:
        json.dump(plain(results), file, indent=1)


if __name__ == "__main__":
    main()
`;
}
