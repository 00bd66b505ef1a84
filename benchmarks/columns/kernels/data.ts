/** Seeded events like NanoAOD's, as flat arrays: the same for our kernels and for Python's. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Column, Schema, Table } from '@fasthep/columns';

/** Park and Miller's generator. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  };
}

export interface Events {
  count: number;
  /** Name to array; list lengths are `n<Collection>`. */
  arrays: Record<string, Float32Array | Int32Array>;
}

export function makeEvents(count: number): Events {
  const next = random(20261122);
  const arrays: Events['arrays'] = {};
  for (const [prefix, mean] of [
    ['Muon', 1.6],
    ['Jet', 4.5],
  ] as const) {
    const lengths = new Int32Array(count);
    let total = 0;
    for (let i = 0; i < count; i++) {
      let n = 0;
      for (let p = next(), limit = Math.exp(-mean); p > limit; p *= next()) n++;
      lengths[i] = n;
      total += n;
    }
    const fill = (make: () => number) => Float32Array.from({ length: total }, make);
    arrays[`n${prefix}`] = lengths;
    arrays[`${prefix}_pt`] = fill(() => 5 - 30 * Math.log(next()));
    arrays[`${prefix}_eta`] = fill(() => (next() - 0.5) * 5);
    arrays[`${prefix}_phi`] = fill(() => (next() - 0.5) * 2 * Math.PI);
    arrays[`${prefix}_mass`] = fill(() => (prefix === 'Muon' ? 0.10566 : 3 + 10 * next()));
    arrays[`${prefix}_charge`] = Int32Array.from({ length: total }, () => (next() < 0.5 ? -1 : 1));
    arrays[`${prefix}_btag`] = fill(next);
  }
  arrays.MET_pt = Float32Array.from({ length: count }, () => -40 * Math.log(next()));
  return { count, arrays };
}

export function asTable({ count, arrays }: Events): { schema: Schema; table: Table } {
  const schema: Schema = {};
  const columns: Record<string, Column> = {};
  for (const prefix of ['Muon', 'Jet']) {
    const offsets = new Int32Array(count + 1);
    arrays[`n${prefix}`]!.forEach((n, i) => {
      offsets[i + 1] = offsets[i]! + n;
    });
    for (const [name, values] of Object.entries(arrays)) {
      if (!name.startsWith(`${prefix}_`)) continue;
      const kind = values instanceof Float32Array ? 'float32' : 'int32';
      schema[name] = { kind: 'list', item: { kind }, counter: `n${prefix}` };
      const content: Column = { kind: 'primitive', type: kind, length: values.length, values };
      columns[name] = { kind: 'list', length: count, offsets, content, counter: `n${prefix}` };
    }
  }
  schema.MET_pt = { kind: 'float32' };
  columns.MET_pt = { kind: 'primitive', type: 'float32', length: count, values: arrays.MET_pt! };
  return { schema, table: { length: count, columns } };
}

/** Raw little-endian arrays, one file each, for `peers.py`. */
export function writeEvents(events: Events, folder: string): void {
  mkdirSync(folder, { recursive: true });
  for (const [name, values] of Object.entries(events.arrays))
    writeFileSync(join(folder, `${name}.${values instanceof Float32Array ? 'f4' : 'i4'}`), values);
}
