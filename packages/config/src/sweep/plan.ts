import { COMMAND_LINE } from '../origin/types.ts';
import { parseOverrides } from '../override/parse.ts';
import { keyText } from '../override/text.ts';
import type { Override } from '../override/types.ts';
import { isSweep } from '../override/types.ts';
import { ConfigErrors, ConfigProblem } from '../problem/problem.ts';
import type { ExpandOptions } from './expand.ts';
import { expandOverride } from './expand.ts';

/** Most jobs that one command line may ask for. */
const MAX_JOBS = 100_000;

/** One run of a multirun. */
export interface Job {
  /** Its number: its place in the product, so that it stays the same when a multirun is resumed. */
  number: number;
  /** All its override words. */
  overrides: string[];
  /** Only those that differ from job to job: what a table of jobs shows. */
  varied: Record<string, string>;
}

export interface PlanOptions extends ExpandOptions {
  /** Sweeps over these keys go side by side, first with first, instead of in all combinations. */
  zip?: string[][];
}

/** A dimension of the product: rows of words, each the words of one step. */
interface Dimension {
  rows: string[][];
  keys: string[];
  varies: boolean;
}

/**
 * The jobs of parsed overrides: the product of all sweeps, the first override slowest. A key given twice counts
 * in its last form, in the place of the first.
 */
export function planJobs(overrides: readonly Override[], options: PlanOptions = {}): Job[] {
  const dimensions = new Map<string, Dimension>();
  for (const override of overrides) {
    const key = keyText(override);
    const sweep = override.value !== undefined && isSweep(override.value);
    dimensions.set(key, {
      rows: expandOverride(override, options).map((word) => [word]),
      keys: [key],
      varies: sweep,
    });
  }
  for (const group of options.zip ?? []) zipDimensions(dimensions, group);

  let jobs: { words: string[]; varied: Record<string, string> }[] = [{ words: [], varied: {} }];
  for (const { rows, keys, varies } of dimensions.values()) {
    if (jobs.length * rows.length > MAX_JOBS)
      throw new ConfigProblem('limit', `the sweeps ask for more than ${MAX_JOBS} jobs`);
    jobs = jobs.flatMap((job) =>
      rows.map((row) => ({
        words: [...job.words, ...row],
        varied: varies
          ? {
              ...job.varied,
              ...Object.fromEntries(
                row.map((word, index) => [keys[index]!, word.slice(word.indexOf('=') + 1)]),
              ),
            }
          : job.varied,
      })),
    );
  }
  return jobs.map(({ words, varied }, number) => ({ number, overrides: words, varied }));
}

function zipDimensions(dimensions: Map<string, Dimension>, group: string[]): void {
  const members = group.map((key) => {
    const found = dimensions.get(key);
    if (!found)
      throw new ConfigProblem('override', `zip names '${key}', which is not swept`, {
        help: `swept are ${[...dimensions.keys()].join(', ')}`,
      });
    return found;
  });
  const [first, ...others] = members;
  if (!first) return;
  for (const [index, other] of others.entries())
    if (other.rows.length !== first.rows.length)
      throw new ConfigProblem(
        'override',
        `zip needs as many values everywhere: '${group[0]}' has ${first.rows.length}, '${group[index + 1]}' has ${other.rows.length}`,
      );
  first.rows = first.rows.map((row, index) => [...row, ...others.flatMap((other) => other.rows[index]!)]);
  first.keys = members.flatMap((one) => one.keys);
  for (const key of group.slice(1)) dimensions.delete(key);
}

/** Cuts jobs into batches of at most `size`; one batch without a size. */
export function batches<T>(jobs: readonly T[], size?: number): T[][] {
  if (size === undefined || size === -1) return [[...jobs]];
  if (!Number.isInteger(size) || size < 1) throw new ConfigProblem('type', 'a batch holds at least one job');
  const cut: T[][] = [];
  for (let at = 0; at < jobs.length; at += size) cut.push(jobs.slice(at, at + size));
  return cut;
}

/** The jobs of command-line words. Throws `ConfigErrors`. */
export function planMultirun(words: readonly string[], options: PlanOptions = {}): Job[] {
  const { overrides, problems } = parseOverrides(words);
  const sources = { [COMMAND_LINE]: words.join('\n') };
  if (problems.length > 0) throw new ConfigErrors(problems, sources);
  try {
    return planJobs(overrides, options);
  } catch (error) {
    if (error instanceof ConfigProblem) throw new ConfigErrors([error], sources);
    throw error;
  }
}

/** The jobs that are still to be run, given the numbers of those that are done; numbers do not change. */
export const remainingJobs = (jobs: readonly Job[], done: ReadonlySet<number>): Job[] =>
  jobs.filter((job) => !done.has(job.number));
