import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Schema, Step } from '@fasthep/columns';
import {
  contentKey,
  type Exporter,
  type Graph,
  type GraphNode,
  type Json,
  type JsonObject,
  type Plan,
  type Problem,
  type SegmentFamily,
} from '@fasthep/flow';
import { adaptRuntime } from '../python/runtime.ts';
import { Body } from './body.ts';
import { pythonOf } from './expression.ts';
import { processorModule, REQUIREMENTS, runScript } from './module.ts';
import { piecesOf, piecesScript, type Refuse, streamOf } from './pieces.ts';
import { Untranslatable } from './refusal.ts';

/** A workflow over one tree as a coffea processor. */
export const coffeaExporter: Exporter = {
  name: 'coffea',
  doc: 'A coffea processor with its files, a script that runs it and its requirements: same cutflow and histograms. Options: `directory`, where the files will lie.',
  write(graph, plan, options) {
    const problems: Problem[] = [];
    const nothing: Record<string, string> = {};
    const refuse: Refuse = (node, why, help) =>
      void problems.push({
        code: 'adapt.export',
        message: `${node.id} (${node.operator.split('.').at(-1)}): ${why}`,
        ...(help ? { help } : {}),
      });
    const sources = graph.nodes.filter(({ kind }) => kind === 'source');
    if (sources.length === 0)
      return { files: nothing, problems: [{ code: 'adapt.export', message: 'nothing is read' }] };
    for (const node of graph.nodes) {
      if (node.kind === 'batch' && node.operator !== 'data.join' && hasResults(graph, node))
        refuse(node, 'has no translation');
      if (node.kind === 'whole')
        problems.push({
          code: 'adapt.export',
          severity: 'warning',
          message: `${node.id} (${node.operator}) works on results: it is not part of a processor`,
        });
      if (node.when !== undefined) refuse(node, `'when: ${node.when}' waits for a result`);
    }
    const functions = functionsOf(graph, problems);
    const names = new Set(functions.map(({ name }) => name));
    const pieces = problems.some(({ severity }) => severity !== 'warning') ? [] : piecesOf(graph, refuse);
    const bodies = new Map<string, Body>();
    for (const piece of pieces) {
      const stream = graph.streams[piece.stream]!;
      const columns = [
        ...new Set(
          stream.variants.flatMap((variant) => Object.values(variant.fills).flatMap((fill) => fill.columns)),
        ),
      ];
      const schema = Object.assign(
        {},
        ...[...stream.variants].reverse().map((variant) => variant.schema),
      ) as Schema;
      const body = new Body(schema, columns, names, piece);
      bodies.set(piece.stream, body);
      const write = (node: GraphNode, step: Step) => {
        const labels = [
          ...new Set(stream.variants.flatMap((variant) => variant.fills[step.id]?.labels ?? [])),
        ];
        try {
          body.step(step, node.omit ?? [], resultName(node, step.id), labels);
        } catch (error) {
          if (!(error instanceof Untranslatable)) throw error;
          refuse(node, error.message, error.help);
        }
      };
      for (const node of graph.nodes) {
        if (streamOf(graph, node) !== piece.stream) continue;
        for (const step of (node.steps ?? []) as unknown as Step[]) write(node, step);
      }
      for (const step of (stream.collects ?? []) as unknown as Step[]) {
        const reader = graph.nodes.find(({ id }) => id === step.id.split('/')[0]);
        if (piece.saved.has(step.id) && reader) write(reader, step);
      }
    }
    const filesets = pieces
      .filter(({ joined }) => !joined)
      .map((piece) =>
        plan ? filesetOf(plan, graph, piece.stream, String(options.directory ?? '.'), refuse) : {},
      );
    if (problems.some(({ severity }) => severity !== 'warning')) return { files: nothing, problems };
    const className = `${graph.name.replaceAll(/(?:^|[^A-Za-z0-9]+)([A-Za-z0-9])/g, (_, letter: string) => letter.toUpperCase()).replace(/^\d/, '_$&')}Processor`;
    const hash = contentKey([
      graph.nodes.map(({ operator, semantics, args, steps }) => [
        operator,
        semantics,
        args,
        (steps ?? null) as Json,
      ]),
    ] as Json);
    const single = pieces.length === 1;
    const files: Record<string, string> = {
      'helpers.py': readFileSync(join(adaptRuntime(), 'coffea/helpers.py'), 'utf8'),
      'requirements.txt': REQUIREMENTS,
    };
    for (const [index, piece] of pieces.entries()) {
      const name = piece.module;
      const saves = piece.saved.size > 0;
      files[`${name}.py`] = processorModule({
        workflow: graph.name,
        hash,
        className,
        body: bodies.get(piece.stream)!,
        functions,
        saves,
      });
      if (!piece.joined)
        files[single ? 'fileset.json' : `${name}.json`] = `${JSON.stringify(filesets[index], null, 2)}\n`;
    }
    if (!single) files['joins.py'] = readFileSync(join(adaptRuntime(), 'coffea/joins.py'), 'utf8');
    files['run.py'] = single ? runScript(className) : piecesScript(className, pieces);
    return { files, problems };
  },
};

