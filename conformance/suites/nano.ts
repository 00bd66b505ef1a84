/** Results of the ADL queries and of a Z→μμ analysis on NanoAOD-like files: `expected.json` beside the files. */
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import {
  assemble,
  type Cell,
  checkProgram,
  type Histogram,
  memorySource,
  type Program,
  startProgram,
  type Table,
  toRows,
} from '@fasthep/columns';
import { rootFormat } from '@fasthep/root';
import type { Context, Outcome, Suite } from '../types.ts';
import { QUERIES, type Query } from './nano/programs.ts';

interface Sums {
  sumw: number;
  sumw2: number;
}
interface Spectrum {
  sumw: number[];
  sumw2: number[];
  underflow: Sums;
  overflow: Sums;
}
type Counts = Record<string, { n: number; sumw: number; sumw2: number }>;
type Expected = Record<string, Record<string, Spectrum | Counts>>;
type Products = Record<string, Histogram | Table>;

/** JSON says NaN and infinities as text. */
const near = (a: number, expected: number): boolean => {
  const b = Number(expected);
  return Object.is(a, b) || a === b || Math.abs(a - b) <= 1e-9 * Math.max(Math.abs(a), Math.abs(b));
};

async function products(path: string, query: Query): Promise<Products> {
  const source = memorySource(basename(path), new Uint8Array(readFileSync(path)));
  const reader = await rootFormat.open(source, { table: 'Events' });
  const program: Program = { schema: reader.schema, steps: query.steps, functions: query.functions ?? {} };
  const info = checkProgram(program);
  const [problem] = info.problems;
  if (problem) throw new Error(problem.message);
  const run = startProgram(program);
  // Batches on purpose: how rows are cut must not show.
  for (let row = 0; row < reader.entries; row += 7001)
    run.push(await reader.read(info.columns, row, Math.min(reader.entries, row + 7001)));
  const partials = run.finish();
  await reader.close();
  const made: Products = {};
  for (const step of program.steps)
    if (step.do === 'fill') {
      const labels = info.steps[step.id]!.labels!.map(([label]) => label);
      made[step.id] = assemble(step.fill, [{ labels: {}, partial: partials[step.id]! }], labels);
    }
  return made;
}

function compareSpectrum(got: Histogram, at: number, expected: Spectrum): string | undefined {
  const cells = expected.sumw.length + 2;
  const wanted = [expected.underflow.sumw, ...expected.sumw, expected.overflow.sumw];
  const wanted2 = [expected.underflow.sumw2, ...expected.sumw2, expected.overflow.sumw2];
  if (got.storage !== 'weighted') return 'no weighted histogram';
  for (let i = 0; i < cells; i++) {
    const [sum, sum2] = [got.values[at * cells + i]!, got.variances[at * cells + i]!];
    if (!near(sum, wanted[i]!) || !near(sum2, wanted2[i]!))
      return `cell ${i}: ${sum} ± ${sum2}, not ${wanted[i]} ± ${wanted2[i]}`;
  }
  return undefined;
}

function compareCounts(table: Table, variation: string, expected: Counts): string | undefined {
  const rows = toRows(table).filter((row) => row.variation === variation);
  for (const [i, [cut, want]] of Object.entries(expected).entries()) {
    // Steps are compared in their order: the expected names are those of the reference's own code.
    const row: Record<string, Cell> | undefined = rows[i];
    if (!row) return `no row ${i} for '${cut}'`;
    if (
      !near(Number(row.n), want.n) ||
      !near(Number(row.sumw), want.sumw) ||
      !near(Number(row.sumw2), want.sumw2)
    )
      return `${cut}: ${row.n}, ${row.sumw}, ${row.sumw2}, not ${want.n}, ${want.sumw}, ${want.sumw2}`;
  }
  return rows.length === Object.keys(expected).length ? undefined : `${rows.length} rows`;
}

function compare(made: Products, name: string, want: Spectrum | Counts): string | undefined {
  const varied = /^(mass|cutflow)_(.+)$/.exec(name);
  if (!varied) {
    const product = made[name] ?? (Object.keys(made).length === 1 ? Object.values(made)[0] : undefined);
    return product ? compareSpectrum(product as Histogram, 0, want as Spectrum) : `there is no '${name}'`;
  }
  const [, kind, variation] = varied as unknown as [string, 'mass' | 'cutflow', string];
  if (kind === 'cutflow') return compareCounts(made.cutflow as Table, variation, want as Counts);
  const histogram = made.mass as Histogram;
  const [axis] = histogram.axes;
  const at = axis?.kind === 'category_str' ? axis.categories.indexOf(variation) : -1;
  return at < 0 ? `no variation '${variation}'` : compareSpectrum(histogram, at, want as Spectrum);
}

export const suite: Suite = {
  name: 'nano',
  accepts: (path) => basename(path) === 'expected.json',
  async *run(path: string, context: Context): AsyncIterable<Outcome> {
    const { files } = JSON.parse(readFileSync(path, 'utf8')) as { files: Record<string, Expected> };
    for (const [file, queries] of Object.entries(files)) {
      const data = context.find(`${file}.root`);
      for (const [name, expected] of Object.entries(queries)) {
        const query = QUERIES[name];
        if (!query || data === undefined) {
          const reason = query
            ? `${file}.root is not there: give its folder with --data`
            : 'not written for this runner';
          yield { id: `${file}.${name}`, status: 'skipped', reason };
          continue;
        }
        try {
          const made = await products(data, query);
          for (const [product, want] of Object.entries(expected)) {
            const wrong = compare(made, product, want);
            const id = `${file}.${name}.${product}`;
            yield wrong === undefined ? { id, status: 'passed' } : { id, status: 'failed', reason: wrong };
          }
        } catch (error) {
          const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
          yield { id: `${file}.${name}`, status: 'failed', reason };
        }
      }
    }
  },
};
