import { ColumnsError } from '../error.ts';
import { checkRange } from './range.ts';
import type { ByteSource } from './types.ts';

/** The part of a browser's `Blob` or `File` that is needed. */
export interface BlobLike {
  readonly size: number;
  readonly name?: string;
  slice(start: number, stop: number): { arrayBuffer(): Promise<ArrayBuffer> };
}

/** A byte source over a `File` that the user picked, or any `Blob`. Reads only the bytes that are asked for. */
export function blobSource(blob: BlobLike, name: string = blob.name ?? 'blob'): ByteSource {
  const source: ByteSource = {
    name,
    size: blob.size,
    async read(start, stop, signal) {
      signal?.throwIfAborted();
      checkRange(source, start, stop);
      try {
        const bytes = new Uint8Array(await blob.slice(start, stop).arrayBuffer());
        signal?.throwIfAborted();
        return bytes;
      } catch (error) {
        if (signal?.aborted) throw error;
        throw new ColumnsError(
          'source.read',
          `${name} cannot be read: ${(error as Error).message}`,
          'choose the file again: browsers refuse files that have changed since',
          error,
        );
      }
    },
    async close() {},
  };
  return source;
}
