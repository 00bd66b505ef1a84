export { axis, axisSchema, condition, conditionSchema, isPlainName } from './arguments/index.ts';
export { DataError } from './error.ts';
export { explanations } from './explain/index.ts';
export {
  concat,
  define,
  efficiency,
  efficiencyTable,
  explode,
  filter,
  group,
  hist,
  join,
  merge,
  project,
  redefine,
  regions,
  sort,
  unique,
  weight,
  write,
} from './operators/index.ts';
export { dataPlugin, dataPlugin as default } from './plugin.ts';
export { read } from './read/index.ts';
export { tableStream } from './stream/index.ts';
export { filesType, histogramType, reportType, tableType } from './values/index.ts';
