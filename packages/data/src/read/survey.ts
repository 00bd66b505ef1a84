import type { Schema } from '@fasthep/columns';
import type {
  ArgumentProblem,
  DatasetFacts,
  FileFacts,
  Json,
  SourceFacts,
  SurveyContext,
} from '@fasthep/flow';
import {
  type DatasetArgument,
  type FileArgument,
  type ReadArguments,
  readArguments,
  treeOf,
} from './arguments.ts';
import { catalogueProblems } from './catalogue.ts';
import { expandFiles, type NamedFile } from './expand.ts';
import { inspectFile, type SeenFile } from './inspect.ts';
import { commonSchema, renamedSchema, tableOf } from './schema.ts';

/** Files that are looked into at a time. */
const AT_ONCE = 8;

/** Finds the files of every dataset and looks into each once. Problems are collected, not thrown. */
export async function surveyFiles(
  args: Json,
  context: SurveyContext,
): Promise<{ facts: SourceFacts; problems: ArgumentProblem[] }> {
  const read = readArguments(args);
  const problems = catalogueProblems(args);
  const names = new Map<string, string>();
  const facts: SourceFacts = { datasets: [], schemas: {} };
  for (const dataset of read.datasets) {
    const found = await surveyDataset(dataset, read, context);
    problems.push(...found.problems);
    const schemas = found.schemas as unknown as Record<string, Json>;
    const key = JSON.stringify(schemas);
    const schema = names.get(key) ?? `s${names.size}`;
    names.set(key, schema);
    facts.schemas[schema] = schemas;
    facts.datasets.push({ ...found.facts, schema });
  }
  return { facts, problems };
}

interface Seen extends NamedFile {
  seen: SeenFile;
}

async function surveyDataset(
  dataset: DatasetArgument,
  read: ReadArguments,
  context: SurveyContext,
): Promise<{
  facts: Omit<DatasetFacts, 'schema'>;
  schemas: Record<string, Schema>;
  problems: ArgumentProblem[];
}> {
  const expanded = await expandFiles(dataset.files, context);
  const skipped = read.skipBad ? [...expanded.missing] : [];
  const problems = expanded.problems.filter((one) => !read.skipBad || one.code === 'data.glob-empty');
  if (dataset.files.length === 0)
    problems.push({
      code: 'data.no-files',
      message: `${dataset.name ?? 'read'} has no files`,
      help: 'give files: a path or a pattern',
      path: dataset.at,
    });

  const seen: Seen[] = [];
  for (const { file, result } of await lookInto(expanded.files, read, context)) {
    if ('seen' in result) seen.push({ ...file, seen: result.seen });
    else if (read.skipBad) skipped.push({ path: file.path, reason: result.problem.message });
    else problems.push({ ...result.problem, path: file.argument.at });
  }

  if (seen.length === 0 && problems.length === 0)
    problems.push({
      code: 'data.no-files',
      message: `every file of ${dataset.name ?? 'read'} is missing or broken: ${skipped[0]?.reason ?? ''}`,
      help: 'bad_files: skip leaves files out, but something must be left',
      path: dataset.at,
    });

  const entries = new Map<Seen, Record<string, number>>(seen.map((file) => [file, {}]));
  const schemas: Record<string, Schema> = {};
  for (const [name, port] of Object.entries(read.ports)) {
    const tables: Parameters<typeof commonSchema>[0][number][] = [];
    for (const file of seen) {
      const found = tableOf(file.seen, treeOf(port, dataset, file.argument), port, file.shown);
      if ('problem' in found) {
        const chosen =
          file.argument.tree === undefined && dataset.tree === undefined && port.tree !== undefined;
        problems.push({ ...found.problem, path: chosen ? port.at : file.argument.at });
        // The same mistake in every file is one mistake.
        if (chosen) break;
      } else {
        entries.get(file)![name] = rowsRead(found.table?.entries ?? 0, read.rows);
        if (found.table) tables.push({ shown: file.shown, table: found.table });
      }
    }
    const agreed = commonSchema(tables);
    const renamed = renamedSchema(agreed.schema, read.rename);
    schemas[name] = renamed.schema;
    problems.push(...agreed.problems.map((one) => ({ path: dataset.at, ...one })));
    if (tables.length > 0) problems.push(...renamed.problems);
  }

  const files = seen.map(
    (file): FileFacts => ({
      path: file.path,
      size: file.seen.size,
      identity: file.seen.identity,
      ...tablesOf(read, dataset, file.argument),
      entries: entries.get(file)!,
    }),
  );
  const labels: Record<string, string> = dataset.name === undefined ? {} : { dataset: dataset.name };
  const facts = { labels, constants: dataset.constants, files, ...(skipped.length > 0 ? { skipped } : {}) };
  return { facts, schemas, problems };
}

/** How many of a table's rows `rows: [start, stop]` leaves. */
function rowsRead(entries: number, rows: ReadArguments['rows']): number {
  return rows ? Math.max(0, Math.min(rows[1], entries) - rows[0]) : entries;
}

/** Tables that a file is asked for and others are not. */
function tablesOf(
  { ports }: ReadArguments,
  dataset: DatasetArgument,
  file: FileArgument,
): Pick<FileFacts, 'tables'> {
  const tables: Record<string, string> = {};
  for (const [name, port] of Object.entries(ports)) {
    const table = treeOf(port, dataset, file);
    if (table !== undefined && table !== port.tree) tables[name] = table;
  }
  return Object.keys(tables).length > 0 ? { tables } : {};
}

type Look = { seen: SeenFile } | { problem: ArgumentProblem };

async function lookInto(files: readonly NamedFile[], read: ReadArguments, context: SurveyContext) {
  const results: Look[] = new Array(files.length);
  let next = 0;
  const worker = async () => {
    for (let i = next++; i < files.length; i = next++) {
      context.signal?.throwIfAborted();
      try {
        results[i] = { seen: await inspectFile(files[i]!.path, context, read.format) };
      } catch (error) {
        if (context.signal?.aborted) throw error;
        results[i] = { problem: problemOf(error, files[i]!) };
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, files.length) }, worker));
  return files.map((file, i) => ({ file, result: results[i]! }));
}

/** What a format says of a file that it cannot read, as a problem. Programming errors pass through. */
function problemOf(error: unknown, file: NamedFile): ArgumentProblem {
  if (!(error instanceof Error) || !('code' in error)) throw error;
  const { code, help } = error as Error & { code: unknown; help?: string };
  const named = error.message.includes(file.path) || error.message.includes(file.shown);
  const message = named ? error.message : `${file.shown}: ${error.message}`;
  return { code: String(code), message, ...(help === undefined ? {} : { help }) };
}
