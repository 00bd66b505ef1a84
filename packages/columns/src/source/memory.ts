import { checkRange } from './range.ts';
import type { ByteSource } from './types.ts';

/** A byte source over bytes in memory. What it reads are views of `bytes`, not copies. */
export function memorySource(name: string, bytes: Uint8Array): ByteSource {
  const source: ByteSource = {
    name,
    size: bytes.length,
    async read(start, stop, signal) {
      signal?.throwIfAborted();
      checkRange(source, start, stop);
      return bytes.subarray(start, stop);
    },
    async close() {},
  };
  return source;
}
