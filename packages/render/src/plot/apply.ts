import type { Json, NamedValue, PublishedFile, TaskContext } from '@fasthep/flow';
import { drawFigure } from '../draw/figure.ts';
import { RenderError } from '../error.ts';
import { isHistogram, viewOf } from '../figure/fromhistogram.ts';
import { isTable, tableView } from '../figure/fromtable.ts';
import { histogramFigure } from '../figure/histogram.ts';
import { figureJson } from '../figure/json.ts';
import type { TableView } from '../figure/table.ts';
import { tableFigure } from '../figure/table.ts';
import type { Figure } from '../figure/types.ts';
import type { Part } from '../figure/view.ts';
import { didYouMean } from '../text/nearest.ts';
import type { Format } from './out.ts';
import { fillPattern, outPatterns } from './out.ts';
import { toPng } from './png.ts';
import type { PlotArguments } from './types.ts';

/** What goes into one figure. */
interface Group {
  /** Values of the placeholders that this figure is for. */
  values: Record<string, string>;
  /** Index of the product, where each has its own figure. */
  member?: number;
  histograms: Part[];
  tables: TableView[];
}

/**
 * Draws products: one figure for each value of the labels (and each product, with `{task}`) that `out` names.
 * `{task}` stays in the file's name, for those who publish it; any other name must be a label of a product.
 */
export async function drawPlots(
  args: Json,
  products: readonly NamedValue[],
  context: Pick<TaskContext, 'log' | 'datasets'>,
): Promise<PublishedFile[]> {
  const asked = withoutFalse(args) as unknown as PlotArguments;
  if (products.length === 0)
    throw new RenderError('plot.input', 'there is nothing to draw', "name histograms or tables with 'needs'");
  const patterns = outPatterns(asked.out);
  const wanted = [...new Set(patterns.flatMap((one) => one.placeholders))];
  checkPlaceholders(products, wanted);
  const files: PublishedFile[] = [];
  for (const group of groupsOf(
    products.map((product) => withKinds(product, context.datasets)),
    wanted,
    asked,
  )) {
    const figure = draw(group, asked, context);
    for (const pattern of patterns) {
      const bytes = await encode(figure, pattern.format ?? 'svg');
      const name = fillPattern(pattern.name, group.values);
      files.push({ name, bytes, ...(group.member === undefined ? {} : { member: group.member }) });
    }
  }
  distinct(files, asked.out);
  return files;
}

/** Says of each dataset on an axis whether it is data, which is drawn as points. */
function withKinds(product: NamedValue, datasets: TaskContext['datasets'] = {}): NamedValue {
  const { value } = product;
  if (!isHistogram(value)) return product;
  const kinds = Object.entries(datasets).flatMap(([name, { kind }]) =>
    typeof kind === 'string' ? [[name, kind]] : [],
  );
  const axes = value.axes.map((axis) =>
    axis.name === 'dataset' && !axis.kinds && kinds.length > 0
      ? { ...axis, kinds: Object.fromEntries(kinds) as Record<string, string> }
      : axis,
  );
  return { ...product, value: { ...value, axes } };
}

/** `false` is the same as nothing; `band: true` is the plainest band. */
function withoutFalse(args: Json): object {
  if (typeof args !== 'object' || args === null) return {};
  return Object.fromEntries(
    Object.entries(args)
      .filter(([, value]) => value !== false && value !== null)
      .map(([key, value]) => [key, key === 'band' && value === true ? 'stat' : value]),
  );
}

function groupsOf(products: readonly NamedValue[], wanted: readonly string[], asked: PlotArguments): Group[] {
  const groups = new Map<string, Group>();
  const each = wanted.includes('task');
  for (const [index, product] of products.entries()) {
    // A single product's name must not show: renaming a task may not change its figure.
    const name = products.length === 1 ? '' : (asked.style?.names?.[index] ?? product.name);
    const matrix = keysOf(product, wanted);
    const add = (labels: Record<string, string>, put: (group: Group) => void) => {
      const values = { ...matrix, ...labels };
      const key = JSON.stringify([each ? index : 0, values]);
      const group = groups.get(key) ?? {
        values,
        ...(each ? { member: index } : {}),
        histograms: [],
        tables: [],
      };
      groups.set(key, group);
      put(group);
    };
    if (isHistogram(product.value)) {
      const view = viewOf(product.value);
      const axes = wanted.flatMap((label) => {
        const at = view.axes.findIndex((axis) => axis.name === label && axis.categories);
        return at < 0 ? [] : [{ label, at, categories: view.axes[at]!.categories! }];
      });
      for (const choice of combinations(axes.map((axis) => axis.categories)))
        add(Object.fromEntries(axes.map(({ label }, k) => [label, choice[k]!])), (group) =>
          group.histograms.push({
            view,
            name,
            fixed: new Map(axes.map(({ at, categories }, k) => [at, categories.indexOf(choice[k]!)])),
          }),
        );
    } else {
      const table = tableView(name, tableOf(product));
      for (const { values, part } of split(table, wanted)) add(values, (group) => group.tables.push(part));
    }
  }
  return [...groups.values()];
}

