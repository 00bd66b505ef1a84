import { ColumnsError } from '../../error.ts';

function broken(): never {
  throw new ColumnsError('arrow.damaged', 'an LZ4 buffer is damaged', 'make the file again');
}

/**
 * `length` bytes from an LZ4 frame (https://github.com/lz4/lz4/blob/dev/doc/lz4_Frame_format.md). Blocks may
 * refer to earlier ones; checksums are stepped over. Throws `arrow.damaged`.
 */
export function readLz4Frame(data: Uint8Array, length: number): Uint8Array {
  const view = new DataView(data.buffer, data.byteOffset, data.length);
  if (data.length < 7 || view.getUint32(0, true) !== 0x184d2204) broken();
  const flags = data[4]!;
  const blockChecksum = flags & 0x10 ? 4 : 0;
  let at = 6 + (flags & 0x08 ? 8 : 0) + (flags & 0x01 ? 4 : 0) + 1;
  const out = new Uint8Array(length);
  let used = 0;
  while (at + 4 <= data.length) {
    const size = view.getUint32(at, true);
    at += 4;
    if (size === 0) break;
    const stored = data.subarray(at, at + (size & 0x7fffffff));
    at += stored.length + blockChecksum;
    if (size < 2 ** 31) used = readLz4Block(stored, out, used);
    else {
      if (used + stored.length > length) broken();
      out.set(stored, used);
      used += stored.length;
    }
  }
  if (used !== length) broken();
  return out;
}

/** Uncompresses one block to `out` from `used` on; gives where it ends. */
function readLz4Block(data: Uint8Array, out: Uint8Array, used: number): number {
  let to = used;
  for (let i = 0; i < data.length; ) {
    const token = data[i++]!;
    let literals = token >> 4;
    if (literals === 15) {
      let more: number;
      do literals += more = data[i++]!;
      while (more === 255);
    }
    if (i + literals > data.length || to + literals > out.length) broken();
    if (literals > 16) out.set(data.subarray(i, i + literals), to);
    else for (let k = 0; k < literals; k++) out[to + k] = data[i + k]!;
    i += literals;
    to += literals;
    if (i >= data.length) break;
    const distance = data[i]! | (data[i + 1]! << 8);
    i += 2;
    let match = (token & 15) + 4;
    if (match === 19) {
      let more: number;
      do match += more = data[i++]!;
      while (more === 255);
    }
    const from = to - distance;
    if (distance === 0 || from < 0 || !(to + match <= out.length)) broken();
    if (distance >= match) out.copyWithin(to, from, from + match);
    else for (let k = 0; k < match; k++) out[to + k] = out[from + k]!;
    to += match;
  }
  return to;
}
