import { takeColumn } from './take.ts';
import type { DictionaryColumn, StringColumn } from './types.ts';
import { isValid } from './validity.ts';

/** Gives equal texts equal numbers, in order of first appearance; missing rows have code 0. */
export function dictionaryEncode(column: StringColumn): DictionaryColumn {
  const { length, offsets, bytes, validity } = column;
  const codes = new Int32Array(length);
  const firsts: number[] = [];
  let buckets = new Int32Array(64).fill(-1);
  const hashes: number[] = [];
  for (let i = 0; i < length; i++) {
    if (!isValid(validity, i)) continue;
    const [start, stop] = [offsets[i]!, offsets[i + 1]!];
    const hash = hashBytes(bytes, start, stop);
    let slot = hash & (buckets.length - 1);
    while (buckets[slot]! >= 0) {
      const code = buckets[slot]!;
      if (
        hashes[code] === hash &&
        sameBytes(bytes, offsets[firsts[code]!]!, offsets[firsts[code]! + 1]!, start, stop)
      )
        break;
      slot = (slot + 1) & (buckets.length - 1);
    }
    if (buckets[slot]! >= 0) {
      codes[i] = buckets[slot]!;
      continue;
    }
    codes[i] = firsts.length;
    buckets[slot] = firsts.length;
    firsts.push(i);
    hashes.push(hash);
    if (firsts.length * 2 > buckets.length) buckets = rehash(hashes, buckets.length * 4);
  }
  const { validity: _, ...texts } = column;
  const dictionary = takeColumn(texts, firsts) as StringColumn;
  const out: DictionaryColumn = { kind: 'dictionary', length, codes, dictionary };
  if (validity) out.validity = validity;
  return out;
}

/** The texts of a dictionary column written out; a text column is given back as it is. */
export function toText(column: StringColumn | DictionaryColumn): StringColumn {
  if (column.kind === 'string') return column;
  const indices = Int32Array.from({ length: column.length }, (_, i) =>
    isValid(column.validity, i) ? column.codes[i]! : -1,
  );
  const text = takeColumn(column.dictionary, indices) as StringColumn;
  delete text.validity;
  if (column.validity) text.validity = column.validity;
  return text;
}

function rehash(hashes: readonly number[], size: number): Int32Array<ArrayBuffer> {
  const buckets = new Int32Array(size).fill(-1);
  hashes.forEach((hash, code) => {
    let slot = hash & (size - 1);
    while (buckets[slot]! >= 0) slot = (slot + 1) & (size - 1);
    buckets[slot] = code;
  });
  return buckets;
}

/** FNV-1a with a final mix. */
function hashBytes(bytes: Uint8Array, start: number, stop: number): number {
  let hash = -2128831035;
  for (let i = start; i < stop; i++) hash = Math.imul(hash ^ bytes[i]!, 16777619);
  return hash ^ (hash >>> 15);
}

function sameBytes(bytes: Uint8Array, a: number, aStop: number, b: number, bStop: number): boolean {
  if (aStop - a !== bStop - b) return false;
  for (let i = 0; i < aStop - a; i++) if (bytes[a + i] !== bytes[b + i]) return false;
  return true;
}
