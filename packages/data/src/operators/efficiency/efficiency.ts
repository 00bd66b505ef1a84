import {
  type Axis,
  axisPlace,
  type Column,
  cellArrays,
  columnFrom,
  type Histogram,
  histogramTable,
  innerCells,
  makeTable,
  pickBins,
  type Table,
  takeRows,
  withCells,
} from '@fasthep/columns';
import type { JsonObject, Operator } from '@fasthep/flow';
import { DataError } from '../../error.ts';
import { type Interval, interval } from './interval.ts';

/** Passed over all, with confidence intervals. */
export const efficiency: Operator = {
  name: 'efficiency',
  semantics: 1,
  doc: 'Divide the entries that passed by all entries.\n\n`of` is a boolean axis of the histogram (or one with two bins): the table has a row for each bin of the other axes. Weighted entries count as (Σw)² / Σw² effective ones.',
  examples: ['efficiency: passed', 'efficiency: {of: passed, interval: wilson, level: 0.95}'],
  main: 'of',
  parameters: {
    type: 'object',
    properties: {
      of: { description: 'The axis that says which entries passed.', type: 'string' },
      interval: {
        description: 'Kind of confidence interval.',
        type: 'string',
        enum: ['clopper-pearson', 'wilson', 'normal'],
        default: 'clopper-pearson',
      },
      level: {
        description: 'Confidence level.',
        type: 'number',
        exclusiveMinimum: 0,
        exclusiveMaximum: 1,
        default: 0.6827,
      },
    },
    required: ['of'],
    additionalProperties: false,
  },
  inputs: { histogram: { type: 'histogram', many: true } },
  outputs: { table: { type: 'table' } },
  run: {
    kind: 'whole',
    each: true,
    apply(args, inputs) {
      const { of, interval: kind, level } = args as JsonObject;
      const histogram = inputs.histogram![0]!.value as Histogram;
      return { table: efficiencyTable(histogram, String(of), kind as Interval, level as number) };
    },
  },
};

/**
 * One row for each bin of the other axes, flow left out: their edges or categories, `passed`, `all`, `efficiency`,
 * `low`, `high`. Throws `hist.axis`, `data.efficiency`.
 */
export function efficiencyTable(
  histogram: Histogram,
  name: string,
  kind: Interval = 'clopper-pearson',
  level = 0.6827,
): Table {
  const axis = histogram.axes[axisPlace(histogram, name)]!;
  const [no, yes] = casesOf(axis);
  const passed = pickBins(histogram, { [name]: yes });
  const failed = pickBins(histogram, { [name]: no });
  const [sums, squares] = [sumsOf(passed), squaresOf(passed)];
  const [rest, restSquares] = [sumsOf(failed), squaresOf(failed)];
  const inner = innerCells(passed.axes);

  const out: Record<string, number[]> = { passed: [], all: [], efficiency: [], low: [], high: [] };
  for (const i of inner) {
    const [p, all] = [sums[i]!, sums[i]! + rest[i]!];
    const sumw2 = squares[i]! + restSquares[i]!;
    // Entries of weight 1 that would spread as much.
    const entries = sumw2 > 0 ? (all * all) / sumw2 : 0;
    const [low, high] = interval(kind, all === 0 ? 0 : (p / all) * entries, entries, level);
    for (const [key, value] of Object.entries({ passed: p, all, efficiency: p / all, low, high }))
      out[key]!.push(value);
  }
  const columns: Record<string, Column> = { ...takeRows(histogramTable(passed), inner).columns };
  for (const name of Object.keys(histogramTable(emptied(passed)).columns)) delete columns[name];
  for (const [key, values] of Object.entries(out))
    columns[key] = columnFrom(values, { kind: 'float64' }, key);
  return makeTable(columns, inner.length);
}

/** Without axes: what is left in its table are the columns of the contents. */
function emptied(histogram: Histogram): Histogram {
  return withCells(
    [],
    histogram.storage,
    cellArrays(histogram).map(() => new Float64Array(1)),
  );
}

function casesOf(axis: Axis): [no: boolean | number, yes: boolean | number] {
  if (axis.kind === 'boolean') return [false, true];
  if (axis.kind === 'integer' && axis.low === 0 && axis.high === 2) return [0, 1];
  if (axis.kind === 'category_int' && axis.categories.every((one) => one === 0 || one === 1)) return [0, 1];
  if (axis.kind === 'regular' && axis.bins === 2) {
    const width = (axis.high - axis.low) / 2;
    return [axis.low + width / 2, axis.high - width / 2];
  }
  throw new DataError(
    'data.efficiency',
    `axis '${axis.name}' is not boolean`,
    'fill it with a condition, without bins',
  );
}

function sumsOf(histogram: Histogram): Float64Array {
  if (histogram.storage === 'mean' || histogram.storage === 'weighted_mean')
    throw new DataError(
      'data.efficiency',
      'a histogram of means has no efficiency',
      'use storage weighted or count',
    );
  return histogram.values;
}

function squaresOf(histogram: Histogram): Float64Array {
  return histogram.storage === 'weighted' ? histogram.variances : sumsOf(histogram);
}
