import { seriesColors } from '../draw/colors.ts';
import { RenderError } from '../error.ts';
import type { AxisArgument, PlotArguments, Style } from '../plot/types.ts';
import { didYouMean } from '../text/nearest.ts';
import { entryStyles, ordered } from './entries.ts';
import { axisOf, finite, lookOf } from './look.ts';
import type { Figure, Series } from './types.ts';

/** A cell of a table. */
export type TableCell = number | string | boolean | null;

/** A table as figures see it: columns of equal length by name. */
export interface TableView {
  name: string;
  columns: Record<string, readonly TableCell[]>;
}

/** Columns that hold labels of a stream rather than values: they tell series apart. */
const LABELS = ['dataset', 'process', 'variation'];

/** Draws columns of tables against each other: bars over categories, points over numbers. */
export function tableFigure(tables: readonly TableView[], asked: Omit<PlotArguments, 'out'>): Figure {
  if (asked.kind === 'map' || asked.kind === 'stack')
    throw new RenderError(
      'plot.kind',
      `a table cannot be drawn as ${asked.kind}`,
      "use 'bar', 'points' or 'lines'",
    );
  const style = asked.style ?? {};
  const first = tables[0]!;
  const names = Object.keys(first.columns);
  const chosen = choose(names, first, asked);
  const groups = tables.flatMap((table) => groupsOf(table, chosen, tables.length > 1, style));
  const text = isText(first.columns[chosen.x] ?? []);
  const kind = asked.kind ?? (text ? 'bar' : 'points');
  const look = lookOf(style, false);
  const x = { ...asked.x, label: asked.x?.label ?? chosen.xLabel };
  const y = { ...asked.y, label: asked.y?.label ?? chosen.y.join(', ') };
  const colors = seriesColors(style.palette, groups.length);
  const categories = text || kind === 'bar' ? categoriesOf(groups) : undefined;
  const series = groups.map((group, index): Series => {
    const own =
      group.label === undefined ? undefined : entryStyles(style, group.label.column)[group.label.value];
    const base = {
      name: group.name,
      ...colors[index]!,
      ...(own?.color ? { color: own.color } : {}),
    };
    const draw = kind === 'bar' ? 'bars' : kind === 'lines' ? 'line' : 'points';
    if (!categories)
      return {
        ...base,
        draw,
        x: group.x.map(number),
        y: group.y.map(number),
        ...ends(
          group,
          group.x.map((_, k) => k),
        ),
      };
    const rows = categories.map((category) => group.x.findIndex((value) => show(value) === category));
    return {
      ...base,
      draw,
      y: rows.map((row) => (row < 0 ? null : number(group.y[row]))),
      ...ends(group, rows),
    };
  });
  return {
    format: 1,
    kind,
    x: axisOf(x.label, x, categories ? { categories } : {}),
    y: axisOf(y.label, y),
    series: series.length > 0 && series.every((one) => one.y.length > 0) ? series : [],
    look,
  };
}

interface Chosen {
  x: string;
  xLabel: string;
  /** Upper edge, where x is a bin. */
  xHigh?: string;
  y: string[];
  /** Ends of the error bars. */
  low?: string;
  high?: string;
  /** Columns whose values tell series apart. */
  by: string[];
}

interface Group {
  name: string;
  label?: { column: string; value: string };
  x: TableCell[];
  y: TableCell[];
  low?: TableCell[];
  high?: TableCell[];
}

