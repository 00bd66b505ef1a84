import { createHash } from 'node:crypto';
import type { Column } from '@fasthep/columns';

/** Digests of a column of numbers: its values, flat and little-endian, and the lengths of its lists as int64. */
export interface Digests {
  dtype: string;
  values: number;
  sha256: string;
  /** Outermost first. */
  counts_sha256: string[];
}

/** Digests of the rows of a column. `dtype` is only for messages: types are compared by what they hash to. */
export function digestsOf(column: Column, _dtype: string | undefined): Digests {
  const counts: string[] = [];
  let inner = column;
  let start = 0;
  let stop = column.length;
  while (inner.kind === 'list') {
    const { offsets } = inner;
    const lengths = new BigInt64Array(stop - start);
    for (let i = start; i < stop; i++) lengths[i - start] = BigInt(offsets[i + 1]! - offsets[i]!);
    counts.push(hash(lengths));
    [start, stop] = [offsets[start]!, offsets[stop]!];
    inner = inner.content;
  }
  if (inner.kind !== 'primitive') throw new Error(`no numbers but ${inner.kind}`);
  const values = inner.values.subarray(start, stop);
  return { dtype: inner.type, values: values.length, sha256: hash(values), counts_sha256: counts };
}

function hash(values: ArrayBufferView): string {
  return createHash('sha256')
    .update(new Uint8Array(values.buffer, values.byteOffset, values.byteLength))
    .digest('hex');
}
