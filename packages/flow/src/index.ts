export type * from './types/index.ts';
export { exportStore, importStore, memoryStore, type StoreCheck, StoreError, verifyStore } from './store/index.ts';
