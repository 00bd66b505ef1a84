export { type Corrupt, type FileStoreOptions, fileStore } from './file-store.ts';
export { type GcOptions, type GcResult, gcFileStore } from './gc.ts';