/** Matrix values that placeholders ask for. */
function keysOf({ keys = {} }: NamedValue, wanted: readonly string[]): Record<string, string> {
  const asked = Object.entries(keys).filter(([key]) => wanted.includes(key));
  return Object.fromEntries(asked.map(([key, value]) => [key, String(value)]));
}

function checkPlaceholders(products: readonly NamedValue[], wanted: readonly string[]): void {
  const known = new Set(['task', ...products.flatMap(({ keys }) => Object.keys(keys ?? {}))]);
  for (const product of products)
    if (isHistogram(product.value)) {
      for (const axis of viewOf(product.value).axes) if (axis.categories) known.add(axis.name);
    } else for (const name of Object.keys(tableOf(product).columns)) known.add(name);
  for (const name of wanted)
    if (!known.has(name))
      throw new RenderError(
        'plot.out',
        `out names {${name}}, which is no label of what is drawn`,
        didYouMean(name, [...known]) ?? `there are ${[...known].map((one) => `{${one}}`).join(', ')}`,
      );
}

function tableOf(product: NamedValue) {
  if (isTable(product.value)) return product.value;
  // A report may carry its table beside other things.
  const { value } = product;
  if (typeof value === 'object' && value !== null && 'table' in value && isTable(value.table))
    return value.table;
  throw new RenderError(
    'plot.input',
    `'${product.name}' is a ${product.type}, which cannot be drawn`,
    'plot histograms, tables or reports',
  );
}

/** A table for each combination of values of the columns that `out` names. */
function split(
  table: TableView,
  wanted: readonly string[],
): { values: Record<string, string>; part: TableView }[] {
  const columns = wanted.filter((name) => name in table.columns);
  if (columns.length === 0) return [{ values: {}, part: table }];
  const length = table.columns[columns[0]!]!.length;
  const parts = new Map<string, { values: Record<string, string>; rows: number[] }>();
  for (let row = 0; row < length; row++) {
    const values = Object.fromEntries(columns.map((name) => [name, String(table.columns[name]![row])]));
    const key = JSON.stringify(values);
    const part = parts.get(key) ?? { values, rows: [] };
    part.rows.push(row);
    parts.set(key, part);
  }
  return [...parts.values()].map(({ values, rows }) => ({
    values,
    part: {
      name: table.name,
      columns: Object.fromEntries(
        Object.entries(table.columns)
          .filter(([name]) => !columns.includes(name))
          .map(([name, column]) => [name, rows.map((row) => column[row] ?? null)]),
      ),
    },
  }));
}

function combinations(lists: readonly (readonly string[])[]): string[][] {
  return lists.reduce<string[][]>(
    (found, list) => found.flatMap((one) => list.map((value) => [...one, value])),
    [[]],
  );
}

function draw(group: Group, asked: PlotArguments, context: Pick<TaskContext, 'log'>): Figure {
  if (group.histograms.length > 0 && group.tables.length > 0)
    throw new RenderError(
      'plot.input',
      'histograms and tables cannot share a figure',
      "one figure for each: put {task} into 'out'",
    );
  if (group.tables.length > 0) return tableFigure(group.tables, asked);
  const figure = histogramFigure(group.histograms, asked);
  if (figure.series.length > 40)
    context.log(
      `a figure with ${figure.series.length} entries is hard to read; name a label in 'out'`,
      'warning',
    );
  return figure;
}

async function encode(figure: Figure, format: Format): Promise<Uint8Array> {
  if (format === 'json') return new TextEncoder().encode(figureJson(figure));
  if (format === 'png') return toPng(drawFigure(figure, { embed: false }));
  return new TextEncoder().encode(drawFigure(figure));
}

function distinct(files: readonly PublishedFile[], out: string): void {
  const seen = new Set<string>();
  for (const { name, member } of files) {
    const key = `${name.includes('{task}') ? (member ?? '') : ''} ${name.toLowerCase()}`;
    if (seen.has(key))
      throw new RenderError(
        'plot.out',
        `two figures would have the name '${name}' (out: ${out})`,
        'use names that differ by more than case and special characters',
      );
    seen.add(key);
  }
}
