/** Vectors computed with alphatwirl: readers, selections and summary tables over chunks of events. Their specs are Python text. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { adaptRuntime } from '@fasthep/adapters';
import { findPython, type PythonProcess, pythonProcess } from '@fasthep/python';
import type { Context, Outcome, Suite } from '../types.ts';

interface Found {
  reader: string;
  result: unknown;
}
interface InDataset {
  dataset: string;
  results: unknown[];
}
interface Case {
  desc: string;
  spec: unknown;
  expect: Record<string, Found[] | InDataset[]>;
}
type Events = Record<string, unknown[]>[];
type Vectors = { cases: Record<string, Case> } & Record<string, unknown>;

export const suite: Suite = {
  name: 'alphatwirl',
  accepts: (path) => /alphatwirl.*\.json$/.test(basename(path)),
  async *run(path, context) {
    const text = await readFile(path, 'utf8');
    const vectors = JSON.parse(text) as Vectors;
    const ids = Object.entries(vectors.cases).flatMap(([id, one]) =>
      Object.keys(one.expect).map((label) => [`${id}/${label}`, one, label] as const),
    );
    const ready = await readiness(context);
    if (typeof ready === 'string') {
      for (const [id] of ids) yield { id, status: 'skipped', reason: ready };
      return;
    }
    try {
      for (const [id, one, label] of ids) yield await outcome(id, one, label, vectors, ready);
    } finally {
      await ready.python.close();
    }
  },
};

interface Ready {
  python: PythonProcess;
  readers: string;
  digest: string;
}

/** What the cases need, or why they cannot run. */
async function readiness(context: Context): Promise<Ready | string> {
  const readers = context.find('alphatwirl_readers.py');
  if (!readers) return 'there is no alphatwirl_readers.py';
  const digest = createHash('sha256')
    .update(await readFile(readers))
    .digest('hex');
  try {
    const python = pythonProcess({ python: findPython().path, path: [adaptRuntime()] });
    return { python, readers, digest };
  } catch (error) {
    return `the specs are Python text: ${(error as Error).message}`;
  }
}

async function outcome(
  id: string,
  one: Case,
  label: string,
  vectors: Vectors,
  ready: Ready,
): Promise<Outcome> {
  const expected = one.expect[label]!;
  try {
    const byDataset = expected.every((part): part is InDataset => 'dataset' in part);
    const got = byDataset
      ? await datasets(one, expected as InDataset[], vectors, ready)
      : await chunks(one, label, vectors.events as Events, expected as Found[], ready);
    const wanted = byDataset ? expected : (expected as Found[]).map(({ result }) => result);
    // What alphatwirl keeps of the first chunk alone, without a word, is an error here.
    const agrees = (a: unknown, b: unknown) => isUnmergeable(a) || same(b, a);
    const passed = got.length === wanted.length && got.every((part, i) => agrees(part, wanted[i]));
    return passed ? { id, status: 'passed' } : { id, status: 'failed', expected: wanted, got };
  } catch (error) {
    return { id, status: 'failed', reason: String(error) };
  }
}

async function chunks(
  { spec }: Case,
  label: string,
  events: Events,
  expected: readonly Found[],
  { python, readers, digest }: Ready,
): Promise<unknown[]> {
  const collects = expected.some(({ reader }) => reader === 'Collect');
  const args = [readers, digest, spec, events, label, collects];
  return (await python.call('fasthep_adapt.conformance:run', { args })) as unknown[];
}

/** The description says which events a dataset has, and where they are cut. A dataset without events has no result. */
async function datasets(
  one: Case,
  expected: InDataset[],
  vectors: Vectors,
  ready: Ready,
): Promise<unknown[]> {
  const cuts = /cut at ([\d,]+)/.exec(one.desc)?.[1];
  const label = cuts ? `chunks@${cuts}` : 'one_chunk';
  const found: InDataset[] = [];
  for (const [, dataset, events] of one.desc.matchAll(/(\w+)=(\w+|\[\])/g)) {
    const rows = (vectors[events!] ?? []) as Events;
    if (rows.length === 0) continue;
    const collects = expected.some(({ results }) => results.length > 2);
    const results = await chunks(
      one,
      label,
      rows,
      collects ? [{ reader: 'Collect', result: null }] : [],
      ready,
    );
    found.push({ dataset: dataset!, results });
  }
  return found;
}

const isUnmergeable = (value: unknown) => value !== null && typeof value === 'object' && 'no-merge' in value;

/** Equal, numbers to the last digits: sums may be taken in another order. */
function same(a: unknown, b: unknown): boolean {
  if (typeof a === 'number' && typeof b === 'number')
    return Math.abs(a - b) <= 1e-12 * Math.max(1, Math.abs(a), Math.abs(b));
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((one, i) => same(one, b[i]));
  if (a !== null && b !== null && typeof a === 'object' && typeof b === 'object') {
    const keys = Object.keys(a);
    return (
      keys.length === Object.keys(b).length &&
      keys.every(
        (key) =>
          Object.hasOwn(b, key) &&
          same((a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key]),
      )
    );
  }
  return a === b;
}
