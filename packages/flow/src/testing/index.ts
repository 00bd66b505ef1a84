export type { Runner, Skip } from './expect.ts';
export { numbersPlugin, type Total } from './numbers.ts';
export { type NumbersPlan, numbersPlan } from './numbers-plan.ts';
export { describeStore, type StoreUnderTest, testBytes, testKey } from './store.ts';
