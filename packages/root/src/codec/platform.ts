/** What is used of Node's zlib. */
export interface NodeZlib {
  inflateSync(bytes: Uint8Array, options: { chunkSize: number; maxOutputLength: number }): Uint8Array;
  /** From Node 22.15. */
  zstdDecompressSync?(bytes: Uint8Array, options: { chunkSize: number; maxOutputLength: number }): Uint8Array;
}

interface Runtime {
  process?: { getBuiltinModule?: (name: string) => unknown };
}

/** Node's own zlib when this is Node; asked for without an import, so that browsers load the same file. */
export function nodeZlib(): NodeZlib | undefined {
  return (globalThis as Runtime).process?.getBuiltinModule?.('node:zlib') as NodeZlib | undefined;
}
