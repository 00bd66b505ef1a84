/** Histograms as the JSON of UHI, schema 1 (https://uhi.readthedocs.io, `histogram.schema.json`). */
import { ColumnsError } from '../error.ts';
import { cellCount } from './axis.ts';
import { cellArrays, STORAGE_FIELDS } from './make.ts';
import { sampleVariances } from './read.ts';
import type { Axis, Histogram, Storage } from './types.ts';

/** Numbers of an array with as many levels as the histogram has axes. */
export type NestedNumbers = number | NestedNumbers[];

/** One axis of the schema. */
export type UhiAxis = { type: string; metadata?: Record<string, string> } & Record<string, unknown>;

/** A histogram of the schema. Undefined variances are NaN; `uhiText` writes valid JSON. */
export interface UhiHistogram {
  uhi_schema: 1;
  axes: UhiAxis[];
  storage: { type: string } & Record<string, NestedNumbers | string>;
}

/** Our storages, by the names of the schema. */
export const UHI_STORAGES: Readonly<Record<string, Storage>> = {
  int: 'count',
  double: 'double',
  weighted: 'weighted',
  mean: 'mean',
  weighted_mean: 'weighted_mean',
};

/** The name of each array in the schema; `variances` of means are not what we keep, but follow from it. */
export const UHI_FIELDS: Readonly<Record<Storage, readonly string[]>> = {
  count: ['values'],
  double: ['values'],
  weighted: ['values', 'variances'],
  mean: ['counts', 'values', 'variances'],
  weighted_mean: ['sum_of_weights', 'sum_of_weights_squared', 'values', 'variances'],
};

/** A histogram as UHI data, flow included. Integer axes and growth are marked as boost-histogram does. */
export function toUhi(histogram: Histogram): UhiHistogram {
  const { axes, storage } = histogram;
  const shape = axes.map(cellCount);
  const variances = sampleVariances(histogram);
  const arrays = cellArrays(histogram).map((array, i) =>
    STORAGE_FIELDS[storage][i] === 'deltas' ? variances! : array,
  );
  const type = Object.entries(UHI_STORAGES).find(([, ours]) => ours === storage)![0];
  const fields = UHI_FIELDS[storage].map((name, i) => [name, nest(arrays[i]!, shape)] as const);
  return { uhi_schema: 1, axes: axes.map(axisToUhi), storage: { type, ...Object.fromEntries(fields) } };
}

/**
 * The JSON text of `toUhi`, the same for the same histogram: one line for each axis and each row of bins. A
 * variance that is undefined (fewer than two entries) is written as 0, from which readers restore the same
 * bin; a sum that is not finite as `1e999` (JSON for infinity) or `NaN`, which Python's reader takes.
 */
export function uhiText(histogram: Histogram): string {
  const { axes, storage } = toUhi(histogram);
  const means = histogram.storage === 'mean' || histogram.storage === 'weighted_mean';
  const fields = Object.entries(storage).map(([name, value]) => {
    if (typeof value === 'string') return `  "${name}": ${JSON.stringify(value)}`;
    const text = numbersText(value, name === 'variances' && means, '   ');
    return `  "${name}": ${text}`;
  });
  const lines = axes.map((axis) => `  ${JSON.stringify(axis)}`);
  const list = lines.length > 0 ? `[\n${lines.join(',\n')}\n ]` : '[]';
  return `{\n "uhi_schema": 1,\n "axes": ${list},\n "storage": {\n${fields.join(',\n')}\n }\n}\n`;
}

function numbersText(value: NestedNumbers, undefinedAsZero: boolean, indent: string): string {
  if (!Array.isArray(value)) {
    if (Number.isFinite(value)) return String(value);
    if (Number.isNaN(value)) return undefinedAsZero ? '0' : 'NaN';
    return value < 0 ? '-1e999' : '1e999';
  }
  if (!Array.isArray(value[0]))
    return `[${value.map((one) => numbersText(one, undefinedAsZero, '')).join(', ')}]`;
  const rows = value.map((row) => indent + numbersText(row, undefinedAsZero, `${indent} `));
  return `[\n${rows.join(',\n')}\n${indent.slice(1)}]`;
}

function nest(array: Float64Array, shape: readonly number[]): NestedNumbers {
  if (shape.length === 0) return array[0]!;
  let at = 0;
  const level = (k: number): NestedNumbers => {
    if (k === shape.length) return array[at++]!;
    return Array.from({ length: shape[k]! }, () => level(k + 1));
  };
  return level(0);
}

function axisToUhi(axis: Axis): UhiAxis {
  const metadata = { name: axis.name, label: axis.label ?? '' };
  const growth = 'growing' in axis && axis.growing ? { growth: true } : undefined;
  const note = (info: object | undefined) => (info ? { writer_info: { 'boost-histogram': info } } : {});
  switch (axis.kind) {
    case 'regular':
    case 'integer': {
      const integer = axis.kind === 'integer' ? { orig_type: 'Integer' } : undefined;
      return {
        type: 'regular',
        lower: axis.low,
        upper: axis.high,
        bins: axis.kind === 'integer' ? axis.high - axis.low : axis.bins,
        ...flowOf(axis),
        ...note(integer || growth ? { ...integer, ...growth } : undefined),
        metadata,
      };
    }
    case 'variable':
      return { type: 'variable', edges: [...axis.edges], ...flowOf(axis), ...note(growth), metadata };
    case 'boolean':
      return { type: 'boolean', metadata };
    default:
      return {
        type: axis.kind,
        categories: [...axis.categories],
        flow: axis.overflow,
        ...note(growth),
        metadata,
      };
  }
}

function flowOf(axis: { underflow: boolean; overflow: boolean; circular?: boolean }) {
  return { underflow: axis.underflow, overflow: axis.overflow, circular: axis.circular ?? false };
}

/** Throws `hist.uhi`. */
export function uhiFailure(problem: string, help?: string): never {
  throw new ColumnsError('hist.uhi', `this is no UHI histogram: ${problem}`, help);
}
