import type { Listed } from '../compose/compose.ts';
import { defaultsTreeText } from '../defaults/list.ts';

/** Rows under heads, as wide as their widest cell. */
function table(heads: string[], rows: string[][], loose: boolean): string[] {
  const widths = heads.map((head, index) => Math.max(head.length, ...rows.map((row) => row[index]!.length)));
  const line = (cells: string[]) =>
    `| ${cells.map((cell, index) => cell.padEnd(widths[index]!)).join(' | ')} |`;
  const rule = '-'.repeat(line(heads).length + (loose ? 1 : 0));
  return [`${line(heads)}${loose ? ' ' : ''}`, rule, ...rows.map(line), rule];
}

const title = (text: string): string[] => ['', text, '*'.repeat(text.length)];

/** The search path, as `--info searchpath` prints it. */
export function searchPathText({ repository }: Pick<Listed, 'repository'>): string {
  const seen = new Set<string>();
  const rows = repository.sources
    .filter((source) => source.provider !== 'nothing')
    .map((source) => [source.provider, source.path])
    .filter((row) => !seen.has(row.join('\0')) && seen.add(row.join('\0')));
  return `${[...title('Config search path'), ...table(['Provider', 'Search path'], rows, false)].join('\n')}\n`;
}

/** The final defaults list, as `--info defaults` prints it. */
export function defaultsText({ list }: Pick<Listed, 'list'>): string {
  const rows = list.map((one) => [
    one.configPath,
    one.package,
    one.isSelf ? 'True' : 'False',
    one.parent ?? (one.primary ? '' : '<root>'),
  ]);
  return `${[...title('Defaults List'), ...table(['Config path', 'Package', '_self_', 'Parent'], rows, true)].join('\n')}\n`;
}

/** The tree of defaults lists, as `--info defaults-tree` prints it. */
export function treeText({ tree }: Pick<Listed, 'tree'>): string {
  return `${[...title('Defaults Tree'), ...defaultsTreeText(tree)].join('\n')}\n`;
}
