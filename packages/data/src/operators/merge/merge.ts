import { cell, type Histogram, type Table } from '@fasthep/columns';
import { names as namesIn, parse } from '@fasthep/expression';
import type { Json, JsonObject, Operator } from '@fasthep/flow';
import { DataError } from '../../error.ts';
import { names } from '../names.ts';
import { mergeOver } from './add.ts';
import { scaleHistogram } from './scale.ts';
import { type DatasetScope, valueFor } from './scope.ts';
import { mergeTable, scaleTable } from './tables.ts';

/** Scales, then adds up over labels. */
export const merge: Operator = {
  name: 'merge',
  semantics: 1,
  doc: 'Scale histograms or tables of `group`, then add them up over labels.\n\n`over` names labels, `by` a word of the catalogue whose values take the place of the datasets. `scale` is worked out for each dataset, from catalogue words and results (`generated.sumw`: the row with the same labels); `only` names the datasets that are scaled.',
  examples: [
    'merge: {over: dataset}',
    'merge: {over: dataset, by: process, scale: "${lumi} * dataset.xsec / generated.sumw", only: dataset.kind == \'mc\'}',
  ],
  parameters: {
    type: 'object',
    properties: {
      over: {
        description: 'Label or labels to add up over.',
        type: ['string', 'array'],
        items: { type: 'string' },
        examples: ['dataset', ['dataset', 'region']],
      },
      by: {
        description: 'A word of the catalogue: datasets that agree in it are added up.',
        type: 'string',
        examples: ['process'],
      },
      scale: {
        description: 'Factor for each dataset; 1 if not given.',
        type: ['number', 'string'],
        format: 'value',
        examples: ['dataset.xsec / generated.sumw'],
      },
      only: {
        description: 'Which datasets are scaled.',
        type: 'string',
        format: 'condition',
        examples: ["dataset.kind == 'mc'"],
      },
    },
    additionalProperties: false,
  },
  inputs: { product: { type: ['histogram', 'table'], many: true } },
  outputs: { merged: { type: 'same' } },
  run: {
    kind: 'whole',
    each: true,
    datasetWords: words,
    check(args) {
      const { by, over, only, scale } = args as JsonObject;
      if (only !== undefined && scale === undefined)
        return [
          {
            message: "'only' names the datasets that are scaled, and nothing is",
            help: 'add scale, or leave datasets out by a filter above',
            path: ['only'],
          },
        ];
      return by !== undefined && !names(over ?? []).includes('dataset')
        ? [{ message: "'by' groups datasets", help: 'add over: dataset', path: ['by'] }]
        : [];
    },
    apply(args, inputs, context) {
      const scope: DatasetScope = {
        datasets: context.datasets ?? {},
        results: inputs.results ?? [],
        registry: context.registry,
      };
      const { type, value } = inputs.product![0]!;
      const done =
        type === 'table'
          ? mergedTable(value as Table, args as JsonObject, scope)
          : merged(value as Histogram, args as JsonObject, scope);
      return { merged: done };
    },
  },
};

/** Words of the catalogue that the arguments read. */
function words(args: Json): string[] {
  const { by, scale, only } = args as JsonObject;
  const found = new Set<string>(by === undefined ? [] : [String(by), 'kind']);
  for (const text of [scale, only]) {
    if (typeof text !== 'string') continue;
    for (const { parts } of namesIn(parse(text))) if (parts[0] === 'dataset' && parts[1]) found.add(parts[1]);
  }
  return [...found].sort();
}

/** The histogram scaled and added up as the arguments say. Throws `data.merge`. */
export function merged(histogram: Histogram, args: JsonObject, scope: DatasetScope): Histogram {
  const { over, by, scale } = args;
  let out = histogram;
  if (scale !== undefined && scale !== 1)
    out = scaleHistogram(out, (labels) => factorOf(args, labels, scope));
  for (const label of over === undefined ? [] : names(over)) {
    const grouped = label === 'dataset' && by !== undefined;
    out = mergeOver(
      out,
      label,
      grouped ? { name: String(by), groupOf: (dataset) => groupOf(dataset, String(by), scope) } : undefined,
    );
  }
  const axis = histogram.axes.find((one) => one.name === 'dataset');
  const datasets = axis?.kind === 'category_str' ? axis.categories : [];
  return by === undefined ? out : withKinds(out, String(by), sameKind(datasets, String(by), scope));
}

/** The table scaled and added up as the arguments say. Throws `data.merge`. */
export function mergedTable(table: Table, args: JsonObject, scope: DatasetScope): Table {
  const { over, by, scale } = args;
  if (by !== undefined) {
    const { dataset } = table.columns;
    const names = Array.from({ length: dataset ? table.length : 0 }, (_, i) => String(cell(dataset!, i)));
    sameKind([...new Set(names)], String(by), scope);
  }
  let out = table;
  if (scale !== undefined && scale !== 1) out = scaleTable(out, (labels) => factorOf(args, labels, scope));
  for (const label of over === undefined ? [] : names(over)) {
    const grouped = label === 'dataset' && by !== undefined;
    out = mergeTable(
      out,
      label,
      grouped ? { name: String(by), groupOf: (dataset) => groupOf(dataset, String(by), scope) } : undefined,
    );
  }
  return out;
}

/** What a dataset is scaled by. */
function factorOf({ scale, only }: JsonObject, labels: Record<string, string>, scope: DatasetScope): number {
  if (only !== undefined && valueFor(String(only), labels, scope) !== true) return 1;
  const factor = typeof scale === 'number' ? scale : valueFor(String(scale), labels, scope);
  if (typeof factor === 'number' && Number.isFinite(factor)) return factor;
  throw new DataError('data.merge', `the scale '${scale}' is ${String(factor)}, not a number`, undefined, [
    'scale',
  ]);
}

function groupOf(dataset: string, word: string, { datasets }: DatasetScope): string {
  const value: Json | undefined = datasets[dataset]?.[word];
  if (value === undefined)
    throw new DataError('data.merge', `dataset '${dataset}' has no '${word}'`, 'add it to the catalogue', [
      'by',
    ]);
  return String(value);
}

/** The kind of each group goes with its axis, as far as it is known. */
function withKinds(
  histogram: Histogram,
  by: string,
  kinds: ReadonlyMap<string, Json | undefined>,
): Histogram {
  const known = [...kinds].filter(([, kind]) => typeof kind === 'string');
  if (known.length === 0) return histogram;
  const axes = histogram.axes.map((axis) =>
    axis.name === by && axis.kind === 'category_str'
      ? { ...axis, kinds: Object.fromEntries(known) as Record<string, string> }
      : axis,
  );
  return { ...histogram, axes };
}

/** The kind of each group. Data and simulation do not add up. */
function sameKind(
  datasets: readonly string[],
  by: string,
  scope: DatasetScope,
): Map<string, Json | undefined> {
  const kinds = new Map<string, Json | undefined>();
  for (const dataset of datasets) {
    const group = groupOf(dataset, by, scope);
    const kind = scope.datasets[dataset]?.kind;
    if (kinds.has(group) && kinds.get(group) !== kind)
      throw new DataError(
        'data.merge',
        `datasets of kind data and mc have the ${by} '${group}'`,
        `give them different values of ${by}`,
        ['by'],
      );
    kinds.set(group, kind);
  }
  return kinds;
}
