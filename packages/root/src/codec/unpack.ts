import { located, RootError } from '../error/error.ts';
import { blocksOf } from './blocks.ts';
import { decoders } from './decoders.ts';
import type { CodecTag, Decoder } from './types.ts';

const loaded = new Map<CodecTag, Decoder>();

/** Whether the codec of a compressed object is ready. Only for those of one block. */
export function isReady({ bytes, size }: { bytes: Uint8Array; size: number }): boolean {
  return bytes.length === size || (isOneBlock(bytes) && loaded.has(tagOf(bytes)));
}

/** Makes every codec ready that the blocks of these compressed objects need. */
export async function ready(packed: Iterable<{ bytes: Uint8Array; size: number }>): Promise<void> {
  for (const { bytes, size } of packed) {
    if (isReady({ bytes, size })) continue;
    for (const { tag } of blocksOf(bytes, size)) if (!loaded.has(tag)) loaded.set(tag, await decoders[tag]());
  }
}

/** The codec of the first block. */
function tagOf(bytes: Uint8Array): CodecTag {
  return String.fromCharCode(bytes[0] ?? 0, bytes[1] ?? 0) as CodecTag;
}

function isOneBlock(bytes: Uint8Array): boolean {
  return 9 + (bytes[3]! | (bytes[4]! << 8) | (bytes[5]! << 16)) === bytes.length;
}

/** Where a codec that is ready works, if it does so in a memory of its own. */
export function insideOf(tag: CodecTag): Decoder['inside'] {
  return loaded.get(tag)?.inside;
}

/** Unpacks a compressed object whose codecs are `ready`; what is stored as it is comes back as it is. */
export function unpack(bytes: Uint8Array, size: number): Uint8Array {
  if (bytes.length === size) return bytes;
  const blocks = blocksOf(bytes, size);
  const whole = new Uint8Array(size);
  let at = 0;
  for (const { start, stop, tag, size: part } of blocks) {
    // A decoder may reuse its memory, so this is where its result is copied.
    whole.set(decode(bytes.subarray(start, stop), tag, part), at);
    at += part;
  }
  return whole;
}

/** As `unpack`, loading what is needed. */
export async function unpackLoading(bytes: Uint8Array, size: number): Promise<Uint8Array> {
  await ready([{ bytes, size }]);
  return unpack(bytes, size);
}

const names: Record<CodecTag, string> = { ZL: 'zlib', L4: 'LZ4', ZS: 'ZSTD', XZ: 'LZMA', CS: 'deflate' };

function decode(block: Uint8Array, tag: CodecTag, size: number): Uint8Array {
  const decoder = loaded.get(tag);
  if (!decoder) throw new RootError('ROOT-E06', `the decoder of ${names[tag]} was not made ready`);
  try {
    return decoder(block, size);
  } catch (error) {
    if (error instanceof RootError || error instanceof RangeError) throw located(error, {});
    const reason = error instanceof Error ? error.message : String(error);
    throw new RootError('ROOT-E07', `a ${names[tag]} block cannot be unpacked: ${reason}`);
  }
}