/** Whether any result is made of the rows of a batch operator. */
function hasResults(graph: Graph, node: GraphNode): boolean {
  return Object.values(graph.streams).some(({ root, variants, collects, results }) => {
    if (root.kind !== 'batch' || root.node !== node.id) return false;
    const asked = new Set((collects ?? []).map(({ id }) => id));
    return (
      results !== undefined || variants.some(({ fills }) => Object.keys(fills).some((id) => !asked.has(id)))
    );
  });
}

/** What the result of a step is called. */
function resultName(node: GraphNode, step: string): string {
  const port = Object.keys(node.outputs).find((one) => node.outputs[one]!.fill?.step === step);
  const first = Object.keys(node.outputs)[0];
  return port === undefined || port === first ? node.id : `${node.id}_${port}`;
}

/** Functions of the workflow: `mt(lepton, met)` → a method. */
function functionsOf(graph: Graph, problems: Problem[]) {
  return Object.entries(graph.functions ?? {}).flatMap(([head, text]) => {
    const match = /^\s*(\w+)\s*\((.*)\)\s*$/.exec(head);
    if (!match || typeof text !== 'string') {
      problems.push({ code: 'adapt.export', message: `the function '${head}' has no translation` });
      return [];
    }
    const parameters = match[2]!
      .split(',')
      .map((one) => one.trim())
      .filter(Boolean);
    const known = new Set(Object.keys(graph.functions ?? {}).map((one) => one.split('(')[0]!.trim()));
    try {
      const code = pythonOf(text, {
        functions: known,
        field: ([root, ...rest]) => {
          if (parameters.includes(root!)) return { code: root!, rest };
          throw new Untranslatable(`it names '${root}', which is no parameter`);
        },
      });
      return [{ name: match[1]!, parameters, code: code.replaceAll('self.', '__class__.') }];
    } catch (error) {
      if (!(error instanceof Untranslatable)) throw error;
      problems.push({ code: 'adapt.export', message: `the function '${head}': ${error.message}` });
      return [];
    }
  });
}

/** Dataset → its files with their tree, and what the catalogue says of it. */
function filesetOf(plan: Plan, graph: Graph, stream: string, directory: string, refuse: Refuse): JsonObject {
  const { root } = graph.streams[stream]!;
  const source = graph.nodes.find(({ id }) => id === root.node)!;
  const { tree: one, trees } = source.args as JsonObject;
  const named = trees === undefined ? one : (trees as JsonObject)[root.kind === 'source' ? root.port : ''];
  const segment = plan.families.find(
    (family): family is SegmentFamily => family.kind === 'segment' && family.id === stream,
  );
  if (typeof named !== 'string') {
    refuse(source, "the tree's name is not given", "add tree: to 'read'");
    return {};
  }
  const fileset: JsonObject = {};
  for (const [index, { name, constants }] of (segment?.datasets ?? []).entries()) {
    const own = segment!.files.filter(({ dataset }) => dataset === index).map(({ path }) => path);
    const other = own.find((path) => !path.endsWith('.root'));
    if (other !== undefined) refuse(source, `${other} is no ROOT file`);
    fileset[name || 'events'] = {
      files: Object.fromEntries(own.map((path) => [relative(directory, path), named])),
      metadata: constants,
    };
  }
  return fileset;
}
