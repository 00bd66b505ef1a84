export { alike } from './alike.ts';
export { withoutAttached } from './attached.ts';
export { tableStream } from './table.ts';
