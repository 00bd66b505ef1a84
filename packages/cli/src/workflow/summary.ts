/** What a run says at its end. */
import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { TaskError } from '@fasthep/flow';
import { isUtf8, paint } from '../terminal/colour.ts';
import { type CliContext, print, say } from '../terminal/context.ts';
import { table } from '../terminal/table.ts';
import { bytes, count, duration } from '../terminal/units.ts';

/** A product with its files in the run directory. */
export interface PublishedProduct {
  name: string;
  node: string;
  port: string;
  type: string;
  key: string;
  task: string;
  files: string[];
}

/** A run in a few numbers. */
export interface RunSummary {
  run: string;
  workflow: string;
  outcome: string;
  /** `limit` took only part of the input. */
  partial: boolean;
  milliseconds: number;
  tasks: { done: number; reused: number; failed: number; skipped: number; blocked: number };
  rows: number;
  bytes: number;
  products: PublishedProduct[];
  /** `excuse`: why it does not fail the run. */
  errors: { task: string; error: TaskError; excuse?: string }[];
}

/** Tables with more rows are left to their files. */
const MOST_ROWS = 30;

/** Tables on standard output, where everything lies and what failed beside it. */
export async function showSummary(
  context: CliContext,
  summary: RunSummary,
  flags: { json?: boolean; events?: boolean },
): Promise<void> {
  const colours = paint(context.process.stderr, context.process.env);
  if (!flags.json && !flags.events) await showTables(context, summary);
  for (const { task, error, excuse } of summary.errors) {
    const where = Object.entries(error.where ?? {})
      .map(([name, value]) => `${name} ${value}`)
      .join(', ');
    const label = excuse
      ? colours('yellow', `warning[${error.code}]`)
      : colours('red', `failed[${error.code}]`);
    const after = excuse ? ` (${excuse})` : '';
    say(context, `${label}: ${task}: ${error.message}${after}${where ? `\n   in ${where}` : ''}`);
    if (error.help && !excuse) say(context, `   ${colours('cyan', 'help:')} ${error.help}`);
  }
  const { tasks } = summary;
  if (tasks.blocked > 0) say(context, `${tasks.blocked} tasks that depend on these did not run`);
  say(context, lastLine(context, summary));
}

async function showTables(context: CliContext, { run, products }: RunSummary): Promise<void> {
  const { env, stdout } = context.process;
  const colours = paint(stdout, env);
  const tables = products.flatMap((product) => {
    const file = product.files.find((name) => name.endsWith('.json'));
    if (file === undefined || !(product.type === 'report' || product.type === 'table')) return [];
    const columns = columnsOf(JSON.parse(readFileSync(join(run, file), 'utf8')));
    const rows = Math.max(0, ...Object.values(columns ?? {}).map((values) => values.length));
    return columns && rows <= MOST_ROWS
      ? [{ name: product.name, report: product.type === 'report', columns }]
      : [];
  });
  if (tables.length === 0) return;
  const render = await import('@fasthep/render/tables').catch(() => undefined);
  const options = { width: stdout.columns ?? 100, ascii: !isUtf8(env) };
  for (const { name, report, columns } of tables) {
    const text = render
      ? (report ? render.cutflowText : render.tableText)({ name, columns }, options)
      : table(Object.keys(columns), rowsOf(columns));
    print(context, `${colours('bold', name)}\n${text.trimEnd()}\n`);
  }
}

type Cell = string | number | boolean | null;

/** A table as JSON, a list of rows or a map of columns, as columns. */
function columnsOf(json: unknown): Record<string, Cell[]> | undefined {
  if (typeof json !== 'object' || json === null) return undefined;
  if (!Array.isArray(json)) {
    return Object.values(json).every(Array.isArray) ? (json as Record<string, Cell[]>) : undefined;
  }
  const rows = json as Record<string, Cell>[];
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  return Object.fromEntries(names.map((name) => [name, rows.map((row) => row[name] ?? null)]));
}

function rowsOf(columns: Record<string, Cell[]>): string[][] {
  const lists = Object.values(columns);
  return (lists[0] ?? []).map((_, row) => lists.map((values) => String(values[row] ?? '')));
}

function lastLine({ process }: CliContext, summary: RunSummary): string {
  const { outcome, tasks, rows, milliseconds, products, partial } = summary;
  const files = products.reduce((sum, { files: own }) => sum + own.length, 0);
  const where = relative(process.cwd(), summary.run) || summary.run;
  const time = duration(milliseconds);
  const stamp = partial ? ' (only part of the input: limit is set)' : '';
  if (outcome === 'interrupted') {
    return `interrupted after ${time}. What is done is stored: run the same command again to go on.`;
  }
  const worked =
    tasks.done + tasks.failed === 0
      ? 'everything was cached, nothing read'
      : `${tasks.done} tasks done${tasks.reused > 0 ? `, ${tasks.reused} cached` : ''}, ${count(rows)} rows, ${bytes(summary.bytes)} read`;
  return `${outcome === 'done' ? 'done' : 'failed'} in ${time}: ${worked}${stamp}\n${files} ${files === 1 ? 'file' : 'files'} in ${where}`;
}
