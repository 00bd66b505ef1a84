import { RenderError } from '../error.ts';
import type { Contents, Entry } from '../figure/entries.ts';
import { contents, entriesOf } from '../figure/entries.ts';
import type { HistogramLike } from '../figure/fromhistogram.ts';
import { viewOf } from '../figure/fromhistogram.ts';
import { mapFigure } from '../figure/map.ts';
import type { HistogramView, ViewAxis } from '../figure/view.ts';
import { showNumber, showUncertain } from '../text/numbers.ts';
import { parseRich, plainText } from '../text/rich.ts';
import type { TextOptions } from './grid.ts';
import { fit, textColumns, toAscii } from './grid.ts';

const EIGHTHS = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];
const SHADES = { blocks: [' ', '░', '▒', '▓', '█'], ascii: [' ', '.', ':', '*', '#'] };

/** Histograms in the terminal: bars of block characters with contents and statistics; two dimensions as shades. */
export function histogramText(
  histogram: HistogramLike,
  options: TextOptions & { lines?: number } = {},
): string {
  const view = viewOf(histogram);
  const numeric = view.axes.flatMap((axis, index) => (axis.edges ? [index] : []));
  if (numeric.length > 2)
    throw new RenderError(
      'show.dimensions',
      `a histogram with ${numeric.length} axes of numbers cannot be shown`,
      'write it as CSV to see its cells',
    );
  const along = numeric.length === 0 ? view.axes.length - 1 : numeric[0]!;
  if (along < 0) throw new RenderError('show.dimensions', 'the histogram has no axes');
  const open = numeric.length === 2 ? numeric : [along];
  const entries = entriesOf(view, new Map(), open, {});
  const text = entries
    .map((entry) => {
      const title = entry.name === '' ? '' : `${entry.name}\n`;
      return (
        title +
        (numeric.length === 2 ? shades(view, entry, numeric, options) : bars(view, entry, along, options))
      );
    })
    .join('\n');
  return options.ascii ? toAscii(text) : text;
}

function bars(
  view: HistogramView,
  entry: Entry,
  along: number,
  options: TextOptions & { lines?: number },
): string {
  const axis = view.axes[along]!;
  const found = contents(view, entry.cell, along);
  const shown = (text: string) => (options.ascii ? toAscii(text) : text);
  const group = axis.edges && !view.mean ? Math.ceil(axis.size / (options.lines ?? 40)) : 1;
  const rows: { name: string; value: number; text: string }[] = [];
  for (let bin = 0; bin < axis.size; bin += group) {
    const last = Math.min(axis.size, bin + group);
    let [value, variance] = [0, 0];
    for (let k = bin; k < last; k++) {
      value += found.values[k]!;
      variance += found.variances[k]!;
    }
    const error = Math.sqrt(Math.max(0, variance));
    rows.push({
      name: shown(binName(axis, bin, last)),
      value,
      text: shown(showUncertain(value, error, error)),
    });
  }
  const label = axis.label ?? axis.name;
  const names = Math.max(...rows.map((row) => textColumns(row.name)), 0);
  const numbers = Math.max(...rows.map((row) => textColumns(row.text)), 0);
  const room = Math.max(10, (options.width ?? 80) - names - numbers - 5);
  const finite = rows.map((row) => row.value).filter(Number.isFinite);
  const top = Math.max(0, ...finite);
  const bottom = Math.min(0, ...finite);
  const lines = rows.map(
    ({ name, value, text }) =>
      `${fit(name, names, 'right')} ${options.ascii ? '|' : '▕'}${bar(value, bottom, top, room, options.ascii)} ${fit(text, numbers, 'right')}`,
  );
  const grouped = group > 1 ? `, ${group} bins a line` : '';
  return `${plainText(parseRich(label))}${grouped}\n${lines.join('\n')}\n${statistics(axis, found, view.mean !== undefined)}\n`;
}

