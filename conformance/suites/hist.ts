/** Vectors computed with hist and boost-histogram: fills, merges and their UHI JSON. */
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import {
  type Axis,
  type FillValues,
  fillHistogram,
  fromUhi,
  type Histogram,
  makeHistogram,
  mergeHistograms,
  sumHistogram,
  toUhi,
} from '@fasthep/columns';
import type { Outcome, Suite } from '../types.ts';

type Fields = Record<string, unknown>;

interface Vectors {
  cases?: Record<string, { fill: Fields; uhi: Fields; flow_view?: unknown; sum_inner?: number }>;
  merges?: Record<string, Fields>;
}

export const suite: Suite = {
  name: 'hist',
  accepts: (path) => /hist.*\.json$/.test(basename(path)),
  async *run(path) {
    const vectors = JSON.parse(await readFile(path, 'utf8')) as Vectors;
    for (const [name, vector] of Object.entries(vectors.cases ?? {}))
      yield* attempt(`cases.${name}`, () => caseParts(vector));
    for (const [name, expected] of Object.entries(vectors.merges ?? {}))
      yield* attempt(`merges.${name}`, () => mergePart(name, expected));
  },
};

type Part = { what: string; expected: unknown; got: unknown };

function* attempt(id: string, make: () => Part[] | string): Generator<Outcome> {
  try {
    const parts = make();
    if (typeof parts === 'string') {
      yield { id, status: 'skipped', reason: parts };
      return;
    }
    const wrong = parts.find((part) => !same(part.expected, part.got));
    yield wrong
      ? { id, status: 'failed', expected: wrong.expected, got: wrong.got, reason: wrong.what }
      : { id, status: 'passed' };
  } catch (error) {
    yield { id, status: 'failed', reason: String(error) };
  }
}

function caseParts(vector: NonNullable<Vectors['cases']>[string]): Part[] {
  const expected = vector.uhi;
  const filled = fillFrom(vector.fill, fromUhi(expected));
  const parts: Part[] = [
    { what: 'uhi after filling', expected, got: toUhi(filled) },
    { what: 'uhi read and written', expected, got: toUhi(fromUhi(JSON.stringify(expected))) },
  ];
  if (vector.flow_view !== undefined)
    parts.push({ what: 'cells', expected: vector.flow_view, got: flowView(filled) });
  if (vector.sum_inner !== undefined)
    parts.push({
      what: 'sum of the inner bins',
      expected: vector.sum_inner,
      got: sumHistogram(filled).values[0],
    });
  return parts;
}

/** Fills axes that grow, as the vectors were filled, from the smallest start that ends in the final axes. */
function fillFrom(fill: Fields, final: Histogram): Histogram {
  const last = JSON.stringify(final.axes);
  const starts = final.axes.reduce<Axis[][]>(
    (before, axis) =>
      before.flatMap((axes) => startsOf(axis, fill[axis.name]).map((start) => [...axes, start])),
    [[]],
  );
  let filled = final;
  for (const axes of starts) {
    filled = makeHistogram(axes, final.storage);
    const values = axes.map((axis) => {
      const own = fill[axis.name];
      return (axis.kind === 'category_str' ? own : revive(own)) as FillValues;
    });
    fillHistogram(filled, values, {
      weight: revive(fill.weight) as number[] | undefined,
      sample: revive(fill.sample) as number[] | undefined,
    });
    if (JSON.stringify(filled.axes) === last) return filled;
  }
  return filled;
}

/** Axes that may have been there before the first entry: the vectors hold only those of the end. */
function startsOf(axis: Axis, values: unknown): Axis[] {
  if (!('growing' in axis && axis.growing)) return [axis];
  if ('categories' in axis)
    return Array.from(
      { length: axis.categories.length + 1 },
      (_, i) => ({ ...axis, categories: axis.categories.slice(0, i) }) as Axis,
    );
  const first = Math.floor(Number((values as unknown[] | undefined)?.[0] ?? axis.low));
  if (axis.kind === 'integer') return [{ ...axis, low: first, high: first + 1 }, axis];
  if (axis.kind !== 'regular') return [axis];
  const width = (axis.high - axis.low) / axis.bins;
  const low = axis.low + width * Math.floor((first - axis.low) / width);
  return [{ ...axis, bins: 1, low, high: low + width }, axis];
}

