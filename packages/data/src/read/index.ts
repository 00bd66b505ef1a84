export { formatOf, formatsOf } from './formats.ts';
export { batchesOf, clustersOf } from './partition.ts';
export { read } from './read.ts';
