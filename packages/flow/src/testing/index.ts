export type { Runner, Skip } from './expect.ts';
export { describeStore, type StoreUnderTest, testBytes, testKey } from './store.ts';