const grown = (ds: string[], weight: number[]): Histogram => {
  const axes: Axis[] = [
    { kind: 'category_str', name: 'ds', categories: [], overflow: false, growing: true },
    { kind: 'regular', name: 'x', bins: 2, low: 0, high: 2, underflow: true, overflow: true },
  ];
  const histogram = makeHistogram(axes, 'weighted');
  fillHistogram(histogram, [ds, ds.map(() => 0.5)], { weight });
  return histogram;
};
const plain = (name: string, high: number, storage: 'weighted' | 'double'): Histogram =>
  makeHistogram([{ kind: 'regular', name, bins: 2, low: 0, high, underflow: true, overflow: true }], storage);

/** The vectors name what is merged, they do not hold it. */
const MERGES: Record<string, () => Histogram> = {
  growing_categories_different_order: () =>
    mergeHistograms(grown(['a', 'b'], [1, 2]), grown(['c', 'b'], [4, 3])),
  different_edges: () => mergeHistograms(plain('x', 2, 'weighted'), plain('x', 3, 'weighted')),
  different_storage: () => mergeHistograms(plain('x', 2, 'weighted'), plain('x', 2, 'double')),
  same_edges_different_name: () => mergeHistograms(plain('x', 2, 'weighted'), plain('y', 2, 'weighted')),
};

function mergePart(name: string, expected: Fields): Part[] | string {
  const merge = MERGES[name];
  if (!merge) return 'the vector does not say what was merged';
  if (expected.error === undefined) return [{ what: 'uhi of the sum', expected, got: toUhi(merge()) }];
  try {
    return [{ what: 'an error', expected, got: toUhi(merge()) }];
  } catch {
    return [];
  }
}

/** Non-finite numbers are texts in the vectors. */
function revive(value: unknown): unknown {
  const special = ['NaN', 'Infinity', '-Infinity'];
  if (!Array.isArray(value)) return value;
  return value.map((one) => (typeof one === 'string' && special.includes(one) ? Number(one) : one));
}

function nested(values: ArrayLike<number>, like: unknown): unknown {
  let at = 0;
  const level = (one: unknown): unknown => (Array.isArray(one) ? one.map(level) : values[at++]);
  return level(like);
}

/** The cells by boost-histogram's names, shaped as in UHI. */
function flowView(histogram: Histogram): unknown {
  const shape = toUhi(histogram).storage.values;
  const of = (values: ArrayLike<number>) => nested(values, shape);
  switch (histogram.storage) {
    case 'count':
    case 'double':
      return of(histogram.values);
    case 'weighted':
      return { value: of(histogram.values), variance: of(histogram.variances) };
    case 'mean':
      return {
        count: of(histogram.counts),
        value: of(histogram.values),
        _sum_of_deltas_squared: of(histogram.deltas),
      };
    case 'weighted_mean':
      return {
        sum_of_weights: of(histogram.sumw),
        sum_of_weights_squared: of(histogram.sumw2),
        value: of(histogram.values),
        _sum_of_weighted_deltas_squared: of(histogram.deltas),
      };
  }
}

/** Equal, numbers to 1e-12; empty metadata and fields that are absent on both sides do not count. */
function same(expected: unknown, got: unknown): boolean {
  if (typeof expected === 'string' && typeof got === 'number') return Object.is(Number(expected), got);
  if (typeof expected === 'number' && typeof got === 'number')
    return (
      Object.is(expected, got) ||
      Math.abs(expected - got) <= 1e-12 * Math.max(Math.abs(expected), Math.abs(got))
    );
  if (typeof expected !== 'object' || typeof got !== 'object' || !expected || !got) return expected === got;
  if (Array.isArray(expected) !== Array.isArray(got)) return false;
  const keys = new Set([...Object.keys(expected), ...Object.keys(got)]);
  return [...keys].every((key) => same((expected as Fields)[key], (got as Fields)[key]));
}
