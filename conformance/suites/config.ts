/** OmegaConf and Hydra: vectors whose answers the real libraries computed. */
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { ConfigErrors, ConfigProblem } from '@fasthep/config';
import type { Context, Outcome, Suite } from '../types.ts';
import { runApp } from './config/app.ts';
import { type Json, markKeys, same } from './config/codec.ts';
import { kindOfClass, kindsOfCode } from './config/errors.ts';
import { OPERATIONS as HYDRA, setTrees } from './config/hydra.ts';
import { leftOut } from './config/left-out.ts';
import { Bench, OPERATIONS as OMEGACONF, StepFailed } from './config/omegaconf.ts';

interface Vector {
  id: string;
  category: string;
  op: string;
  input: Record<string, Json>;
  expect: Record<string, Json>;
  differs?: Record<string, Record<string, Json>>;
}

interface Failure {
  code: string;
  message: string;
  fullKey: string | undefined;
  step: number | undefined;
}

type Answer = { value: Record<string, Json> } | { failure: Failure };

async function answer(vector: Vector): Promise<Answer> {
  const run = OMEGACONF[vector.op] ?? HYDRA[vector.op];
  if (!run && vector.op !== 'hydra.cli') throw new Error(`no operation is named ${vector.op}`);
  try {
    const bench = new Bench(structuredClone(vector.input));
    if (vector.op === 'hydra.cli')
      return { value: runApp(bench, vector.expect.value as Record<string, Json>) };
    return { value: await run!(bench) };
  } catch (error) {
    const step = error instanceof StepFailed ? error.step : undefined;
    const inner = error instanceof StepFailed ? error.cause : error;
    const problem = inner instanceof ConfigErrors ? inner.problems[0] : inner;
    if (!(problem instanceof ConfigProblem)) throw inner;
    return { failure: { code: problem.code, message: problem.message, fullKey: problem.fullKey, step } };
  }
}

/** What a program says on stderr is text of its own; that it fails, and with what code, is compared. */
function withoutErrors(value: Json): Json {
  const { stderr_first_line: _first, stderr_last_line: _last, ...rest } = value as Record<string, Json>;
  return rest;
}

function fits(expected: Record<string, Json>, got: Answer, op: string): string | undefined {
  const error = expected.error as { class: string; full_key?: string; step?: number } | undefined;
  if (error) {
    if ('value' in got) return 'an error was expected';
    const kind = kindOfClass(error.class, op);
    const kinds = kindsOfCode(got.failure.code);
    if (!kinds.includes(kind)) return `kind ${kind} was expected, not ${kinds.join('/')}`;
    if (error.step !== undefined && error.step !== got.failure.step)
      return `step ${error.step} should have failed`;
    if (error.full_key && error.full_key !== got.failure.fullKey)
      return `full key ${error.full_key} was expected, not ${got.failure.fullKey}`;
    return undefined;
  }
  if ('failure' in got) return `an error: ${got.failure.message}`;
  for (const [key, value] of Object.entries(expected)) {
    const wanted = op === 'hydra.cli' ? withoutErrors(value) : value;
    if (!same(wanted, got.value[key]!)) return `${key} differs`;
  }
  return undefined;
}

async function check(vector: Vector): Promise<Outcome> {
  const { id } = vector;
  const reason = leftOut(vector);
  if (reason) return { id, status: 'skipped', reason };
  try {
    const got = await answer(vector);
    const ways = [vector.expect, ...Object.values(vector.differs ?? {})];
    const wrong = ways.map((one) => fits(one, got, vector.op));
    if (wrong.some((one) => one === undefined)) return { id, status: 'passed' };
    return { id, status: 'failed', expected: vector.expect, got, reason: wrong[0] };
  } catch (error) {
    return {
      id,
      status: 'failed',
      expected: vector.expect,
      reason: (error as Error).stack?.split('\n').slice(0, 4).join(' | '),
    };
  }
}

export const suite: Suite = {
  name: 'config',
  accepts: (path) => /^(omegaconf|hydra)\.\w+\.json$/.test(basename(path)),
  async *run(path: string, context: Context) {
    const trees = context.find('trees.json');
    if (trees) setTrees(JSON.parse(readFileSync(trees, 'utf8')));
    for (const vector of JSON.parse(markKeys(readFileSync(path, 'utf8'))) as Vector[])
      yield await check(vector);
  },
};
