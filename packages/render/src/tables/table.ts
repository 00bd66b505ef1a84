import type { TableCell, TableView } from '../figure/table.ts';
import { showNumber } from '../text/numbers.ts';
import type { TextOptions } from './grid.ts';
import { gridText } from './grid.ts';

/** A table as aligned text: numbers right with equal decimals in a column, at most `rows` (50) of them. */
export function tableText(table: TableView, options: TextOptions & { rows?: number } = {}): string {
  const names = Object.keys(table.columns);
  if (names.length === 0) return '(no columns)\n';
  const length = table.columns[names[0]!]!.length;
  const shown = Math.min(length, options.rows ?? 50);
  const texts = names.map((name) => columnTexts(table.columns[name]!.slice(0, shown)));
  const columns = names.map((title, index) => ({
    title,
    align: isNumeric(table.columns[names[index]!]!) ? ('right' as const) : ('left' as const),
  }));
  const rows = Array.from({ length: shown }, (_, row) => texts.map((column) => column[row]!));
  const more = length - shown;
  return (
    gridText(columns, rows, options) + (more > 0 ? `(${more} more ${more === 1 ? 'row' : 'rows'})\n` : '')
  );
}

/** Cells of one column; fractions get one number of decimals, so that points stand below each other. */
function columnTexts(values: readonly TableCell[]): string[] {
  const fractions = values.filter(
    (value): value is number =>
      typeof value === 'number' && Number.isFinite(value) && !Number.isInteger(value),
  );
  let decimals = -1;
  if (fractions.length > 0) {
    const sizes = fractions.map(Math.abs);
    const largest = Math.max(...sizes);
    const least = Math.min(...sizes);
    // One layout for numbers of very different sizes would show only zeros of the small ones.
    if (largest < 1e7 && least >= 1e-3 && largest / least < 1e5)
      decimals = Math.min(6, Math.max(1, 4 - Math.floor(Math.log10(least) + 1)));
  }
  return values.map((value) => {
    if (value === null) return '–';
    if (typeof value !== 'number') return String(value);
    return decimals >= 0 && Number.isFinite(value)
      ? value.toFixed(decimals).replace('-', '−')
      : showNumber(value, 5);
  });
}

function isNumeric(values: readonly TableCell[]): boolean {
  return (
    values.some((value) => typeof value === 'number') &&
    values.every((value) => value === null || typeof value === 'number')
  );
}
