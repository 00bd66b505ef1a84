export { type LocalOptions, localBackend } from './local-backend.ts';
export { type PoolOptions, workerPool } from './pool/pool.ts';
export {
  createRunDirectory,
  gitCommit,
  type Journal,
  openJournal,
  openRunDirectory,
  type Provenance,
  type ProvenanceOptions,
  parseJournal,
  provenance,
  type RunDirectory,
  type RunReader,
  runReader,
  writeWhole,
} from './rundir/index.ts';
export {
  type Corrupt,
  type FileStoreOptions,
  fileStore,
  type GcOptions,
  type GcResult,
  gcFileStore,
} from './store/index.ts';
export { surveyMemory } from './survey-memory.ts';
