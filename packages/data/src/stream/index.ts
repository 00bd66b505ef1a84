export { withoutAttached } from './attached.ts';
export { tableStream } from './table.ts';
