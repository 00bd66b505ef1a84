/** Progress as lines: one for each dataset, and one for all. */
import type { Paint } from '../terminal/colour.ts';
import { width } from '../terminal/table.ts';
import { bytes, clock, count } from '../terminal/units.ts';
import { type DatasetProgress, fraction, type RunProgress } from './model.ts';

const BAR = 20;

/** `zz  ██████──────  62 %  1.5 k of 2.4 k rows  210 k/s  34 MB/s  0:03 left` */
function datasetLine(dataset: DatasetProgress, names: number, colours: Paint, now: number): string {
  const done = fraction(dataset);
  const full = Math.round(done * BAR);
  const bar =
    colours(dataset.failed > 0 ? 'red' : 'green', '█'.repeat(full)) + colours('dim', '─'.repeat(BAR - full));
  const name = dataset.name || 'rows';
  const of = dataset.rows === undefined ? '' : ` of ${count(dataset.rows)}`;
  const parts = [
    name + ' '.repeat(Math.max(0, names - width(name))),
    bar,
    `${String(Math.floor(done * 100)).padStart(3)} %`,
    `${count(dataset.rowsDone)}${of} rows`,
    ...speeds(dataset, done, now),
  ];
  if (dataset.failed > 0) parts.push(colours('red', `${dataset.failed} failed`));
  return parts.join('  ');
}

function speeds(
  { started, last, rowsDone, bytesRead }: DatasetProgress,
  done: number,
  now: number,
): string[] {
  if (started === undefined) return [];
  const until = done >= 1 ? last! : now;
  const seconds = (until - started) / 1000;
  if (seconds < 0.1) return [];
  const rates = [`${count(rowsDone / seconds)}/s`, `${bytes(bytesRead / seconds)}/s`];
  if (done > 0 && done < 1) rates.push(`${clock(((until - started) * (1 - done)) / done)} left`);
  return rates;
}

/** The lines of a run, at most `most`; what does not fit is counted. */
export function progressLines(state: RunProgress, most: number, colours: Paint, now: number): string[] {
  const all = [...state.datasets.values()];
  // What is at work comes first, when not everything fits.
  const shown =
    all.length <= most ? all : [...all].sort((a, b) => rank(a) - rank(b)).slice(0, Math.max(1, most - 1));
  const names = Math.max(4, ...shown.map(({ name }) => width(name)));
  const lines = shown.map((dataset) => datasetLine(dataset, names, colours, now));
  if (shown.length < all.length) lines.push(colours('dim', `+ ${all.length - shown.length} more`));
  const failed = state.failed > 0 ? `, ${colours('red', `${state.failed} failed`)}` : '';
  lines.push(colours('dim', `${state.tasksDone} of ${state.tasks} tasks`) + failed);
  return lines;
}

function rank(dataset: DatasetProgress): number {
  const done = fraction(dataset);
  return done >= 1 ? 2 : dataset.started === undefined ? 1 : 0;
}
