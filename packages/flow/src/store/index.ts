export { exportStore, importStore } from './archive.ts';
export { StoreError } from './error.ts';
export { memoryStore } from './memory.ts';
export { type StoreCheck, verifyStore } from './verify.ts';
