import { RootError } from '../error/error.ts';
import { inflateRaw } from './inflate.ts';
import { lz4 } from './lz4.ts';
import { nodeZlib } from './platform.ts';
import type { CodecTag, Decoder } from './types.ts';
import { xxhash64 } from './xxhash.ts';

/** Makes a decoder, when the first block of its codec is met. */
export type Loader = () => Decoder | Promise<Decoder>;

/** A decoder for each codec, by tag. Replace one to bring your own. */
export const decoders: Record<CodecTag, Loader> = {
  ZL: () => {
    const zlib = nodeZlib();
    if (!zlib) return (block, size) => inflateRaw(block, zlibHeader(block), size);
    return (block, size) => exactly(size, zlib.inflateSync(block, options(size)));
  },
  CS: () => {
    const zlib = nodeZlib();
    if (!zlib) return (block, size) => inflateRaw(block, 0, size);
    return (block, size) => exactly(size, zlib.inflateRawSync(block, options(size)));
  },
  L4: () => (block, size) => {
    if (block.length < 8) throw new RootError('ROOT-E02', 'an LZ4 block has no room for its checksum');
    const [high, low] = xxhash64(block, 8);
    const view = new DataView(block.buffer, block.byteOffset, 8);
    if (view.getUint32(0) !== high || view.getUint32(4) !== low)
      throw new RootError('ROOT-E08', 'the checksum of an LZ4 block does not match');
    return lz4(block, 8, size);
  },
  ZS: async () => {
    const native = nodeZlib()?.zstdDecompressSync;
    if (native) return (block, size) => exactly(size, native(block, options(size)));
    const { default: zstd } = await import('@foxglove/wasm-zstd');
    await zstd.isLoaded;
    return (block, size) => exactly(size, zstd.decompress(block, size));
  },
  XZ: () => {
    throw new RootError('ROOT-E06', 'LZMA is not supported');
  },
};

/** One chunk of just the right size makes Node's zlib a third faster; one byte more shows what is too long. */
function options(size: number) {
  return { chunkSize: Math.max(64, size), maxOutputLength: size };
}

function exactly(size: number, bytes: Uint8Array): Uint8Array {
  if (bytes.length !== size)
    throw new RootError('ROOT-E03', `a block unpacks to ${bytes.length} bytes where ${size} are expected`);
  return bytes;
}

/** Length of a zlib header (RFC 1950); without preset dictionaries, which ROOT never writes. */
function zlibHeader(block: Uint8Array): number {
  const [method = 0, flags = 0] = block;
  if ((method & 15) !== 8 || (method * 256 + flags) % 31 !== 0 || flags & 32)
    throw new RootError('ROOT-E07', 'damaged zlib header');
  return 2;
}
