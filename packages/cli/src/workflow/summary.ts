/** What a run says at its end. */
import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { TaskError } from '@fasthep/flow';
import { paint } from '../terminal/colour.ts';
import { type CliContext, print, say } from '../terminal/context.ts';
import { parseCsv, table } from '../terminal/table.ts';
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
  errors: { task: string; error: TaskError }[];
}

/** Tables with more rows are left to their files. */
const MOST_ROWS = 30;

/** Tables on standard output, where everything lies and what failed beside it. */
export function showSummary(
  context: CliContext,
  summary: RunSummary,
  flags: { json?: boolean; events?: boolean },
): void {
  const colours = paint(context.process.stderr, context.process.env);
  if (!flags.json && !flags.events) showTables(context, summary);
  for (const { task, error } of summary.errors) {
    const where = Object.entries(error.where ?? {})
      .map(([name, value]) => `${name} ${value}`)
      .join(', ');
    say(
      context,
      `${colours('red', `failed[${error.code}]`)}: ${task}: ${error.message}${where ? `\n   in ${where}` : ''}`,
    );
    if (error.help) say(context, `   ${colours('cyan', 'help:')} ${error.help}`);
  }
  const { tasks } = summary;
  if (tasks.blocked > 0) say(context, `${tasks.blocked} tasks that depend on these did not run`);
  say(context, lastLine(context, summary));
}

function showTables(context: CliContext, { run, products }: RunSummary): void {
  const colours = paint(context.process.stdout, context.process.env);
  for (const product of products) {
    const file = product.files.find((name) => name.endsWith('.csv'));
    if (file === undefined || !(product.type === 'report' || product.type === 'table')) continue;
    const [head, ...rows] = parseCsv(readFileSync(join(run, file), 'utf8'));
    if (!head || rows.length > MOST_ROWS) continue;
    print(
      context,
      `${colours('bold', product.name)}\n${table(
        head,
        rows.map((row) => row.map(short)),
      )}\n`,
    );
  }
}

/** Six digits are enough to look at; the file has all. */
function short(cell: string): string {
  const number = Number(cell);
  return cell === '' || !/[.e]/i.test(cell) || !Number.isFinite(number)
    ? cell
    : String(Number(number.toPrecision(6)));
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
  return `${outcome === 'done' ? 'done' : 'failed'} in ${time}: ${worked}${stamp}\n${files} files in ${where}`;
}
