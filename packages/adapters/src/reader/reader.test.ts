import { columnFrom, makeTable, type Schema, schemaOf, type Table, toRows } from '@fasthep/columns';
import { describe, expect, test } from 'vitest';
import type { LoadedReader } from './module.ts';
import { decodeState, encodeState, plainResult } from './state.ts';
import { startReader } from './work.ts';

const jets = makeTable({
  run: columnFrom([1n, 1n, 2n, 2n], { kind: 'int64' }),
  met: columnFrom([10, 20.5, 30, 40], { kind: 'float32' }),
  good: columnFrom([true, false, true, true], { kind: 'bool' }),
  'Jet.pt': columnFrom([[50, 30], [], [20], [70, 60, 10]], { kind: 'list', item: { kind: 'float64' } }),
  tag: columnFrom(['a', 'b', null, 'd'], { kind: 'string', nullable: true }),
  weight: columnFrom([1, null, 3, 4], { kind: 'float64', nullable: true }),
});

function run(
  reader: Partial<LoadedReader> & Pick<LoadedReader, 'event'>,
  produces: Schema = {},
  batches = [jets],
) {
  const work = startReader({ revive: (state) => state, ...reader }, 'r.mjs:R', null, produces);
  const rows = batches.flatMap((batch) => toRows(work.push(batch) as Table));
  const { result } = work.finish!() as Record<string, Uint8Array>;
  return { rows, state: decodeState(result!) };
}

test('an event shows each field: numbers, whole 64-bit numbers, texts, lists, what is missing', () => {
  const seen: unknown[] = [];
  run({
    event(event) {
      const pt = event.Jet_pt as { length: number; at(j: number): number | undefined } & Iterable<number>;
      const { run, met, good, tag, weight } = event;
      seen.push([
        run,
        met,
        good,
        tag,
        weight,
        pt.length,
        pt.at(0),
        pt.at(-1),
        pt.at(9),
        [...pt],
        event['Jet.pt'] === pt,
      ]);
    },
  });
  expect(seen).toEqual([
    [1n, 10, true, 'a', 1, 2, 50, 30, undefined, [50, 30], true],
    [1n, 20.5, false, 'b', null, 0, undefined, undefined, undefined, [], true],
    [2n, 30, true, null, 3, 1, 20, 20, undefined, [20], true],
    [2n, 40, true, 'd', 4, 3, 70, 10, undefined, [70, 60, 10], true],
  ]);
});

test('exactly false drops the event, and what was written for it', () => {
  const results = [false, 0, null, ''];
  let n = 0;
  const { rows } = run(
    {
      event(_, out) {
        (out.hot as { push(x: number): void }).push(n);
        out.n = n;
        return results[n++];
      },
    },
    { n: { kind: 'int32' }, hot: { kind: 'list', item: { kind: 'float64' } } },
  );
  expect(rows.map(({ met, n, hot }) => [met, n, hot])).toEqual([
    [20.5, 1, [1]],
    [30, 2, [2]],
    [40, 3, [3]],
  ]);
});

test('a field of the rows can be written anew; where the batches end does not show', () => {
  const halves = [0, 2].map((start) =>
    makeTable({ met: columnFrom([1 + start, 2 + start], { kind: 'float64' }) }),
  );
  const whole = makeTable({ met: columnFrom([1, 2, 3, 4], { kind: 'float64' }) });
  const reader = {
    begin: () => ({ sum: 0 }),
    event(event: { met?: unknown }, out: Record<string, unknown>, state: unknown) {
      (state as { sum: number }).sum += event.met as number;
      out.met = (state as { sum: number }).sum;
    },
  };
  const made = { met: { kind: 'float64' as const } };
  const expected = [{ met: 1 }, { met: 3 }, { met: 6 }, { met: 10 }];
  expect(run(reader, made, halves)).toEqual({ rows: expected, state: { sum: 10 } });
  expect(run(reader, made, [whole])).toEqual({ rows: expected, state: { sum: 10 } });
});

describe('what a reader writes is checked', () => {
  test.each([
    ['another type', { n: { kind: 'int32' as const } }, 'n', 1.5, /'n' is int32, and 1.5 is not/],
    ['a text', { n: { kind: 'float64' as const } }, 'n', 'x', /'n' is float64, and "x" is not/],
    ['a misspelt field', { n: { kind: 'float64' as const } }, 'm', 1, /m/],
    ['nothing', { n: { kind: 'float64' as const } }, 'n', undefined, /'n' was not written/],
  ])('%s', (_, produces, name, value, message) => {
    const event = (_event: unknown, out: Record<string, unknown>) => {
      out[name] = value;
    };
    expect(() => run({ event }, produces)).toThrow(message);
    expect(() => run({ event }, produces)).toThrow(/^r\.mjs:R failed in event/);
  });
  test('nothing, where it may be missing', () => {
    const { rows } = run({ event: () => undefined }, { n: { kind: 'int64', nullable: true } });
    expect(rows.map(({ n }) => n)).toEqual([null, null, null, null]);
  });
});

test('states keep what JSON does not know', () => {
  const state = {
    seen: new Set([1n, 'a']),
    by: new Map([[2, [Number.NaN, -0]]]),
    sums: new Float64Array([0.1, -1]),
    none: undefined,
    $: 1,
  };
  const back = decodeState(encodeState(state, 'R'));
  expect(back).toEqual(state);
  expect(Object.is((back as typeof state).by.get(2)![1], -0)).toBe(true);
  expect(() => encodeState({ f: () => 1 }, 'R')).toThrow(/holds a function/);
  expect(plainResult(state)).toEqual({
    seen: [1, 'a'],
    by: { 2: ['NaN', -0] },
    sums: [0.1, -1],
    none: null,
    $: 1,
  });
});

test('a cursor makes nothing for an event: five million events a second', () => {
  const n = 400_000;
  const counts = Int32Array.from({ length: n + 1 }, (_, i) => Math.floor(i * 1.7));
  const values = Float64Array.from({ length: counts[n]! }, (_, i) => (i * 7919) % 100);
  const table: Table = {
    length: n,
    columns: {
      met: {
        kind: 'primitive',
        type: 'float64',
        length: n,
        values: Float64Array.from({ length: n }, (_, i) => i % 200),
      },
      jet_pt: {
        kind: 'list',
        length: n,
        offsets: counts,
        content: { kind: 'primitive', type: 'float64', length: values.length, values },
      },
    },
  };
  expect(Object.keys(schemaOf(table))).toEqual(['met', 'jet_pt']);
  const reader: LoadedReader = {
    revive: (state) => state,
    event(event, out) {
      const pt = event.jet_pt as { length: number; at(j: number): number };
      let ht = 0;
      for (let j = 0; j < pt.length; j++) if (pt.at(j) > 30) ht += pt.at(j);
      out.ht = ht;
      return (event.met as number) > 20 || ht > 100;
    },
  };
  const work = startReader(reader, 'r.mjs:R', null, { ht: { kind: 'float64' } });
  work.push(table);
  const start = performance.now();
  for (let i = 0; i < 3; i++) work.push(table);
  const rate = (3 * n) / (performance.now() - start) / 1000;
  if (process.env.SHOW_RATE) console.log(`${rate.toFixed(1)} million events/s`);
  // Far below what is measured on an idle machine, so that a busy one does not fail.
  expect(rate).toBeGreaterThan(1);
});
