import type { TableCell, TableView } from '../figure/table.ts';
import { showNumber, showUncertain } from '../text/numbers.ts';
import type { Html } from './html.ts';
import { countText, html } from './html.ts';

/** Columns of numbers that every report of a cutflow has. */
const NUMBERS = /^(?:n|sumw|sumw2)(?:_alone|_before)?$/u;
/** More groups than this side by side are not read any more. */
const MOST_GROUPS = 8;

/** Rows of one combination of labels, by cut. */
interface Group {
  name: string;
  rows: Map<string, number>;
}

/** A cutflow with its labels side by side: rows, part of the row before, part of all, weights. */
export function cutflowTable(table: TableView): Html | undefined {
  const cuts = table.columns.cut;
  if (!cuts || !table.columns.n) return undefined;
  const labels = Object.keys(table.columns).filter((name) => name !== 'cut' && !NUMBERS.test(name));
  const groups = new Map<string, Group>();
  for (const [row, cut] of cuts.entries()) {
    const name = labels.map((label) => String(table.columns[label]![row])).join(', ');
    const group = groups.get(name) ?? { name, rows: new Map() };
    group.rows.set(String(cut), row);
    groups.set(name, group);
  }
  if (groups.size > MOST_GROUPS) return undefined;
  const order = [...new Set(cuts.map(String))];
  const list = [...groups.values()];
  const weighted =
    table.columns.sumw !== undefined && cuts.some((_, row) => at(table, 'sumw', row) !== at(table, 'n', row));
  const wide = weighted ? 4 : 3;
  return html`<div class="scroll"><table class="cutflow">
<thead>${list.length > 1 || list[0]?.name ? html`<tr><th></th>${list.map((group) => html`<th colspan="${wide}" class="group" scope="colgroup">${group.name}</th>`)}</tr>` : ''}
<tr><th scope="col">cut</th>${list.map(
    () =>
      html`<th scope="col" class="num first">rows</th><th scope="col" class="num" title="of the rows before this cut">of before</th><th scope="col" class="num" title="of all rows">of all</th>${weighted ? html`<th scope="col" class="num">weighted</th>` : ''}`,
  )}</tr></thead>
<tbody>${order.map(
    (cut) =>
      html`<tr><th scope="row">${cut}</th>${list.map((group) => cells(table, group, cut, order, weighted))}</tr>`,
  )}</tbody></table></div>`;
}

function cells(
  table: TableView,
  group: Group,
  cut: string,
  order: readonly string[],
  weighted: boolean,
): Html {
  const row = group.rows.get(cut);
  if (row === undefined) return html`<td class="num first" colspan="${weighted ? 4 : 3}">–</td>`;
  const n = at(table, 'n', row) ?? 0;
  const all = at(table, 'n', group.rows.get(order[0]!) ?? row) ?? 0;
  const before = at(table, 'n_before', row) ?? n;
  const part = all > 0 ? n / all : 0;
  const sumw = at(table, 'sumw', row);
  const error = Math.sqrt(Math.max(0, at(table, 'sumw2', row) ?? 0));
  return html`<td class="num first">${countText(n)}</td><td class="num">${percent(n, before)}</td><td class="num bar" style="--part:${(part * 100).toFixed(2)}%">${percent(n, all)}</td>${weighted ? html`<td class="num">${sumw === undefined ? '–' : showUncertain(sumw, error, error)}</td>` : ''}`;
}

function at(table: TableView, column: string, row: number): number | undefined {
  const value = table.columns[column]?.[row];
  return typeof value === 'number' ? value : undefined;
}

function percent(part: number, all: number): string {
  if (!(all > 0)) return '–';
  const value = (100 * part) / all;
  return `${value === 100 ? '100' : value >= 10 ? value.toFixed(1) : showNumber(value, 2)} %`;
}

/** Any table as it is; numbers right-aligned. */
export function plainTable(table: TableView, more: number): Html {
  const names = Object.keys(table.columns);
  const length = names.length === 0 ? 0 : table.columns[names[0]!]!.length;
  const numeric = (name: string) =>
    table.columns[name]!.every((value) => value === null || typeof value === 'number');
  return html`<div class="scroll tall"><table>
<thead><tr>${names.map((name) => html`<th scope="col" class="${numeric(name) ? 'num' : ''}">${name}</th>`)}</tr></thead>
<tbody>${Array.from(
    { length },
    (_, row) =>
      html`<tr>${names.map((name) => html`<td class="${numeric(name) ? 'num' : ''}">${show(table.columns[name]![row])}</td>`)}</tr>`,
  )}</tbody></table></div>${more > 0 ? html`<p class="quiet">and ${countText(more)} more rows in the file</p>` : ''}`;
}

function show(value: TableCell | undefined): string {
  if (typeof value === 'number') return Number.isInteger(value) ? countText(value) : showNumber(value, 6);
  return value === null || value === undefined ? '–' : String(value);
}
