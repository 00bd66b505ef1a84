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
import { Untranslatable } from './refusal.ts';

/** A workflow over one tree as a coffea processor. */
export const coffeaExporter: Exporter = {
  name: 'coffea',
  doc: 'A coffea processor with its files, a script that runs it and its requirements: same cutflow and histograms. Options: `directory`, where the files will lie.',
  write(graph, plan, options) {
    const problems: Problem[] = [];
    const nothing: Record<string, string> = {};
    const refuse = (node: Pick<GraphNode, 'id' | 'operator'>, why: string, help?: string) =>
      problems.push({
        code: 'adapt.export',
        message: `${node.id} (${node.operator.split('.').at(-1)}): ${why}`,
        ...(help ? { help } : {}),
      });
    const sources = graph.nodes.filter(({ kind }) => kind === 'source');
    for (const node of sources.slice(1))
      refuse(
        node,
        'a second tree has no translation: coffea reads one tree',
        'write one tree first (join, single_tree, write), and export what reads it',
      );
    const [source] = sources;
    if (!source) return { files: nothing, problems: [{ code: 'adapt.export', message: 'nothing is read' }] };
    for (const node of graph.nodes) {
      if (node.kind === 'batch') refuse(node, 'has no translation');
      if (node.kind === 'whole')
        problems.push({
          code: 'adapt.export',
          severity: 'warning',
          message: `${node.id} (${node.operator}) works on results: it is not part of a processor`,
        });
      if (node.when !== undefined) refuse(node, `'when: ${node.when}' waits for a result`);
    }
    const id = Object.keys(graph.streams).find((one) => graph.streams[one]!.root.kind === 'source')!;
    const stream = graph.streams[id]!;
    const columns = [
      ...new Set(
        stream.variants.flatMap((variant) => Object.values(variant.fills).flatMap((fill) => fill.columns)),
      ),
    ];
    const schema = Object.assign(
      {},
      ...[...stream.variants].reverse().map((variant) => variant.schema),
    ) as Schema;
    const functions = functionsOf(graph, problems);
    const body = new Body(schema, columns, new Set(functions.map(({ name }) => name)));
    if (problems.every(({ severity }) => severity === 'warning')) {
      for (const node of graph.nodes) {
        for (const step of (node.steps ?? []) as unknown as Step[]) {
          const labels = [
            ...new Set(stream.variants.flatMap((variant) => variant.fills[step.id]?.labels ?? [])),
          ];
          try {
            body.step(step, node.omit ?? [], resultName(node, step.id), labels);
          } catch (error) {
            if (!(error instanceof Untranslatable)) throw error;
            refuse(node, error.message, error.help);
          }
        }
      }
    }
    const fileset = plan ? filesetOf(plan, source, String(options.directory ?? '.'), refuse) : {};
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
    return {
      files: {
        'workflow.py': processorModule({ workflow: graph.name, hash, className, body, functions }),
        'helpers.py': readFileSync(join(adaptRuntime(), 'coffea/helpers.py'), 'utf8'),
        'run.py': runScript(className),
        'fileset.json': `${JSON.stringify(fileset, null, 2)}\n`,
        'requirements.txt': REQUIREMENTS,
      },
      problems,
    };
  },
};

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
function filesetOf(
  plan: Plan,
  source: GraphNode,
  directory: string,
  refuse: (node: GraphNode, why: string, help?: string) => void,
): JsonObject {
  const { tree } = source.args as JsonObject;
  const segment = plan.families.find((family): family is SegmentFamily => family.kind === 'segment');
  if (typeof tree !== 'string') {
    refuse(source, "the tree's name is not given", "add tree: to 'read'");
    return {};
  }
  const fileset: JsonObject = {};
  for (const [index, { name, constants }] of (segment?.datasets ?? []).entries()) {
    const own = segment!.files.filter(({ dataset }) => dataset === index).map(({ path }) => path);
    const other = own.find((path) => !path.endsWith('.root'));
    if (other !== undefined) refuse(source, `${other} is no ROOT file`);
    fileset[name || 'events'] = {
      files: Object.fromEntries(own.map((path) => [relative(directory, path), tree])),
      metadata: constants,
    };
  }
  return fileset;
}
