type Decompress = (input: Uint8Array, length: number) => Uint8Array;

const zlib =
  typeof process === 'object' && typeof process.getBuiltinModule === 'function'
    ? process.getBuiltinModule('zlib')
    : undefined;

/** gzip by the platform, if it can. */
export const gunzip: Decompress | undefined =
  zlib && ((input, length) => zlib.gunzipSync(input, { chunkSize: Math.max(64, length) }));

/** zstd by the platform (Node 22.15 and later). */
export const zstdDecompress: Decompress | undefined = zstdOf(
  zlib as { zstdDecompressSync?: (input: Uint8Array) => Uint8Array } | undefined,
);

function zstdOf(
  from: { zstdDecompressSync?: (input: Uint8Array) => Uint8Array } | undefined,
): Decompress | undefined {
  const decompress = from?.zstdDecompressSync;
  return decompress && ((input) => decompress(input));
}
