import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { fromUhi } from '@fasthep/columns';
import type { Json, JsonObject, Operator, SurveyContext } from '@fasthep/flow';
import { environment } from '@fasthep/python';
import { assertUnchanged, callOf, codeFacts, foundIn } from '../code/index.ts';
import { AdaptError } from '../error.ts';
import { adaptRuntime } from '../python/runtime.ts';

/** Someone's coffea processor as a task. */
export const coffea: Operator = {
  name: 'coffea',
  semantics: 1,
  doc: 'Run a coffea processor as it is over the files of a catalogue.\n\nIts accumulators come back as `result`, plain data; those that `histograms` names are outputs of their own, histograms like any other. It runs each time, in the Python that FASTHEP_COFFEA_PYTHON or FASTHEP_PYTHON names, or an environment that was set up for coffea.',
  examples: [
    'coffea: {call: "processor.py:Dimuon", datasets: [{name: dy, files: [dy.root]}], tree: Events, histograms: [mass]}',
  ],
  main: 'call',
  parameters: {
    type: 'object',
    properties: {
      call: { description: 'The file, and the class of the processor in it.', type: 'string', minLength: 1 },
      args: { description: 'Arguments of the class, by name.', type: 'object' },
      datasets: {
        description: 'Catalogue: a list of {name, files, …}; further words are metadata.',
        type: 'array',
        items: { type: 'object', required: ['name', 'files'] },
        minItems: 1,
      },
      tree: { description: 'Name of the tree.', type: 'string', default: 'Events' },
      schema: {
        description: 'Schema of coffea.',
        type: 'string',
        examples: ['NanoAODSchema'],
        default: 'BaseSchema',
      },
      chunksize: { description: 'Events at a time.', type: 'integer', minimum: 1, default: 100_000 },
      histograms: {
        description: 'Accumulators that are histograms.',
        type: 'array',
        items: { type: 'string' },
        default: [],
      },
    },
    required: ['call', 'datasets'],
    additionalProperties: false,
  },
  inputs: {},
  outputs: (args) => ({
    result: { type: 'json' },
    ...Object.fromEntries(histogramsOf(args).map((name) => [name, { type: 'histogram' }])),
  }),
  pure: false,
  async facts(args, context) {
    const { facts, problems } = codeFacts(args, context);
    const datasets = ((args as JsonObject).datasets ?? []) as JsonObject[];
    facts.files = Object.fromEntries(
      datasets.map(({ name, files }, i) => [String(name), filesOf(files!, i, context)]),
    );
    return { facts, problems };
  },
  run: {
    kind: 'whole',
    async apply(args, _inputs, { known, log, signal }) {
      const options = args as JsonObject;
      const call = callOf(options);
      const found = foundIn(known);
      assertUnchanged(call, found);
      const files = known!.files as Record<string, string[]>;
      const fileset = Object.fromEntries(
        (options.datasets as JsonObject[]).map(({ name, files: _, ...metadata }) => [
          String(name),
          {
            files: Object.fromEntries(files[String(name)]!.map((path) => [path, options.tree ?? 'Events'])),
            metadata,
          },
        ]),
      );
      const output = await processed(
        {
          path: found.path,
          name: call.name,
          args: options.args ?? {},
          schema: options.schema ?? 'BaseSchema',
          chunksize: options.chunksize ?? 100_000,
          fileset,
        },
        log,
        signal,
      );
      const outputs: Record<string, unknown> = { result: output };
      for (const name of histogramsOf(args)) outputs[name] = histogramOf(output, name, call.name);
      return outputs;
    },
  },
};

const histogramsOf = (args: Json): string[] => ((args as JsonObject).histograms ?? []) as string[];

/** Paths of a dataset's files; `*` stands for any part of a file's name. */
function filesOf(files: Json, dataset: number, { resolve }: Pick<SurveyContext, 'resolve'>): string[] {
  return (Array.isArray(files) ? files : [files]).flatMap((file, i) => {
    const path = resolve(String(file), ['datasets', dataset, 'files', i]);
    if (!basename(path).includes('*')) return [path];
    const pattern = new RegExp(`^${basename(path).replaceAll('.', '\\.').replaceAll('*', '.*')}$`);
    return readdirSync(dirname(path))
      .filter((name) => pattern.test(name))
      .sort()
      .map((name) => join(dirname(path), name));
  });
}

function histogramOf(output: JsonObject, name: string, processor: string): unknown {
  const value = output[name];
  if (value !== null && typeof value === 'object' && !Array.isArray(value) && value.uhi !== undefined)
    return fromUhi(value.uhi);
  const names = Object.keys(output).join(', ');
  throw new AdaptError('adapt.result', `${processor} gave no histogram '${name}'`, `it gave ${names}`);
}

/** Runs the processor in a process of its own, and gives its accumulators. */
async function processed(
  job: object,
  log: (line: string) => void,
  signal: AbortSignal | undefined,
): Promise<JsonObject> {
  const python = await coffeaPython();
  const folder = mkdtempSync(join(tmpdir(), 'fasthep-coffea-'));
  try {
    const [path, output] = [join(folder, 'job.json'), join(folder, 'output.json')];
    writeFileSync(path, JSON.stringify({ ...job, output }));
    const said: string[] = [];
    await new Promise<void>((resolve, reject) => {
      const child = spawn(python, [join(adaptRuntime(), 'coffea/process.py'), path], {
        stdio: ['ignore', 'ignore', 'pipe'],
        ...(signal ? { signal } : {}),
      });
      child.stderr.on('data', (data: Buffer) => said.push(data.toString()));
      child.on('error', reject);
      child.on('close', (code) => {
        if (code === 0) return resolve();
        const lines = said.join('').trim().split('\n');
        for (const line of lines) log(line);
        reject(new AdaptError('adapt.user-code', `the processor failed: ${lines.at(-1)}`));
      });
    });
    return JSON.parse(readFileSync(output, 'utf8')) as JsonObject;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function coffeaPython(): Promise<string> {
  const given = process.env.FASTHEP_COFFEA_PYTHON ?? process.env.FASTHEP_PYTHON;
  const spec = { name: 'coffea', requirements: ['coffea==2026.9.0'], modules: ['coffea'] };
  try {
    return (await environment(spec, given === undefined ? {} : { python: given })).python;
  } catch (error) {
    throw new AdaptError(
      'adapt.python',
      `coffea cannot run: ${(error as Error).message}`,
      'name a Python that has coffea with FASTHEP_COFFEA_PYTHON',
    );
  }
}
