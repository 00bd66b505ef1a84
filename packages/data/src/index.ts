export { axis, axisSchema, condition, conditionSchema, isPlainName } from './arguments/index.ts';
export { DataError } from './error.ts';
export {
  concat,
  define,
  explode,
  filter,
  group,
  hist,
  project,
  redefine,
  regions,
  sort,
  unique,
  weight,
} from './operators/index.ts';
export { dataPlugin, dataPlugin as default } from './plugin.ts';
export { read } from './read/index.ts';
