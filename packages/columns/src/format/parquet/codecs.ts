import type { Compressors } from 'hyparquet';
import { compressors as portable } from 'hyparquet-compressors';
import { gunzip, zstdDecompress } from './native.ts';

/** Decompressors: the platform's where Node runs, else those written in JavaScript and WebAssembly. */
export const compressors: Compressors = {
  ...portable,
  ...(gunzip ? { GZIP: gunzip } : {}),
  ...(zstdDecompress ? { ZSTD: zstdDecompress } : {}),
};
