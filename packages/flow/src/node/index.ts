export {
  type Corrupt,
  type FileStoreOptions,
  fileStore,
  type GcOptions,
  type GcResult,
  gcFileStore,
} from './store/index.ts';
