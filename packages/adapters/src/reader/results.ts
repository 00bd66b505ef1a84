/** States of the partitions of a JavaScript reader → its result. */
import type { BatchResults, Json, JsonObject } from '@fasthep/flow';
import { callOf, foundIn } from '../code/index.ts';
import { AdaptError } from '../error.ts';
import { loadReader } from './module.ts';
import { decodeState, encodeState, plainResult } from './state.ts';
import { guarded } from './work.ts';

export const jsResults: Pick<BatchResults, 'merge' | 'assemble'> = {
  async merge(args, _port, parts, { known }) {
    const [what, reader] = await readerFor(args, known);
    if (!reader.merge) throw unmergeable(what, parts.length);
    const states = parts.map((bytes) => reader.revive(decodeState(bytes)));
    const sum = states.reduce((a, b) => guarded(what, 'merge', undefined, () => reader.merge!(a, b)) ?? a);
    return encodeState(sum, what);
  },
  async assemble(args, _port, parts, { known }) {
    const [what, reader] = await readerFor(args, known);
    const results = parts.map(({ labels, bytes }): [string, Json] => {
      const state = reader.revive(decodeState(bytes));
      const result = reader.result ? guarded(what, 'result', undefined, () => reader.result!(state)) : state;
      return [labels.dataset ?? '', plainResult(result)];
    });
    return byDataset(results);
  },
};

/** One value, or by dataset where there are datasets. */
export function byDataset(results: readonly (readonly [string, Json])[]): Json {
  const [first] = results;
  if (!first) return null;
  return first[0] === '' && results.length === 1 ? first[1] : Object.fromEntries(results);
}

export function unmergeable(what: string, parts: number): AdaptError {
  return new AdaptError(
    'adapt.no-merge',
    `${what} has no merge, and its result comes from ${parts} partitions`,
    'give it a merge, or read each dataset in one pass: order: whole-dataset',
  );
}

async function readerFor(args: Json, known: JsonObject | undefined) {
  const options = args as JsonObject;
  const call = callOf(options);
  return [String(options.call), await loadReader(call, foundIn(known), options.args ?? null)] as const;
}
