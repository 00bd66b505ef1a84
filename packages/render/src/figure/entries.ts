import { RenderError } from '../error.ts';
import type { EntryStyle, Style } from '../plot/types.ts';
import { didYouMean } from '../text/nearest.ts';
import type { Cell, HistogramView, ViewAxis } from './view.ts';
import { contentAt } from './view.ts';

/** Label axis of systematic variations, and its value without one. */
export const VARIATION = 'variation';
export const NOMINAL = 'nominal';

/** One curve to draw: a cell with the drawn axis left open. */
export interface Entry {
  name: string;
  /** Value on the axis that tells entries apart, for colours and kinds. */
  key: string;
  data: boolean;
  color?: string;
  cell: Cell;
  view: HistogramView;
}

/** Contents of one entry along an axis, without flow, and beyond its ends. */
export interface Contents {
  values: number[];
  variances: number[];
  under: number;
  over: number;
}

/** Walks along axis `along` from a cell. */
export function contents(view: HistogramView, cell: Cell, along: number): Contents {
  const axis = view.axes[along]!;
  const at = [...cell];
  const get = (bin: number) => {
    at[along] = bin;
    return contentAt(view, at);
  };
  const found: Contents = { values: [], variances: [], under: get(-1).value, over: get(axis.size).value };
  for (let bin = 0; bin < axis.size; bin++) {
    const { value, variance } = get(bin);
    found.values.push(value);
    found.variances.push(variance);
  }
  return found;
}

/** Index of a category axis by name. */
export function categoryAxis(view: HistogramView, name: string, what: string): number {
  const index = view.axes.findIndex((axis) => axis.name === name);
  const names = view.axes.filter((axis) => axis.categories).map((axis) => axis.name);
  if (index >= 0 && view.axes[index]!.categories) return index;
  const has = names.length > 0 ? `it has ${names.map((one) => `'${one}'`).join(', ')}` : 'it has none';
  throw new RenderError(
    'plot.axis',
    `${what} names '${name}', which is no category axis of the histogram: ${has}`,
    didYouMean(name, names) ??
      (index >= 0 ? `'${name}' has numbers; leave '${what}' out to draw along it` : undefined),
  );
}

/** Bin of the nominal variation. */
function nominalBin(axis: ViewAxis): number {
  return Math.max(0, axis.categories?.indexOf(NOMINAL) ?? 0);
}

/** Styles of the entries of one axis, in the order of the style. */
export function entryStyles(style: Style, axis: string): Record<string, EntryStyle> {
  const found = style[axis];
  if (typeof found !== 'object' || found === null || Array.isArray(found)) return {};
  return found as Record<string, EntryStyle>;
}

/** Whether an entry is measured data: by its style, by its catalogue, or by its name alone. */
function isData(axis: ViewAxis, value: string, styles: Record<string, EntryStyle>): boolean {
  const kind = styles[value]?.kind ?? axis.kinds?.[value];
  return kind === undefined ? value.toLowerCase() === 'data' : kind === 'data';
}

/**
 * All curves of a histogram: one for each combination of the category axes that are not `fixed`, nominal ones
 * only. Axes with a single value do not appear in names.
 */
export function entriesOf(
  view: HistogramView,
  fixed: Map<number, number>,
  open: readonly number[],
  style: Style,
): Entry[] {
  const free = view.axes
    .map((axis, index) => ({ axis, index }))
    .filter(
      ({ axis, index }) =>
        axis.categories && !fixed.has(index) && !open.includes(index) && axis.name !== VARIATION,
    );
  let cells: { cell: Cell; parts: { axis: ViewAxis; value: string }[] }[] = [
    {
      cell: view.axes.map(
        (axis, index) => fixed.get(index) ?? (axis.name === VARIATION ? nominalBin(axis) : 0),
      ),
      parts: [],
    },
  ];
  for (const { axis, index } of free) {
    const styles = entryStyles(style, axis.name);
    const order = ordered(axis.categories!, Object.keys(styles));
    cells = cells.flatMap(({ cell, parts }) =>
      order.map((value) => {
        const next = [...cell];
        next[index] = axis.categories!.indexOf(value);
        return { cell: next, parts: [...parts, { axis, value }] };
      }),
    );
  }
  return cells.map(({ cell, parts }) => {
    const telling = parts.filter(({ axis }) => axis.size > 1);
    const named = parts.map(({ axis, value }) => entryStyles(style, axis.name)[value]?.label ?? value);
    const shown = parts.flatMap((part, index) =>
      part.axis.size > 1 || entryStyles(style, part.axis.name)[part.value]?.label ? [named[index]!] : [],
    );
    const color = parts.map(({ axis, value }) => entryStyles(style, axis.name)[value]?.color).find(Boolean);
    return {
      name: shown.join(', '),
      key: (telling.length > 0 ? telling : parts).map(({ value }) => value).join('/'),
      data: parts.some(({ axis, value }) => isData(axis, value, entryStyles(style, axis.name))),
      ...(color ? { color } : {}),
      cell,
      view,
    };
  });
}

/** Values in the order of a style first, then the others as they come. */
export function ordered(values: readonly string[], first: readonly string[]): string[] {
  const named = first.filter((value) => values.includes(value));
  return [...named, ...values.filter((value) => !named.includes(value))];
}