function choose(names: readonly string[], table: TableView, asked: Omit<PlotArguments, 'out'>): Chosen {
  const field = (argument: AxisArgument | undefined) =>
    argument?.field === undefined ? [] : [argument.field].flat();
  for (const [axis, argument] of [
    ['x', asked.x],
    ['y', asked.y],
  ] as const)
    for (const name of field(argument)) need(names, name, axis);
  const efficiency = ['efficiency', 'low', 'high'].every((name) => names.includes(name));
  const edges = names.find((name) => name.endsWith('_low') && names.includes(`${name.slice(0, -4)}_high`));
  const report = names.includes('cut') && names.includes('n');
  const keys = names.filter((name) => isText(table.columns[name]!));
  const x =
    field(asked.x)[0] ??
    (report
      ? 'cut'
      : efficiency && edges
        ? edges
        : (keys.findLast((name) => !LABELS.includes(name)) ?? names[0]));
  if (x === undefined) throw new RenderError('plot.columns', 'the table has no columns to draw');
  const y = field(asked.y);
  if (y.length === 0) {
    const found = report
      ? 'n'
      : efficiency
        ? 'efficiency'
        : names.find((name) => name !== x && !keys.includes(name));
    if (found === undefined)
      throw new RenderError(
        'plot.columns',
        `no column of numbers to draw against '${x}'`,
        `the table has ${list(names)}; name one with 'y'`,
      );
    y.push(found);
  }
  const bin = x === edges && x.endsWith('_low') ? `${x.slice(0, -4)}_high` : undefined;
  const telling = report || keys.length > 0;
  return {
    x,
    xLabel: bin ? x.slice(0, -4) : x,
    ...(bin ? { xHigh: bin } : {}),
    y,
    ...(efficiency && y[0] === 'efficiency' ? { low: 'low', high: 'high' } : {}),
    by: telling ? keys.filter((name) => name !== x && (LABELS.includes(name) || report)) : [],
  };
}

function need(names: readonly string[], name: string, axis: string): void {
  if (names.includes(name)) return;
  throw new RenderError(
    'plot.columns',
    `${axis} names the column '${name}', which the table does not have`,
    didYouMean(name, names) ?? `it has ${list(names)}`,
  );
}

function list(names: readonly string[]): string {
  const shown = names.slice(0, 8).map((name) => `'${name}'`);
  return `${shown.join(', ')}${names.length > 8 ? ', …' : ''}`;
}

function groupsOf(table: TableView, chosen: Chosen, several: boolean, style: Style): Group[] {
  const column = (name: string) => table.columns[name] ?? [];
  const length = column(chosen.x).length;
  const rows = new Map<string, { label?: { column: string; value: string }; rows: number[] }>();
  for (let row = 0; row < length; row++) {
    const parts = chosen.by.map((name) => show(column(name)[row]!));
    const key = parts
      .map((part, index) => entryStyles(style, chosen.by[index]!)[part]?.label ?? part)
      .join(', ');
    const group = rows.get(key) ?? {
      rows: [],
      ...(parts.length > 0 ? { label: { column: chosen.by[0]!, value: parts[0]! } } : {}),
    };
    group.rows.push(row);
    rows.set(key, group);
  }
  const at = (name: string, which: readonly number[]) => which.map((row) => column(name)[row] ?? null);
  const groups: Group[] = [];
  for (const [key, group] of rows)
    for (const y of chosen.y) {
      const name = [several ? table.name : '', rows.size > 1 ? key : '', chosen.y.length > 1 ? y : '']
        .filter(Boolean)
        .join(', ');
      let x = at(chosen.x, group.rows);
      if (chosen.xHigh) x = at(chosen.xHigh, group.rows).map((high, k) => middle(x[k]!, high));
      groups.push({
        name,
        ...(group.label ? { label: group.label } : {}),
        x,
        y: at(y, group.rows),
        ...(chosen.low ? { low: at(chosen.low, group.rows), high: at(chosen.high!, group.rows) } : {}),
      });
    }
  return groups;
}

function middle(low: TableCell, high: TableCell): number | null {
  return typeof low === 'number' && typeof high === 'number' ? finite((low + high) / 2) : null;
}

function ends(group: Group, rows: readonly number[]): { low?: (number | null)[]; high?: (number | null)[] } {
  if (!group.low || !group.high) return {};
  const at = (values: TableCell[]) => rows.map((row) => (row < 0 ? null : number(values[row])));
  return { low: at(group.low), high: at(group.high) };
}

function categoriesOf(groups: readonly Group[]): string[] {
  let found: string[] = [];
  for (const group of groups) found = ordered([...new Set([...found, ...group.x.map(show)])], found);
  return found;
}

function isText(values: readonly TableCell[]): boolean {
  return values.some((value) => typeof value === 'string' || typeof value === 'boolean');
}

function number(value: TableCell | undefined): number | null {
  return typeof value === 'number' ? finite(value) : typeof value === 'boolean' ? Number(value) : null;
}

function show(value: TableCell): string {
  return value === null ? 'missing' : String(value);
}