/** A bar from zero; with negative contents zero stands where it belongs. */
function bar(value: number, bottom: number, top: number, room: number, ascii = false): string {
  if (!Number.isFinite(value) || top === bottom) return ' '.repeat(room);
  const zero = Math.round((-bottom / (top - bottom)) * room);
  const exact = (Math.abs(value) / (top - bottom)) * room;
  if (value < 0) {
    const length = Math.min(zero, Math.round(exact));
    return fit(' '.repeat(zero - length) + (ascii ? '=' : '▒').repeat(length), room);
  }
  const whole = Math.floor(exact + 1e-9);
  const part = ascii ? '' : EIGHTHS[Math.floor((exact - whole) * 8)]!;
  return fit(' '.repeat(zero) + (ascii ? '#' : '█').repeat(whole) + part, room);
}

/** Sum, flow, and of numbers mean and standard deviation by bin centres. */
function statistics(axis: ViewAxis, found: Contents, means: boolean): string {
  const parts: string[] = [];
  const sum = found.values.reduce((a, b) => a + b, 0);
  if (!means) parts.push(`sum ${showNumber(sum, 6)}`);
  if (axis.edges && !means && sum > 0) {
    const centers = found.values.map((_, bin) => (axis.edges![bin]! + axis.edges![bin + 1]!) / 2);
    const mean = found.values.reduce((total, value, bin) => total + value * centers[bin]!, 0) / sum;
    const square =
      found.values.reduce((total, value, bin) => total + value * (centers[bin]! - mean) ** 2, 0) / sum;
    parts.push(`mean ${showNumber(mean)}`);
    if (square >= 0) parts.push(`std ${showNumber(Math.sqrt(square))}`);
  }
  if (axis.under && found.under && !means) parts.push(`underflow ${showNumber(found.under, 6)}`);
  if (axis.over && found.over && !means) parts.push(`overflow ${showNumber(found.over, 6)}`);
  return parts.join('   ');
}

function binName(axis: ViewAxis, from: number, to: number): string {
  if (axis.categories) return axis.categories[from]!;
  if (axis.whole && to === from + 1) return String(axis.edges![from]! + 0.5);
  return `${showNumber(axis.edges![from]!, 6)} … ${showNumber(axis.edges![to]!, 6)}`;
}

function shades(view: HistogramView, entry: Entry, open: readonly number[], options: TextOptions): string {
  const fixed = new Map(
    entry.cell.flatMap((bin, index) => (open.includes(index) ? [] : [[index, bin] as const])),
  );
  const figure = mapFigure([{ view, fixed, name: '' }], {});
  const cells = figure.map!.cells;
  const columns = Math.min(cells.length, (options.width ?? 80) - 4);
  const height = Math.min(cells[0]?.length ?? 0, 30);
  const marks = options.ascii ? SHADES.ascii : SHADES.blocks;
  const sums: number[][] = Array.from({ length: height }, () => new Array<number>(columns).fill(0));
  for (const [i, column] of cells.entries())
    for (const [j, value] of column.entries()) {
      const row = sums[Math.floor((j * height) / column.length)]!;
      const at = Math.floor((i * columns) / cells.length);
      row[at] = row[at]! + (value ?? 0);
    }
  const top = Math.max(0, ...sums.flat());
  const lines = sums.reverse().map((row) => {
    const shown = row.map(
      (value) =>
        marks[
          value <= 0 || top === 0
            ? 0
            : 1 + Math.min(3, Math.floor((3.999 * Math.sqrt(value)) / Math.sqrt(top)))
        ]!,
    );
    return `${options.ascii ? '|' : '│'}${shown.join('')}${options.ascii ? '|' : '│'}`;
  });
  const edge = options.ascii ? `+${'-'.repeat(columns)}+` : `└${'─'.repeat(columns)}┘`;
  const range = (axis: ViewAxis) =>
    `${plainText(parseRich(axis.label ?? axis.name))} ${showNumber(axis.edges![0]!)} … ${showNumber(axis.edges!.at(-1)!)}`;
  const [x, y] = open.map((index) => view.axes[index]!) as [ViewAxis, ViewAxis];
  const sum = cells.flat().reduce<number>((total, value) => total + (value ?? 0), 0);
  return `${lines.join('\n')}\n${edge}\nright: ${range(x)}   up: ${range(y)}   sum ${showNumber(sum, 6)}${figure.map!.outside ? `   outside ${showNumber(figure.map!.outside, 6)}` : ''}\n`;
}
