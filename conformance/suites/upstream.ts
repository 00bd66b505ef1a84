/**
 * Workflows of other FAST-HEP generations, run where they lie: histograms, cutflows, tables and text tables beside those
 * of the Python packages, for the file itself and for what `convert` makes of it. `errors/`: the place of one mistake
 * each.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Config } from '@fasthep/config';
import { FlowErrors, renderProblems } from '@fasthep/flow';
import type { Context, Outcome, Suite } from '../types.ts';
import { compareCutflow, type ExpectedCutflow } from './upstream/cutflows.ts';
import { errorOutcomes } from './upstream/errors.ts';
import { compareHistogram, type ExpectedHistogram } from './upstream/histograms.ts';
import { composeAll, converted, type Made, run } from './upstream/run.ts';
import { compareTable } from './upstream/tables.ts';
import { compareText } from './upstream/texts.ts';

interface Expected {
  histograms?: Record<string, ExpectedHistogram>;
  cutflows?: Record<string, ExpectedCutflow>;
  csv?: Record<string, string[][]>;
  text?: Record<string, string>;
  corrected?: { csv_rows_ww_zz?: string[][]; scale_all_counts_by?: number };
  error?: string;
}

const stem = (path: string): string => basename(path).replace(/\.[^.]*$/, '');

/** The files of a case: a workflow, or a sequence with the datasets of a curator file before it. */
function filesOf(folder: string, context: Context): string[] | undefined {
  const workflow = join(folder, 'workflow.yaml');
  if (existsSync(workflow)) return [workflow];
  const sequence = join(folder, 'sequence.yaml');
  if (!existsSync(sequence)) return undefined;
  const own = readdirSync(folder).find((file) => /^(datasets|file_list).*\.ya?ml$/.test(file));
  const shared = /^fc07\b|-data\b/.test(basename(folder)) ? 'datasets_fc_data.yaml' : 'datasets_fc.yaml';
  const datasets = own ? join(folder, own) : context.find(join('inputs', shared));
  return datasets === undefined ? undefined : [datasets, sequence];
}

/** Each product of a case with what is different in it. */
function* compared(want: Expected, made: Made): Iterable<[string, string[]]> {
  const scale = want.corrected?.scale_all_counts_by ?? 1;
  for (const [path, histogram] of Object.entries(want.histograms ?? {}))
    yield [stem(path), compareHistogram(histogram, made.histograms.get(stem(path)), scale)];
  for (const [id, cutflow] of Object.entries(want.cutflows ?? {}))
    yield [`${id} cutflow`, compareCutflow(id, cutflow, made, scale)];
  const rows = want.corrected?.csv_rows_ww_zz;
  for (const [file, cells] of Object.entries(want.csv ?? {})) {
    // Rows that add up datasets under a wrong name: what they should be may be said beside them.
    const lost = cells.some((row) => row.includes('default'));
    yield [file, compareTable(lost && rows ? rows : cells, file, made.files)];
  }
  for (const [file, text] of Object.entries(want.text ?? {}))
    yield [file, compareText(text, made.files.get(file))];
}

const told = (error: unknown): string =>
  error instanceof FlowErrors
    ? renderProblems(error.problems, error.sources)
    : error instanceof Error
      ? (error.stack ?? error.message)
      : String(error);

async function* outcomes(
  id: string,
  make: () => Config,
  root: string,
  want: Expected,
): AsyncIterable<Outcome> {
  let made: Made;
  try {
    made = await run(make(), root);
  } catch (error) {
    yield want.error === undefined
      ? { id, status: 'failed', reason: told(error) }
      : { id: `${id} fails`, status: 'passed' };
    return;
  }
  if (want.error !== undefined) {
    yield { id: `${id} fails`, status: 'failed', reason: `it ran, but: ${want.error}` };
    return;
  }
  let any = false;
  for (const [product, wrong] of compared(want, made)) {
    any = true;
    const name = `${id} ${product}`;
    if (wrong.length === 0) yield { id: name, status: 'passed' };
    else yield { id: name, status: 'failed', reason: wrong.join('\n  ') };
  }
  if (!any) yield { id: `${id} runs`, status: 'passed' };
}

export const suite: Suite = {
  name: 'upstream',
  accepts: (path) =>
    basename(path) === 'expected.json' ||
    (basename(path) === 'results.json' && stem(dirname(path)) === 'errors'),
  async *run(path: string, context: Context): AsyncIterable<Outcome> {
    if (basename(path) === 'results.json') {
      yield* errorOutcomes(path);
      return;
    }
    const folder = dirname(path);
    const id = basename(folder);
    const files = filesOf(folder, context);
    const inputs = context.find('inputs');
    if (!files || inputs === undefined) {
      yield { id, status: 'skipped', reason: 'no workflow, or no inputs, beside it' };
      return;
    }
    if (files.some((file) => readFileSync(file, 'utf8').includes('workshop.toy_source'))) {
      yield { id, status: 'skipped', reason: "its events are drawn from numpy's random generator" };
      return;
    }
    const want = JSON.parse(readFileSync(path, 'utf8')) as Expected;
    const root = dirname(inputs);
    yield* outcomes(id, () => composeAll(files), root, want);
    yield* outcomes(`${id} converted`, () => converted(composeAll(files)), root, want);
  },
};
