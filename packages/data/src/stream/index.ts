export { tableStream } from './table.ts';
