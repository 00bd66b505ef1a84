export { accepts, givesRows, mainOutput, outputsOf, readsOf, typesOf } from './ports.ts';
export type { WiredInput, Wiring } from './types.ts';
export { wireTasks } from './wire.ts';
