import { RootError } from '../error/error.ts';
import type { Block, CodecTag } from './types.ts';

const tags: readonly string[] = ['ZL', 'L4', 'ZS', 'XZ', 'CS'];

/** Most that a byte of each codec can unpack to; beyond it the sizes are lies. */
const expansion: Record<CodecTag, number> = { ZL: 1040, CS: 1040, L4: 260, ZS: 1 << 20, XZ: 1 << 20 };

/**
 * The blocks of a compressed object: each has two letters, a method byte, and two sizes of three bytes,
 * little-endian. Throws unless they fill `bytes` and give `size`.
 */
export function blocksOf(bytes: Uint8Array, size: number): Block[] {
  const blocks: Block[] = [];
  let at = 0;
  let total = 0;
  while (total < size) {
    if (at + 9 > bytes.length)
      throw new RootError('ROOT-E02', `compressed blocks end after ${total} of ${size} bytes`);
    const tag = String.fromCharCode(bytes[at]!, bytes[at + 1]!);
    if (!tags.includes(tag))
      throw new RootError('ROOT-E07', `unknown compression ${JSON.stringify(tag)}`, {}, knownCodecs);
    const packed = little24(bytes, at + 3);
    const unpacked = little24(bytes, at + 6);
    const start = at + 9;
    const stop = start + packed;
    if (stop > bytes.length)
      throw new RootError(
        'ROOT-E02',
        `a compressed block of ${packed} bytes has only ${bytes.length - start}`,
      );
    if (unpacked === 0 || unpacked > packed * expansion[tag as CodecTag])
      throw new RootError('ROOT-E09', `a block of ${packed} bytes claims to unpack to ${unpacked}`);
    blocks.push({ tag: tag as CodecTag, start, stop, size: unpacked });
    total += unpacked;
    at = stop;
  }
  if (total !== size)
    throw new RootError('ROOT-E03', `compressed blocks hold ${total} bytes where ${size} are expected`);
  return blocks;
}

const knownCodecs = 'ROOT writes ZL (zlib), L4 (LZ4), ZS (ZSTD), XZ (LZMA) and, long ago, CS.';

function little24(bytes: Uint8Array, at: number): number {
  return bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16);
}
