import type { TableView } from '../figure/table.ts';
import { showUncertain } from '../text/numbers.ts';
import type { GridColumn, TextOptions } from './grid.ts';
import { gridText } from './grid.ts';
import { nominalOnly } from './nominal.ts';
import { tableText } from './table.ts';

const NUMBERS = /^(?:n|sumw|sumw2)(?:_alone|_before)?$/u;

/**
 * The report of a cutflow: a row for each cut and, side by side for each dataset (and other labels), rows that are
 * left, their part of the rows before, and the sum of weights where there are weights. As many groups beside each
 * other as the width holds, the others below. Of variations only nominal.
 */
export function cutflowText(report: TableView, options: TextOptions = {}): string {
  const { table, variations } = nominalOnly(report);
  const { cut: cuts, n } = table.columns;
  if (!cuts || !n) return tableText(table, options);
  const labels = Object.keys(table.columns).filter((name) => name !== 'cut' && !NUMBERS.test(name));
  const groups = new Map<string, Map<string, number>>();
  for (const [row, cut] of cuts.entries()) {
    const name = labels.map((label) => String(table.columns[label]![row])).join(', ');
    const group = groups.get(name) ?? new Map<string, number>();
    group.set(String(cut), row);
    groups.set(name, group);
  }
  const order = [...new Set(cuts.map(String))];
  const weighted = table.columns.sumw?.some((value, row) => value !== n[row]) ?? false;
  const cell = (column: string, row: number | undefined) => {
    const value = row === undefined ? undefined : table.columns[column]?.[row];
    return typeof value === 'number' ? value : undefined;
  };
  const blocks = [...groups].map(([name, rows]) => ({
    name,
    columns: [
      { title: 'rows', align: 'right', rule: true },
      { title: '%', align: 'right' },
      ...(weighted ? [{ title: 'weighted', align: 'right' }] : []),
    ] as GridColumn[],
    cells: order.map((cut, index) => {
      const row = rows.get(cut);
      const count = cell('n', row);
      if (count === undefined) return ['–', '', ...(weighted ? [''] : [])];
      const before = cell('n_before', row) ?? cell('n', rows.get(order[Math.max(0, index - 1)]!)) ?? count;
      const error = Math.sqrt(Math.max(0, cell('sumw2', row) ?? 0));
      const sum = cell('sumw', row);
      return [
        String(count),
        percent(count, before),
        ...(weighted ? [sum === undefined ? '–' : showUncertain(sum, error, error)] : []),
      ];
    }),
  }));
  const width = options.width ?? 80;
  let text = '';
  for (let first = 0; first < blocks.length; ) {
    let count = blocks.length - first;
    let drawn = draw(order, blocks.slice(first, first + count), options);
    while (count > 1 && widest(drawn) > width)
      drawn = draw(order, blocks.slice(first, first + --count), options);
    text += (first > 0 ? '\n' : '') + drawn;
    first += count;
  }
  return variations > 0
    ? `${text}(nominal; ${variations} ${variations === 1 ? 'variation' : 'variations'} in the file)\n`
    : text;
}

function draw(
  order: readonly string[],
  blocks: readonly { name: string; columns: GridColumn[]; cells: string[][] }[],
  options: TextOptions,
): string {
  const columns: GridColumn[] = [{ title: 'cut' }, ...blocks.flatMap((block) => block.columns)];
  const rows = order.map((cut, index) => [cut, ...blocks.flatMap((block) => block.cells[index]!)]);
  const named = blocks.some((block) => block.name !== '');
  const groups = [
    { title: '', span: 1 },
    ...blocks.map((block) => ({ title: block.name, span: block.columns.length })),
  ];
  return gridText(columns, rows, { ...options, ...(named ? { groups } : {}) });
}

function widest(text: string): number {
  return Math.max(...text.split('\n').map((line) => [...line].length));
}

function percent(part: number, all: number): string {
  if (!(all > 0)) return '–';
  const value = (100 * part) / all;
  return value === 100 ? '100' : value >= 9.95 ? value.toFixed(1) : value.toPrecision(2);
}
