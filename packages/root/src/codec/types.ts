import type { Call } from './fast.ts';
import type { Machine } from './machine.ts';

/** Unpacks one block to exactly `size` bytes. The result may be a view that is valid until the next call. */
export interface Decoder {
  (block: Uint8Array, size: number): Uint8Array;
  /** Where it works, if it does so in a memory of its own. */
  inside?: { machine: Machine; call: Call };
}

/** ROOT's two-letter names of its codecs: zlib, LZ4, ZSTD, LZMA (xz) and the deflate of old files. */
export type CodecTag = 'ZL' | 'L4' | 'ZS' | 'XZ' | 'CS';

/** One block of a compressed object. */
export interface Block {
  tag: CodecTag;
  /** Where its payload, after the nine bytes of header, lies in the compressed bytes. */
  start: number;
  stop: number;
  /** Unpacked size. */
  size: number;
}
