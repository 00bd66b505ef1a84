import { readLz4Frame } from './lz4.ts';

/** Uncompresses a body buffer: eight bytes of length, then the data; -1 says that it is not compressed. */
export type Uncompress = (buffer: Uint8Array) => Uint8Array;

/** The decoder of a compression; the code for zstd is loaded on first use. */
export async function uncompressor(compression: 'lz4' | 'zstd'): Promise<Uncompress> {
  const decode = compression === 'lz4' ? readLz4Frame : await zstd();
  return (buffer) => {
    if (buffer.length === 0) return buffer;
    const view = new DataView(buffer.buffer, buffer.byteOffset, buffer.length);
    const length = Number(view.getBigInt64(0, true));
    const data = buffer.subarray(8);
    return length < 0 ? data : decode(data, length);
  };
}

async function zstd(): Promise<(data: Uint8Array, length: number) => Uint8Array> {
  const { compressors } = await import('hyparquet-compressors');
  return compressors.ZSTD!;
}
