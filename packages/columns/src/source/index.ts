export { type BlobLike, blobSource } from './blob.ts';
export { type CoalesceOptions, joinRanges, preload, type Range, readRanges } from './coalesce.ts';
export { type HttpOptions, httpSource } from './http.ts';
export { contentIdentity, footerIdentity } from './identity.ts';
export { memorySource } from './memory.ts';
export { type Sha256, sha256 } from './sha256.ts';
export type { ByteSource, FileContents, FileFormat, TableReader } from './types.ts';
