export { formatsOf } from './formats.ts';
export { read } from './read.ts';
