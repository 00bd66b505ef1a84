/** Expressions: values that awkward, numpy and vector computed on one small jagged dataset. Both engines must agree. */
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import {
  assemble,
  type Cell,
  checkProgram,
  columnFrom,
  type DataType,
  type Fill,
  type Program,
  type Schema,
  type Step,
  startProgram,
  type Table,
  toRows,
} from '@fasthep/columns';
import type { Context, Outcome, Suite } from '../types.ts';

type Json = null | boolean | number | string | Json[];

interface Vector {
  id: string;
  expr: string;
  type?: string;
  expect?: Json;
  expect_f8?: Json;
  rtol?: number;
  error?: string;
  /** Our language differs, as said: an error is expected. */
  ours?: string;
  context?: 'agg';
  prose?: boolean;
  quirk?: string;
}

type Dataset = Record<string, Record<string, { type: string; values: Json[] }>>;

/** Vectors that say in words what to compute, in our words. The last field is the answer. */
const PROSE: Record<string, Record<string, string>> = {
  'combi.07': { pair: 'combinations(Muon, 2)', answer: 'mass(pair.0 + pair.1)' },
  'combi.09': { answer: 'delta_r(Muon, Jet[nearest(Muon, Jet)])' },
  'combi.10': {
    pair: 'combinations(Muon, 2)',
    opposite: 'pair[pair.0.charge != pair.1.charge]',
    'opposite.mass': 'mass(opposite.0 + opposite.1)',
    best: 'opposite[nanargmin(abs(opposite.mass - 91.1876))]',
    answer: 'best.mass',
  },
};

function parseType(text: string, collection: string): DataType {
  if (text.startsWith('var * ')) {
    const item = parseType(text.slice(6), '');
    return collection === '' ? { kind: 'list', item } : { kind: 'list', item, counter: `n${collection}` };
  }
  const nullable = text.startsWith('?');
  const kind = (nullable ? text.slice(1) : text) as 'float64';
  return nullable ? { kind, nullable } : { kind };
}

function decode(value: Json, text: boolean): unknown {
  if (Array.isArray(value)) return value.map((one) => decode(one, text));
  if (typeof value !== 'string' || text) return value;
  return /^[NI-]/.test(value) ? Number(value) : BigInt(value);
}

function readDataset(path: string): { schema: Schema; table: Table } {
  const dataset = JSON.parse(readFileSync(path, 'utf8')) as Dataset;
  const schema: Schema = {};
  const columns: Table['columns'] = {};
  let length = 0;
  for (const [group, fields] of Object.entries(dataset))
    for (const [field, { type, values }] of Object.entries(fields)) {
      const name = group === 'event' ? field : `${group}_${field}`;
      schema[name] = parseType(type, group === 'event' ? '' : group);
      columns[name] = columnFrom(decode(values, type === 'string') as unknown[], schema[name], name);
      length = values.length;
    }
  return { schema, table: { length, columns } };
}

function near(got: Cell, expected: Json, rtol: number): boolean {
  if (Array.isArray(expected)) {
    // Tuples are records with the members 0, 1, …
    const items = Array.isArray(got)
      ? got
      : got !== null && typeof got === 'object'
        ? Object.values(got)
        : undefined;
    return items?.length === expected.length && expected.every((one, i) => near(items[i]!, one, rtol));
  }
  if (expected === null || got === null) return expected === got;
  if (typeof got === 'bigint') return typeof expected !== 'boolean' && BigInt(expected) === got;
  if (typeof got !== 'number') return got === expected;
  const wanted = Number(expected);
  if (Object.is(got, wanted) || got === wanted) return true;
  return Math.abs(got - wanted) <= rtol * Math.max(Math.abs(got), Math.abs(wanted));
}

/** awkward promises no place for NaN in a sorted list. */
function withoutNan(value: Json): Json {
  return Array.isArray(value) ? value.map(withoutNan).filter((one) => one !== 'NaN') : value;
}
function cellWithoutNan(value: Cell): Cell {
  return Array.isArray(value) ? value.map(cellWithoutNan).filter((one) => !Number.isNaN(one)) : value;
}

function programOf(schema: Schema, vector: Vector): { program: Program; fill: Fill } {
  const fields = vector.prose ? PROSE[vector.id]! : { answer: vector.expr };
  if (vector.context === 'agg') {
    const fill: Fill = { kind: 'group', by: [], agg: { answer: vector.expr } };
    return { program: { schema, steps: [{ id: 'out', from: '', do: 'fill', fill }] }, fill };
  }
  const fill: Fill = { kind: 'collect', fields: ['answer'] };
  const steps: Step[] = [
    { id: 'fields', from: '', do: 'define', fields },
    { id: 'out', from: 'fields', do: 'fill', fill },
  ];
  return { program: { schema, steps }, fill };
}

function run(program: Program, fill: Fill, table: Table, engine: 'compiled' | 'interpreted'): Cell {
  const started = startProgram(program, { engine });
  started.push(table);
  const answer = assemble(fill, [{ labels: {}, partial: started.finish().out! }], []) as Table;
  const rows = toRows(answer).map((row) => row.answer!);
  return fill.kind === 'group' ? rows[0]! : rows;
}

const shown = (value: unknown): string =>
  JSON.stringify(value, (_, one) =>
    typeof one === 'bigint' || (typeof one === 'number' && !Number.isFinite(one)) ? String(one) : one,
  );

function outcome(vector: Vector, schema: Schema, table: Table): Outcome {
  const { id } = vector;
  if (vector.prose && !PROSE[id])
    return { id, status: 'skipped', reason: 'says in words what to compute; not written for this runner' };
  const { program, fill } = programOf(schema, vector);
  const problem = checkProgram(program).problems.find((one) => one.severity !== 'warning');
  if (vector.error !== undefined || vector.ours !== undefined) {
    if (problem) return { id, status: 'passed' };
    return { id, status: 'failed', expected: vector.ours ?? vector.error, got: 'accepted' };
  }
  const expected = (vector.expect_f8 ?? vector.expect)!;
  if (problem) return { id, status: 'failed', expected, got: `${problem.code}: ${problem.message}` };
  const rtol = vector.expect_f8 === undefined ? (vector.rtol ?? 0) : 1e-9;
  const anyPlace = vector.quirk?.includes('NaN') === true && vector.expr.includes('sort(');
  for (const engine of ['interpreted', 'compiled'] as const) {
    const got = run(program, fill, table, engine);
    const fits = anyPlace ? near(cellWithoutNan(got), withoutNan(expected), rtol) : near(got, expected, rtol);
    if (!fits) return { id, status: 'failed', expected, got: shown(got), reason: engine };
  }
  return { id, status: 'passed' };
}

export const suite: Suite = {
  name: 'expressions',
  accepts: (path) => /^expression_vectors.*\.json$/.test(basename(path)),
  async *run(path: string, context: Context): AsyncIterable<Outcome> {
    const dataset = context.find('expression_dataset.json');
    if (dataset === undefined)
      throw new Error('expression_dataset.json is not there: give its folder with --data');
    const { schema, table } = readDataset(dataset);
    const { vectors } = JSON.parse(readFileSync(path, 'utf8')) as { vectors: Vector[] };
    for (const vector of vectors) {
      try {
        yield outcome(vector, schema, table);
      } catch (error) {
        yield {
          id: vector.id,
          status: 'failed',
          reason: error instanceof Error ? (error.stack ?? error.message) : String(error),
        };
      }
    }
  },
};
