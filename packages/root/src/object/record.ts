import type { Histogram } from '@fasthep/columns';
import { isPlain, numberOf, type Plain, type PlainValue, textOf } from '../streamer/values.ts';
import { histogramOf, isHistogram } from './histogram.ts';

/** Points, with the errors that they have. */
export interface Graph {
  kind: 'graph';
  name: string;
  title: string;
  x: Float64Array;
  y: Float64Array;
  /** Symmetric ones are there twice. */
  xErrors?: { low: Float64Array; high: Float64Array };
  yErrors?: { low: Float64Array; high: Float64Array };
}

/** Passed over total, bin by bin. */
export interface Efficiency {
  kind: 'efficiency';
  name: string;
  title: string;
  passed: Histogram;
  total: Histogram;
  confidenceLevel: number;
}

export interface NamedHistogram {
  kind: 'histogram';
  name: string;
  title: string;
  /** As ROOT counts them; not the sum of weights. */
  entries: number;
  histogram: Histogram;
}

/** What an object of a file is, in plain words. */
export type RootRecord =
  | NamedHistogram
  | Graph
  | Efficiency
  | { kind: 'text'; text: string }
  | { kind: 'parameter'; name: string; value: number | bigint | boolean }
  | { kind: 'list'; name: string; items: RootRecord[] }
  /** Anything else: its members as they lie in the file. */
  | { kind: 'object'; plain: Plain };

/** Turns an object into a record of its kind; what has none stays as it is. */
export function recordOf(plain: Plain): RootRecord {
  const name = textOf(plain, 'fName') ?? '';
  const title = textOf(plain, 'fTitle') ?? '';
  const className = plain['@class'];
  if (plain['@unread'] !== undefined) return { kind: 'object', plain };
  if (isHistogram(plain))
    return {
      kind: 'histogram',
      name,
      title,
      entries: numberOf(plain, 'fEntries') ?? 0,
      histogram: histogramOf(plain),
    };
  if (className.startsWith('TGraph')) return graphOf(plain, name, title) ?? { kind: 'object', plain };
  if (className === 'TEfficiency') return efficiencyOf(plain, name, title) ?? { kind: 'object', plain };
  if (className === 'TObjString' || className === 'string')
    return { kind: 'text', text: textOf(plain, 'fString') ?? '' };
  if (className.startsWith('TParameter<')) {
    const value = plain.fVal;
    if (typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean')
      return { kind: 'parameter', name, value };
  }
  if (['TList', 'THashList', 'TObjArray'].includes(className) && Array.isArray(plain.items))
    return { kind: 'list', name, items: plain.items.filter(isPlain).map(recordOf) };
  return { kind: 'object', plain };
}

function doubles(value: PlainValue | undefined): Float64Array | undefined {
  return value instanceof Float64Array
    ? value
    : value instanceof Float32Array
      ? Float64Array.from(value)
      : undefined;
}

function graphOf(plain: Plain, name: string, title: string): Graph | undefined {
  const [x, y] = [doubles(plain.fX), doubles(plain.fY)];
  if (!x || !y) return undefined;
  const pair = (low: PlainValue | undefined, high: PlainValue | undefined) => {
    const [a, b] = [doubles(low), doubles(high)];
    return a && b ? { low: a, high: b } : undefined;
  };
  const xErrors = pair(plain.fEXlow, plain.fEXhigh) ?? pair(plain.fEX, plain.fEX);
  const yErrors = pair(plain.fEYlow, plain.fEYhigh) ?? pair(plain.fEY, plain.fEY);
  return { kind: 'graph', name, title, x, y, ...(xErrors && { xErrors }), ...(yErrors && { yErrors }) };
}

function efficiencyOf(plain: Plain, name: string, title: string): Efficiency | undefined {
  const { fPassedHistogram: passed, fTotalHistogram: total } = plain;
  if (!isPlain(passed) || !isPlain(total) || !isHistogram(passed) || !isHistogram(total)) return undefined;
  return {
    kind: 'efficiency',
    name,
    title,
    passed: histogramOf(passed),
    total: histogramOf(total),
    confidenceLevel: numberOf(plain, 'fConfLevel') ?? 0,
  };
}
