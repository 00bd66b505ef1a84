import { RootError } from '../error/error.ts';

/** Unpacks one raw LZ4 block (https://github.com/lz4/lz4/blob/dev/doc/lz4_Block_format.md). */
export function lz4(source: Uint8Array, start: number, size: number): Uint8Array {
  const out = new Uint8Array(size);
  const end = source.length;
  let from = start;
  let to = 0;
  while (from < end) {
    const token = source[from++]!;
    let literals = token >>> 4;
    if (literals === 15) {
      let more: number;
      do {
        if (from >= end) throw damaged();
        more = source[from++]!;
        literals += more;
      } while (more === 255);
    }
    if (from + literals > end || to + literals > size) throw damaged();
    if (literals > 24) {
      out.set(source.subarray(from, from + literals), to);
      from += literals;
      to += literals;
    } else for (let i = 0; i < literals; i++) out[to++] = source[from++]!;
    if (from >= end) break;
    if (from + 2 > end) throw damaged();
    const distance = source[from]! | (source[from + 1]! << 8);
    from += 2;
    let length = token & 15;
    if (length === 15) {
      let more: number;
      do {
        if (from >= end) throw damaged();
        more = source[from++]!;
        length += more;
      } while (more === 255);
    }
    length += 4;
    if (distance === 0 || distance > to || to + length > size) throw damaged();
    if (distance >= length && length > 24) {
      out.copyWithin(to, to - distance, to - distance + length);
      to += length;
    } else for (let i = 0; i < length; i++, to++) out[to] = out[to - distance]!;
  }
  if (to !== size) throw damaged();
  return out;
}

function damaged(): RootError {
  return new RootError('ROOT-E07', 'damaged LZ4 block');
}
