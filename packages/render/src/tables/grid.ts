/** How terminal output is drawn. */
export interface TextOptions {
  /** No character outside ASCII: for terminals without UTF-8. */
  ascii?: boolean;
  /** Columns of the terminal (80). */
  width?: number;
}

/** A column of text: its title and how its cells are aligned. */
export interface GridColumn {
  title: string;
  align?: 'left' | 'right';
  /** A rule stands before it. */
  rule?: boolean;
}

const BOX = { row: '─', column: '│', cross: '┼' };
const PLAIN = { row: '-', column: '|', cross: '+' };

/** Columns that a terminal gives a text: combining characters take none, East Asian wide ones two. */
export function textColumns(text: string): number {
  let columns = 0;
  for (const character of text) {
    if (/\p{M}|\p{Cf}/u.test(character)) continue;
    columns +=
      /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}/u.test(
        character,
      )
        ? 2
        : 1;
  }
  return columns;
}

/** Fills up to a width, or cuts with an ellipsis. */
export function fit(text: string, width: number, align: 'left' | 'right' = 'left', ascii = false): string {
  let shown = text;
  if (textColumns(shown) > width) {
    const mark = ascii ? '~' : '…';
    const characters = [...shown];
    while (characters.length > 0 && textColumns(characters.join('')) > width - 1) characters.pop();
    shown = characters.join('') + mark;
  }
  const space = ' '.repeat(Math.max(0, width - textColumns(shown)));
  return align === 'right' ? space + shown : shown + space;
}

/** Aligned columns under a rule; text columns shrink to fit the width. Lines have no spaces at their ends. */
export function gridText(
  titles: readonly GridColumn[],
  rows: readonly (readonly string[])[],
  options: TextOptions & { groups?: { title: string; span: number }[] } = {},
): string {
  const box = options.ascii ? PLAIN : BOX;
  // Before anything is measured: plain forms are longer.
  const shown = (text: string) => (options.ascii ? toAscii(clean(text)) : clean(text));
  const columns = titles.map((column) => ({ ...column, title: shown(column.title) }));
  const cells = rows.map((row) => columns.map((_, index) => shown(row[index] ?? '')));
  const widths = columns.map((column, index) =>
    Math.max(textColumns(column.title), ...cells.map((row) => textColumns(row[index]!))),
  );
  shrink(columns, widths, options.width ?? 80);
  const between = (index: number, rule: string, space: string) =>
    index === 0 ? '' : columns[index]!.rule ? `${space}${rule}${space}` : space + space;
  const line = (row: readonly string[]) =>
    columns
      .map(
        (column, index) =>
          between(index, box.column, ' ') + fit(row[index]!, widths[index]!, column.align, options.ascii),
      )
      .join('')
      .trimEnd();
  const rule = columns
    .map((_, index) => between(index, box.cross, box.row) + box.row.repeat(widths[index]!))
    .join('');
  const lines = [line(columns.map((column) => column.title)), rule, ...cells.map(line)];
  const groups = options.groups?.map((group) => ({ ...group, title: shown(group.title) }));
  if (groups) lines.unshift(groupLine(columns, widths, groups, box.column, options.ascii));
  return `${lines.join('\n')}\n`;
}

/** Characters of numbers and labels that have a plain form; the others become question marks. */
export function toAscii(text: string): string {
  return text
    .replace(/±/gu, '+-')
    .replace(
      /×10([⁻⁰¹²³⁴-⁹]+)/gu,
      (_, digits: string) =>
        `e${[...digits].map((one) => ('⁰¹²³⁴⁵⁶⁷⁸⁹'.includes(one) ? '⁰¹²³⁴⁵⁶⁷⁸⁹'.indexOf(one) : '-')).join('')}`,
    )
    .replace(/[−–]/gu, '-')
    .replace(/[ \u00a0]/gu, ' ')
    .replace(/μ/gu, 'mu')
    .replace(/→/gu, '->')
    .replace(/∞/gu, 'inf')
    .replace(/…/gu, '..')
    .replace(/[^\x20-\x7e\n]/gu, '?');
}

function clean(text: string): string {
  return text.replace(/\p{Cc}+/gu, ' ');
}

function shrink(columns: readonly GridColumn[], widths: number[], width: number): void {
  const total = () =>
    widths.reduce((sum, one, index) => sum + one + (index === 0 ? 0 : columns[index]!.rule ? 3 : 2), 0);
  while (total() > width) {
    // Numbers are never cut.
    let widest = -1;
    for (const [index, column] of columns.entries())
      if (column.align !== 'right' && widths[index]! > 8 && (widest < 0 || widths[index]! > widths[widest]!))
        widest = index;
    if (widest < 0) return;
    widths[widest]!--;
  }
}

function groupLine(
  columns: readonly GridColumn[],
  widths: readonly number[],
  groups: readonly { title: string; span: number }[],
  column: string,
  ascii?: boolean,
): string {
  let text = '';
  let at = 0;
  for (const group of groups) {
    let room = 0;
    for (let k = 0; k < group.span; k++)
      room += widths[at + k]! + (k === 0 ? 0 : columns[at + k]!.rule ? 3 : 2);
    text +=
      (at === 0 ? '' : columns[at]!.rule ? ` ${column} ` : '  ') + fit(group.title, room, 'left', ascii);
    at += group.span;
  }
  return text.trimEnd();
}
