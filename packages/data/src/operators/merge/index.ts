export { merge, merged } from './merge.ts';
